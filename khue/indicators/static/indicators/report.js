// A unit's report keeps each figure on the server a moment after it was typed, sees what colleagues change meanwhile, and
// never overwrites: a figure that somebody else changed first is shown beside one's own, and one of the two is chosen.
const PAUSE = 700;
const LOOK = 20000;

const form = document.querySelector("form[data-report]");
const told = document.querySelector("[data-save-state]");
const words = form?.dataset ?? {};
const waiting = new Set();
let timer = 0;
let busy = false;

const lineOf = (field) => field.closest("[data-figure]");
const seenOf = (line) => line.querySelector("[data-seen]");
const textNamed = (name) => form.querySelector(`[data-text="${CSS.escape(name)}"]`);
const wasOf = (field) => form.elements[`was-${field.dataset.text}`];
const lineNamed = (key) => form.querySelector(`[data-figure="${CSS.escape(key)}"]`);

function say(text, failed = false) {
  told.textContent = text;
  told.classList.toggle("failed", failed);
}

function entryOf(line) {
  const entry = { key: line.dataset.figure, seen: Number(seenOf(line).value) };
  for (const field of line.querySelectorAll("[data-part]")) entry[field.dataset.part] = field.value;
  return entry;
}

function textsTyped(typed) {
  const fields = [...form.querySelectorAll("textarea[data-text]")].filter((field) => typed.has(field));
  return Object.fromEntries(fields.map((field) => [field.dataset.text, { was: wasOf(field).value, now: field.value }]));
}

async function ask(body) {
  const answer = await fetch(words.keep, {
    method: "POST", redirect: "manual", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
  });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new Error(words.lost);
  return answer.json();
}

async function keep() {
  if (busy || !waiting.size) return;
  const sent = new Set(waiting);
  const lines = [...sent].filter((each) => each.matches("[data-figure]"));
  const body = { entries: lines.map(entryOf), texts: textsTyped(sent) };
  busy = true;
  waiting.clear();
  say(words.saving);
  try {
    show(await ask(body), body.texts, lines);
  } catch (problem) {
    for (const each of sent) waiting.add(each);
    say(problem.message === words.lost ? words.lost : document.body.dataset.offline, true);
    timer = setTimeout(keep, 8 * PAUSE);
  }
  busy = false;
  if (waiting.size) later();
}

function show(answer, texts, lines) {
  if (answer.refused) return say(answer.refused, true);
  for (const line of lines) problemAt(line, answer.wrong.find((one) => one.key === line.dataset.figure)?.sentence ?? "");
  for (const [name, { now }] of Object.entries(texts)) if (!answer.contested.includes(name)) wasOf(textNamed(name)).value = now;
  for (const text of answer.texts) putText(text, answer.contested.includes(text.name));
  for (const figure of answer.figures) put(figure);
  for (const conflict of answer.conflicts) offer(conflict);
  findings(answer.findings);
  for (const box of document.querySelectorAll("[data-completeness]")) box.innerHTML = answer.completeness;
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  const wrong = answer.wrong.length;
  const contested = answer.contested.length > 0;
  say(wrong ? answer.wrong[0].sentence : contested ? words.contested : `${words.saved} ${time}`, wrong > 0 || contested);
}

function put({ key, revision, value, author, mine }) {
  const line = lineNamed(key);
  if (!line || line.querySelector("[data-choice]")) return;
  const field = line.querySelector("[data-part=value]");
  if (!field || field.hasAttribute("aria-invalid")) return; // what cannot be kept stays for its writer to mend
  const changed = Number(seenOf(line).value) !== revision;
  seenOf(line).value = revision;
  if (waiting.has(line) || field === document.activeElement) return;
  field.value = value;
  if (changed && !mine) note(line, `${author}: ${value || words.empty}`);
}

