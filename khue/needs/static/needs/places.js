// The list of communes and the map are one choice: a tick shows on the map, a click on the map ticks the list.
const plain = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

function prepare(set) {
  const boxes = [...set.querySelectorAll("input[name=places]")];
  const cells = new Map([...set.querySelectorAll("[data-place]")].map((cell) => [cell.dataset.place, cell]));
  const told = set.querySelector("[data-places-chosen]");
  const label = (box) => box.closest("label").textContent.trim();

  function show() {
    for (const box of boxes) cells.get(box.value)?.classList.toggle("here", box.checked);
    const names = boxes.filter((box) => box.checked).map(label);
    told.textContent = names.length ? `${told.dataset.some} ${names.join(", ")}` : told.dataset.none;
  }

  set.querySelector("[data-places-search]").addEventListener("input", (event) => {
    event.stopPropagation();
    const words = plain(event.target.value).split(/\s+/);
    for (const box of boxes) {
      box.closest("label").hidden = !box.checked && !words.every((word) => plain(label(box)).includes(word));
    }
  });
  set.querySelector("[data-places-search]").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = boxes.find((box) => !box.closest("label").hidden && !box.checked);
    if (first) first.click();
  });
  set.addEventListener("change", show);
  for (const [place, cell] of cells) {
    cell.addEventListener("click", () => boxes.find((box) => box.value === place)?.click());
  }
  show();
  const first = boxes.find((box) => box.checked);
  if (first) first.closest(".places-boxes").scrollTop = first.closest("label").offsetTop - first.closest(".places-boxes").offsetTop - 40;
}

const ready = new WeakSet();
function prepareAll() {
  for (const set of document.querySelectorAll("[data-places]")) {
    if (!ready.has(set)) prepare(set);
    ready.add(set);
  }
}
prepareAll();
document.addEventListener("htmx:afterSettle", prepareAll);
