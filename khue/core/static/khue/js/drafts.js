// Forms marked data-draft="name" are kept in this browser while one types, and offered again after the session was lost,
// the machine slept or the tab was closed. A draft belongs to one account and ends when its form is sent and accepted.

const user = document.body.dataset.user;
const words = document.body.dataset;
const PREFIX = "khue:draft:";
const SENT = "khue:sent";
const KEEP = 14 * 24 * 3600 * 1000;

const keyOf = (form) => `${PREFIX}${user}:${location.pathname}:${form.dataset.draft}`;
const read = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
const fields = (form) => [...form.elements].filter((field) => field.name && isKept(field));

function isKept(field) {
  return !field.disabled && !["hidden", "password", "file", "submit", "button"].includes(field.type);
}

function valueOf(field) {
  return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
}

function collect(form) {
  return fields(form).map((field) => [field.name, field.type === "radio" ? field.value : "", valueOf(field)]);
}

function save(form) {
  const draft = { at: Date.now(), url: location.href, title: form.dataset.title ?? document.title, values: collect(form) };
  localStorage.setItem(keyOf(form), JSON.stringify(draft));
}

function put(form, values) {
  const waiting = [...values];
  for (const field of form.elements) { // a live list: writing into one field may add another
    if (!field.name || !isKept(field)) continue;
    const radio = field.type === "radio" ? field.value : "";
    const found = waiting.findIndex(([name, choice]) => name === field.name && choice === radio);
    if (found < 0) continue;
    const [[, , value]] = waiting.splice(found, 1);
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offer(form, draft) {
  const before = collect(form);
  const note = document.createElement("div");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  const told = document.createElement("p");
  const at = new Date(draft.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  told.textContent = words.draftRestored.replace("{time}", at);
  const drop = document.createElement("button");
  drop.type = "button";
  drop.textContent = words.draftDrop;
  drop.addEventListener("click", () => {
    put(form, before);
    localStorage.removeItem(keyOf(form));
    note.remove();
  });
  note.append(told, drop);
  form.prepend(note);
  form.closest("details")?.setAttribute("open", "");
  put(form, draft.values);
}

function watch(form) {
  const draft = read(keyOf(form));
  const hasErrors = form.querySelector(".error-summary, .field-error") !== null;
  if (draft && !hasErrors && JSON.stringify(draft.values) !== JSON.stringify(collect(form))) offer(form, draft);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save(form);
    sessionStorage.setItem(SENT, keyOf(form));
  });
}

function settleSent() {
  const sent = sessionStorage.getItem(SENT);
  // On the pages of a lost session nothing was accepted yet: the draft waits for its owner to come back.
  if (!sent || words.lost !== undefined || !user) return;
  // A refusal that the next page tells of, and not the form, leaves it a draft too.
  const refused = document.querySelector(".toast-warning") !== null;
  const again = refused || [...document.querySelectorAll("form[data-draft]")].some((form) => keyOf(form) === sent && form.querySelector(".error-summary, .field-error"));
  if (!again && !sessionStorage.getItem(`${SENT}:lost`)) localStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
  sessionStorage.removeItem(`${SENT}:lost`);
}

function own() {
  return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${user}:`));
}

function listUnsent(place) {
  const drafts = own().map((key) => read(key)).sort((a, b) => b.at - a.at);
  if (!drafts.length) return;
  for (const draft of drafts) {
    const link = document.createElement("a");
    link.href = draft.url;
    link.textContent = draft.title;
    const item = document.createElement("li");
    item.append(link);
    place.querySelector("ul").append(item);
  }
  place.hidden = false;
}

if ((words.lost !== undefined || !user) && sessionStorage.getItem(SENT)) sessionStorage.setItem(`${SENT}:lost`, "1");
for (const key of own()) if (Date.now() - read(key).at > KEEP) localStorage.removeItem(key);
const watched = new WeakSet();

function begin() {
  settleSent();
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (!watched.has(form)) watch(form);
    watched.add(form);
  }
}

begin();
document.addEventListener("htmx:afterSettle", begin);
document.querySelectorAll("[data-unsent]").forEach(listUnsent);
document.querySelector("[data-forget-drafts]")?.addEventListener("submit", () => own().forEach((key) => localStorage.removeItem(key)));
