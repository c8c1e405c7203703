// A place to drop files: names and sizes are listed, and the form is sent with a bar that shows how far it is.
import { adopt, say } from "./toasts.js";

const words = document.body.dataset;

function size(bytes) {
  const amount = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${amount[0].toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${amount[1]}`;
}

function list(zone, files) {
  const items = [...files].map((file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const told = document.createElement("small");
    name.textContent = file.name;
    told.textContent = size(file.size);
    item.append(name, told);
    return item;
  });
  zone.querySelector(".upload-files").replaceChildren(...items);
}

function take(zone, input, dropped) {
  const transfer = new DataTransfer();
  [...dropped].slice(0, input.multiple ? undefined : 1).forEach((file) => transfer.items.add(file));
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function send(form, zone) {
  const bar = zone.querySelector("progress");
  const request = new XMLHttpRequest();
  const sent = new FormData(form);
  bar.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    // The last part is the server's work; no figure is known for it, so the bar only moves.
    if (event.loaded < event.total) bar.value = (100 * event.loaded) / event.total;
    else bar.removeAttribute("value");
  });
  const chosen = zone.querySelector("input[type=file]");
  request.addEventListener("load", () => follow(request, chosen));
  request.addEventListener("error", () => {
    bar.hidden = true;
    form.querySelectorAll("button").forEach((button) => (button.disabled = false));
    say(words.offline, "error");
  });
  request.open("POST", form.action);
  request.send(sent);
  form.querySelectorAll("button").forEach((button) => (button.disabled = true));
}

function putBack(main, chosen) {
  // What was refused for another reason than its file is sent again without choosing the file again.
  const again = main.querySelector(`[data-upload] input[type=file][name="${chosen.name}"]`);
  const zone = again?.closest("[data-upload]");
  if (!zone || zone.dataset.upload === "at-once" || !main.querySelector(".error-summary")) return;
  again.files = chosen.files;
  list(zone, again.files);
}

function follow(request, chosen) {
  const moved = request.responseURL && new URL(request.responseURL).pathname !== location.pathname;
  if (moved && request.status < 400) {
    location.assign(request.responseURL);
    return;
  }
  // The same page again, with what is wrong or with what to do next: show it as the server made it.
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("main");
  document.querySelector("main").replaceWith(main);
  adopt(page);
  putBack(main, chosen);
  window.htmx?.process(main);
  main.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true }));
  main.querySelector("[data-focus-first]")?.focus();
}

function prepare(zone) {
  const input = zone.querySelector("input[type=file]");
  const form = input.form;
  input.addEventListener("change", () => {
    list(zone, input.files);
    if (zone.dataset.upload === "at-once" && input.files.length) form.requestSubmit();
  });
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("upload-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("upload-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("upload-over");
    take(zone, input, event.dataTransfer.files);
  });
  form?.addEventListener("submit", (event) => {
    const busy = event.defaultPrevented || form.hasAttribute("hx-post") || event.submitter?.name;
    if (busy || form.method !== "post" || !input.files.length) return;
    event.preventDefault();
    send(form, zone);
  });
}

const ready = new WeakSet();

function prepareAll() {
  for (const zone of document.querySelectorAll("[data-upload]")) {
    if (!ready.has(zone)) prepare(zone);
    ready.add(zone);
  }
}

prepareAll();
document.addEventListener("htmx:afterSettle", prepareAll);
