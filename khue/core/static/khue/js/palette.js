// Ctrl-K: places at once, records as one types (HTMX fetches them), arrows to move, Enter to open.

const palette = document.getElementById("palette");
const input = palette?.querySelector("input");
const list = palette?.querySelector(".palette-results");
const places = list?.innerHTML ?? "";
let chosen = -1;

const hits = () => [...list.querySelectorAll(".palette-hit")];

function choose(place) {
  const all = hits();
  chosen = all.length ? (place + all.length) % all.length : -1;
  all.forEach((hit, each) => hit.setAttribute("aria-selected", String(each === chosen)));
  if (chosen < 0) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", all[chosen].id);
  return all[chosen].scrollIntoView({ block: "nearest" });
}

export function openPalette() {
  if (!palette || palette.open) return;
  document.querySelector("dialog[open]")?.close();
  palette.showModal();
  input.setAttribute("aria-expanded", "true");
  input.select();
  choose(0);
}

if (palette) {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-palette]");
    if (!opener || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    openPalette();
  });
  palette.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(chosen + step);
    } else if (event.key === "Enter" && hits()[chosen]) {
      event.preventDefault();
      hits()[chosen].click();
    }
  });
  input.addEventListener("input", () => {
    if (input.value.trim()) return;
    list.innerHTML = places;
    choose(0);
  });
  list.addEventListener("htmx:beforeSwap", (event) => {
    // An answer that comes after the field was emptied is out of date.
    if (!input.value.trim()) event.detail.shouldSwap = false;
  });
  list.addEventListener("htmx:afterSwap", () => choose(0));
  palette.addEventListener("close", () => input.setAttribute("aria-expanded", "false"));
}
