// Rows by keyboard (j, k, Enter, x), labels for cells that become cards on a phone, and the bar of what is selected.

const ROWS = "[data-rows] [data-row], table[data-rows] > tbody > tr";
let here = null;

function visibleRows() {
  return [...document.querySelectorAll(ROWS)].filter((row) => row.offsetParent !== null);
}

function stand(row) {
  here?.classList.remove("row-here");
  here = row;
  row.classList.add("row-here");
  (row.querySelector("a[href]") ?? row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

/** Move by `step` rows; stays at the ends. */
export function moveRow(step) {
  const rows = visibleRows();
  if (!rows.length) return;
  const current = here?.isConnected ? rows.indexOf(here) : -1;
  stand(rows[Math.min(Math.max(current + step, 0), rows.length - 1)]);
}

/** Open the row one stands on, unless the focus itself is on something that Enter works on. */
export function openRow() {
  if (here?.isConnected) here.querySelector("a[href]")?.click();
}

/** Select the row one stands on. */
export function pickRow() {
  if (here?.isConnected) here.querySelector("input[type=checkbox]")?.click();
}

function labelCells(table) {
  const labels = [...table.querySelectorAll("thead tr:last-child > th")].map((cell) => (cell.querySelector(".visually-hidden") ? "" : cell.textContent.trim()));
  for (const row of table.tBodies[0]?.rows ?? []) {
    [...row.cells].forEach((cell, place) => {
      if (labels[place] && !cell.dataset.label && !cell.classList.contains("pick")) cell.dataset.label = labels[place];
    });
  }
}

/** The boxes of rows that go with a form, whether they stand inside it or name it. */
function boxesOf(form) {
  return [...(form?.elements ?? [])].filter((field) => field.type === "checkbox" && field.hasAttribute("value"));
}

function countPicked(bar) {
  const boxes = boxesOf(document.getElementById(bar.dataset.bulk));
  const picked = boxes.filter((box) => box.checked).length;
  bar.hidden = picked === 0;
  bar.querySelector("[data-bulk-count]").textContent = picked;
  for (const box of boxes) box.closest("[data-row], tr")?.classList.toggle("row-picked", box.checked);
}

export function prepareRows(root = document) {
  root.querySelectorAll("table[data-rows]").forEach(labelCells);
  document.querySelectorAll("[data-bulk]").forEach(countPicked);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) {
    for (const box of boxesOf(event.target.form)) box.checked = event.target.checked;
  }
  document.querySelectorAll("[data-bulk]").forEach(countPicked);
});
document.addEventListener("click", (event) => {
  const bar = event.target.closest("[data-bulk-clear]")?.closest("[data-bulk]");
  if (!bar) return;
  for (const box of document.getElementById(bar.dataset.bulk).elements) if (box.type === "checkbox") box.checked = false;
  countPicked(bar);
});
prepareRows();
