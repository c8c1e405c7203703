// The extraction page: passages marked in the text, keys for the cards, words marked by hand, saved as one types.
import { breakIn, enterText, inText, leaveText } from "./caret.js";

const page = document.querySelector("[data-extraction]");
const source = document.getElementById("source-text");
const adding = page.querySelector("[data-add]");
const HUES = 8;
const ASK_EVERY = 5000;
let here = null;
let caret = null;
const underWay = new Set(); // requests that change what is shown, until the page has taken their answer in
let pressed = [];

const panel = () => document.getElementById("panel");
const cards = () => [...panel().querySelectorAll("[data-proposal]")];
const current = () => panel().querySelector(`[data-proposal="${here}"]`);
const points = (text) => [...text].length;

// --- marks in the text -------------------------------------------------------------------------------------------

function spansOfPanel() {
  return JSON.parse(document.getElementById("spans").textContent)
    .map(([start, end, number, id, state]) => ({ start, end, number, id, state }));
}

function paint() {
  const spans = spansOfPanel();
  for (const line of source.querySelectorAll("[data-start]")) {
    const start = Number(line.dataset.start), end = Number(line.dataset.end);
    const over = spans.filter((span) => span.start < end && span.end > start);
    if (!over.length && !line.dataset.painted) continue;
    line.dataset.painted = over.length ? "1" : "";
    line.replaceChildren(...pieces([...line.textContent], start, end, over));
  }
}

function pieces(letters, start, end, spans) {
  const cuts = new Set([start, end]);
  for (const span of spans) cuts.add(Math.max(span.start, start)).add(Math.min(span.end, end));
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1];
    const words = letters.slice(from - start, to - start).join("");
    const span = spans.filter((one) => one.start <= from && one.end >= to).sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
    return span ? mark(span, words, from === Math.max(span.start, start)) : document.createTextNode(words);
  });
}

function mark(span, words, first) {
  const element = document.createElement("mark");
  element.className = `passage passage-${span.state}`;
  element.dataset.hue = (span.number - 1) % HUES;
  element.dataset.passage = span.id;
  if (first) element.dataset.number = span.number;
  element.textContent = words;
  return element;
}

// --- the current card --------------------------------------------------------------------------------------------

function go(id, { focus = true, scroll = true } = {}) {
  here = id === null ? null : String(id);
  for (const card of cards()) card.classList.toggle("proposal-here", card.dataset.proposal === here);
  for (const passage of source.querySelectorAll("mark")) passage.classList.toggle("passage-here", passage.dataset.passage === here);
  const card = current();
  if (!card) return;
  if (focus) card.focus({ preventScroll: true });
  if (!scroll) return;
  card.scrollIntoView({ block: "nearest" });
  source.querySelector(`mark[data-passage="${here}"]`)?.scrollIntoView({ block: "nearest" });
}

function move(by) {
  const all = cards();
  const at = all.findIndex((card) => card.dataset.proposal === here);
  const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
  if (next) go(next.dataset.proposal);
}

// After accepting or leaving out, the next one that still waits is the one to look at.
function goOn(from) {
  const all = cards();
  const at = all.findIndex((card) => card.dataset.proposal === String(from));
  const waiting = (card) => card.classList.contains("proposal-proposed");
  const next = at >= 0 && !waiting(all[at]) ? all.slice(at).find(waiting) || all.find(waiting) : all[at];
  return (next || all[at] || all.find(waiting) || all[0])?.dataset.proposal ?? null;
}

// --- words marked by hand ----------------------------------------------------------------------------------------

function place(node, offset) {
  const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-start]");
  if (!line || !source.contains(line)) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, offset);
  return Number(line.dataset.start) + points(before.toString());
}

function readSelection() {
  const selection = document.getSelection();
  if (!selection.rangeCount || !source.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
  if (start === null || end === null) return;
  caret = end;
  adding.hidden = end <= start;
  adding.elements.start.value = start;
  adding.elements.end.value = end;
}

// --- keys --------------------------------------------------------------------------------------------------------

// Keys pressed while an answer is on its way wait for it, so that a fast typist loses none.
function press(event) {
  if (underWay.size && !event.target.closest("input, textarea, select")) {
    if (event.key.length === 1 || event.key === "Enter") {
      event.preventDefault();
      pressed.push({ key: event.key, ctrlKey: event.ctrlKey });
    }
    return;
  }
  act(event);
}

function answered(request) {
  if (!underWay.delete(request) || underWay.size) return;
  const waiting = pressed;
  pressed = [];
  const nothing = () => {};
  for (const [place, key] of waiting.entries()) {
    if (underWay.size) return void (pressed = waiting.slice(place));
    act({ ...key, target: document.body, preventDefault: nothing, stopPropagation: nothing });
  }
}

// With the cursor in the text: split or make a directive where it stands, or go back to the card.
function actInText(event) {
  const marked = !adding.hidden;
  if (event.key !== "Escape" && event.key !== "Enter" && event.key !== (marked ? "n" : "s")) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") {
    leaveText();
    go(here);
  } else if (marked) adding.querySelector("button").click();
  else current()?.querySelector('[data-key="s"]')?.click();
}

