// Offers names of units while one is being written in a field with data-suggest. In a row of fields marked data-more,
// writing in the last one adds an empty one after it.
const WAIT = 200;
let timer;
let made = 0;

function listOf(field) {
  if (field.list) return field.list;
  const list = document.createElement("datalist");
  list.id = `names_${(made += 1)}`;
  field.setAttribute("list", list.id);
  field.after(list);
  return list;
}

async function offer(field) {
  if (field.value.trim().length < 2) return;
  const address = new URL(field.dataset.suggest, location.href);
  address.searchParams.set("q", field.value);
  const answer = await fetch(address);
  if (!answer.ok) return;
  const { units } = await answer.json();
  listOf(field).replaceChildren(...units.map(({ name, detail }) => new Option(detail === name ? "" : detail, name)));
}

function addAnother(field) {
  const row = field.closest("[data-more]");
  const all = row ? [...row.querySelectorAll("input[data-suggest]")] : [];
  if (!row || all.at(-1) !== field || !field.value.trim()) return;
  const next = field.cloneNode();
  next.id = `${all[0].id}_${all.length}`;
  next.value = "";
  for (const name of ["list", "required", "aria-invalid"]) next.removeAttribute(name);
  next.setAttribute("aria-label", row.dataset.more);
  row.append(next);
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => {
    if (!target.matches?.("input[data-suggest]")) return;
    addAnother(target);
    if (kind === "change") return;
    clearTimeout(timer);
    timer = setTimeout(() => offer(target), WAIT);
  });
}
