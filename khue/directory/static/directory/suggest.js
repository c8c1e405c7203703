// Offers names of units while one is being written in a field with data-suggest.
const WAIT = 200;

for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}_names`;
  field.setAttribute("list", list.id);
  field.after(list);
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => offer(field, list), WAIT);
  });
}

async function offer(field, list) {
  if (field.value.trim().length < 2) return;
  const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(field.value)}`);
  if (!answer.ok) return;
  const { units } = await answer.json();
  list.replaceChildren(...units.map(({ name, detail }) => new Option(detail === name ? "" : detail, name)));
}