function act(event) {
  if (inText() && !event.ctrlKey) return actInText(event);
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.ctrlKey && event.key === "Enter") {
    event.preventDefault();
    (document.querySelector("dialog[open] [data-assign-now]") || panel().querySelector("[data-assign]"))?.click();
    return;
  }
  if (typing && event.key === "Escape") {
    typing.closest("form")?.querySelector("[data-done]")?.click();
    return;
  }
  if (typing || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    event.stopPropagation();
    move(event.key === "j" ? 1 : -1);
    return;
  }
  if (event.key === "n") {
    event.preventDefault();
    if (adding.hidden) enterText(Number(current()?.dataset.end ?? 0), "hintAdd");
    else adding.querySelector("button").click();
    return;
  }
  const button = current()?.querySelector(`[data-key="${event.key}"]`) || panel().querySelector(`.panel-head [data-key="${event.key}"]`);
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  button.click();
}

// --- what the server answers ------------------------------------------------------------------------------------

function prepare(event) {
  const card = event.target.closest?.("[data-proposal]");
  if (card) here = card.dataset.proposal;
  if (!event.detail.path?.endsWith("/split/")) return;
  const start = Number(card.dataset.start), end = Number(card.dataset.end);
  if (caret === null || caret <= start || caret >= end) {
    event.preventDefault();
    const words = [...source.querySelectorAll(`mark[data-passage="${here}"]`)].map((one) => one.textContent).join("\n");
    return void enterText(start + breakIn(words), "hintSplit");
  }
  event.detail.parameters.set?.("at", caret);
  if (!(event.detail.parameters instanceof FormData)) event.detail.parameters.at = caret;
}

function settled(event) {
  if (event.target.id === "assign-summary") {
    const dialog = document.getElementById("assign-dialog");
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-assign-now]")?.focus();
    return;
  }
  const unknown = document.getElementById("unknown-unit-dialog");
  if (event.target.id === "unknown-unit") {
    if (!unknown.open) unknown.showModal();
    const form = unknown.querySelector(".field-error, .error-summary") ? ".field-wrong input, .new-unit .btn-primary" : "[data-first], .new-unit[open] input:not([type=hidden]), [data-suggest]";
    unknown.querySelector(form)?.focus();
    return;
  }
  if (event.target.id === "panel" && unknown.open) unknown.close();
  if (!event.target.closest?.("#panel")) return; // what other parts of the page bring moves nobody
  if (event.target.matches?.(".card-item")) return void event.target.querySelector("textarea")?.focus();
  if (document.getElementById("assign-dialog").open && panel().querySelector(".panel-refused, .assigning")) document.getElementById("assign-dialog").close();
  adding.hidden = true;
  paint();
  go(panel().dataset.here && panel().dataset.here !== here ? panel().dataset.here : goOn(here), { focus: here !== null });
}

function saved(event) {
  const { id, version, words } = event.detail;
  for (const form of document.querySelectorAll(`form[data-proposal="${id}"]`)) {
    form.elements.version.value = version;
    form.querySelector("[data-saved]").textContent = words;
  }
}

// A refusal while saving comes with the panel; an accepted save comes without content.
function beforeSwap(event) {
  if (event.detail.requestConfig.elt.matches("[data-autosave]") && event.detail.xhr.status === 200) {
    event.detail.swapOverride = "outerHTML";
    event.detail.shouldSwap = true;
  }
}

function askForNews() {
  if (document.hidden || panel().querySelector("form.proposal-form") || document.querySelector("dialog[open]")) return;
  htmx.ajax("GET", `${page.dataset.panelUrl}?version=${panel().dataset.version}`, { target: "#panel", swap: "outerHTML" });
}

document.addEventListener("selectionchange", readSelection);
document.addEventListener("keydown", press, true);
document.body.addEventListener("htmx:configRequest", prepare);
document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (["panel", "assign-summary"].includes(detail.target?.id)) underWay.add(detail.xhr);
});
for (const end of ["htmx:afterSettle", "htmx:sendError", "htmx:responseError", "htmx:afterRequest"]) {
  const settling = end === "htmx:afterRequest" ? 100 : 0; // an answer without content never settles
  document.body.addEventListener(end, ({ detail }) => setTimeout(() => answered(detail.xhr), settling));
}
document.body.addEventListener("htmx:beforeSwap", beforeSwap);
document.body.addEventListener("htmx:afterSettle", settled);
document.body.addEventListener("proposal-saved", saved);
page.addEventListener("click", (event) => {
  const passage = event.target.closest("mark[data-passage]");
  const card = event.target.closest("[data-proposal]");
  if (passage && document.getSelection().isCollapsed) go(passage.dataset.passage);
  else if (card && !event.target.closest("button, input, textarea, select")) go(card.dataset.proposal, { scroll: false });
});
setInterval(askForNews, ASK_EVERY);
paint();
go(goOn(null), { focus: false, scroll: false });