// A text that a colleague wrote: it comes onto the page, unless one is writing another one oneself: then both are shown.
function putText({ name, value, author, mine }, contested) {
  const field = textNamed(name);
  if (!field || (mine && !contested) || wasOf(field).value.trim() === value.trim()) return;
  const spot = form.querySelector(`[data-text-note="${CSS.escape(name)}"]`);
  spot.classList.toggle("text-there", contested);
  if (contested) {
    spot.textContent = words.textBoth.replace("{author}", author).replace("{theirs}", value || words.empty);
    wasOf(field).value = value;
  } else if (!waiting.has(field) && field !== document.activeElement) {
    wasOf(field).value = value;
    field.value = value;
    spot.textContent = words.textChanged.replace("{author}", author);
  }
}

function note(line, text) {
  const spot = line.querySelector("[data-note-spot]");
  spot.textContent = text;
}

function problemAt(line, sentence) {
  const spot = line.querySelector("[data-problem]");
  if (!spot) return;
  spot.textContent = sentence;
  spot.hidden = !sentence;
  const field = line.querySelector("[data-part=value]");
  if (sentence) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

// Two people typed another figure: both are shown, nothing is lost, one is chosen.
function offer({ key, theirs, author, revision, mine }) {
  const line = lineNamed(key);
  const field = line.querySelector("[data-part=value]");
  line.querySelector("[data-choice]")?.remove();
  const box = document.createElement("div");
  box.className = "figure-choice";
  box.dataset.choice = "";
  box.setAttribute("role", "alert");
  const sentence = document.createElement("p");
  sentence.textContent = words.conflict.replace("{author}", author).replace("{theirs}", theirs || words.empty).replace("{mine}", mine || words.empty);
  const choose = (label, value) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = label;
    button.addEventListener("click", () => {
      box.remove();
      seenOf(line).value = revision;
      field.value = value;
      if (value !== theirs) mark(field);
      field.focus();
    });
    return button;
  };
  box.append(sentence, choose(`${words.keepMine}: ${mine || words.empty}`, mine), choose(`${words.takeTheirs}: ${theirs || words.empty}`, theirs));
  field.closest("td").append(box);
}

function findings(found) {
  for (const line of form.querySelectorAll("[data-figure]")) {
    const own = found.filter((one) => one.key === line.dataset.figure);
    const list = line.querySelector("[data-findings]");
    if (!list) continue;
    list.replaceChildren(...own.map((one) => {
      const item = document.createElement("li");
      item.className = `finding finding-${one.level}`;
      item.textContent = one.sentence;
      return item;
    }));
    const reason = line.querySelector("[data-override]");
    if (reason) reason.hidden = !own.some((one) => one.level === "warning") && !reason.querySelector("input").value;
  }
}

function mark(field) {
  const line = field.dataset.text ? field : lineOf(field);
  if (!line) return;
  waiting.add(line);
  if (field.dataset.part === "value") note(line, "");
  later();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE);
}

// What colleagues changed meanwhile, while the page is looked at.
async function look() {
  if (busy || waiting.size || document.hidden) return;
  try {
    const answer = await ask({ entries: [], texts: {} });
    for (const figure of answer.figures ?? []) put(figure);
    for (const text of answer.texts ?? []) putText(text, false);
  } catch { /* the next save says so */ }
}

// Down the column with Enter and the arrows, as in a sheet.
function walk(event) {
  const field = event.target;
  if (!field.matches("input[data-part=value]")) return;
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const all = [...form.querySelectorAll("input[data-part=value]:not([readonly])")];
  const next = all[all.indexOf(field) + (event.shiftKey ? -step : step)];
  next?.focus();
  next?.select();
}

if (form) {
  form.addEventListener("change", (event) => mark(event.target));
  form.addEventListener("input", (event) => event.target.matches("[data-part], [data-text]") && mark(event.target));
  form.addEventListener("keydown", walk);
  form.addEventListener("submit", () => clearTimeout(timer));
  addEventListener("pagehide", () => waiting.size && keep());
  setInterval(look, LOOK);
}
