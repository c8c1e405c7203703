// What HTMX brings in is made ready like the rest of the page; what fails is told in a sentence.
import { prepareDays } from "./days.js";
import { prepareRows } from "./rows.js";
import { say } from "./toasts.js";

const words = document.body.dataset;

document.addEventListener("htmx:afterSettle", (event) => {
  prepareRows(event.target);
  prepareDays(event.target);
});
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  // A part that comes later says so in words, and one that follows what is typed stays readable meanwhile.
  const placeholder = /^load\b/.test(detail.elt.getAttribute("hx-trigger") ?? "");
  if (!placeholder) detail.target?.classList.add("list-busy");
});
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.classList.remove("list-busy"));
document.addEventListener("htmx:sendError", () => say(words.offline, "error"));
document.addEventListener("khue-refused", (event) => say(event.detail.value, "warning"));
document.addEventListener("htmx:responseError", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Trigger")) say(words.failed, "error");
});
