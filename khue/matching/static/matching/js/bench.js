// Judging pairs by keyboard: m the same (or merge), l related, d not the same, n the next pair. After a row of the list
// was judged, the list stands on the row that took its place.
import { addKey } from "../../khue/js/keys.js";
import { moveRow } from "../../khue/js/rows.js";

const KEPT = "khue-pair-row";

function act(letter) {
  const row = document.querySelector(".row-here");
  const button = (row ?? document.querySelector("main")).querySelector(`[data-act="${letter}"]`);
  if (!button || (!row && document.querySelector(".pair-list"))) return;
  if (row) sessionStorage.setItem(KEPT, [...row.parentElement.children].indexOf(row));
  button.click();
}

for (const letter of ["m", "l", "d", "n"]) addKey(letter, () => act(letter));

const place = Number(sessionStorage.getItem(KEPT) ?? -1);
sessionStorage.removeItem(KEPT);
if (place >= 0 && document.querySelector(".pair-list")) for (let step = 0; step <= place; step += 1) moveRow(1);
if (location.hash === "#merge") document.getElementById("note")?.focus();
