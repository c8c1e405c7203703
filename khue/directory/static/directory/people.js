// Offers people of the directory while a name is written in a field with data-people: arrows and Enter, or a click.
// What is chosen fills the cells `title` and `unit` of the same table row; whoever is not there is simply written.
const WAIT = 200;
const SHORTEST = 2;

const box = document.createElement("ul");
box.id = "people-offered";
box.className = "suggestions";
box.setAttribute("role", "listbox");
box.hidden = true;

let field = null;
let people = [];
let chosen = -1;
let timer = 0;

const isNameField = (element) => element?.matches?.("input[data-people]");

function close() {
  clearTimeout(timer);
  box.hidden = true;
  chosen = -1;
  field?.setAttribute("aria-expanded", "false");
  field?.removeAttribute("aria-activedescendant");
}

function mark(place) {
  chosen = (place + people.length) % people.length;
  [...box.children].forEach((one, each) => one.setAttribute("aria-selected", String(each === chosen)));
  field.setAttribute("aria-activedescendant", box.children[chosen].id);
  box.children[chosen].scrollIntoView({ block: "nearest" });
}

function option(person, place) {
  const row = document.createElement("li");
  row.id = `person-offered-${place}`;
  row.setAttribute("role", "option");
  const name = document.createElement("span");
  name.textContent = person.name;
  const detail = document.createElement("small");
  detail.textContent = person.detail;
  row.append(name, detail);
  row.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pick(person);
  });
  return row;
}

function open() {
  if (!people.length || document.activeElement !== field) return close();
  (field.closest("dialog, main") ?? document.body).append(box);
  box.replaceChildren(...people.map(option));
  box.setAttribute("aria-label", document.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.textContent.trim() ?? field.getAttribute("aria-label") ?? "");
  const place = field.getBoundingClientRect();
  box.style.left = `${place.left}px`;
  box.style.top = `${place.bottom + 4}px`;
  box.style.minWidth = `${place.width}px`;
  box.hidden = false;
  const over = box.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
  if (over > 0) box.style.left = `${Math.max(8, place.left - over)}px`;
  field.setAttribute("aria-controls", box.id);
  field.setAttribute("aria-expanded", "true");
}

function neighbours(name) {
  const row = field.closest("tr");
  return row ? [...row.querySelectorAll("input")].find((each) => each.name.endsWith(`-${name}`)) : null;
}

function pick(person) {
  const [title, unit] = [neighbours("title"), neighbours("unit")];
  if (field.dataset.numbered && person.namesakes) field.value = `${person.name} #${person.pk}`;
  else if (!unit && person.namesakes && person.unit && !field.dataset.numbered) field.value = `${person.name} (${person.unit})`;
  else field.value = person.name;
  if (title && person.title) title.value = person.title;
  if (unit && person.unit) unit.value = person.unit;
  const filled = field;
  close();
  filled.dispatchEvent(new Event("change", { bubbles: true }));
}

async function ask(asking) {
  const answer = await fetch(`${asking.dataset.people}?q=${encodeURIComponent(asking.value)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || asking !== field) return;
  people = (await answer.json()).people;
  open();
}

document.addEventListener("input", (event) => {
  if (!isNameField(event.target) || !event.isTrusted) return;
  if (field !== event.target) close();
  field = event.target;
  clearTimeout(timer);
  if (field.value.trim().length < SHORTEST) return close();
  timer = setTimeout(() => ask(field), WAIT);
});

document.addEventListener("keydown", (event) => {
  if (box.hidden || event.target !== field) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(chosen < 0 && step < 0 ? people.length - 1 : chosen + step);
  else if (event.key === "Enter" && chosen >= 0) pick(people[chosen]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("focusout", (event) => {
  if (event.target === field) close();
});
addEventListener("resize", close);
addEventListener("scroll", (event) => event.target !== box && close(), true);
