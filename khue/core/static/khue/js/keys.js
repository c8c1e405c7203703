// Shortcuts. Single letters work only while nobody is typing and no dialog is open.
import { openDialog } from "./dialogs.js";
import { openPalette } from "./palette.js";
import { moveRow, openRow, pickRow } from "./rows.js";

const WAIT_AFTER_G = 1500;
const keys = new Map();
let goUntil = 0;

/** Let `key` call `action(event)` on this page. */
export function addKey(key, action) {
  keys.set(key, action);
}

addKey("j", () => moveRow(1));
addKey("k", () => moveRow(-1));
addKey("x", pickRow);
addKey("?", () => openDialog("keys-panel"));
addKey("/", () => (document.querySelector(".filter-bar input[type=search]") ?? { focus: openPalette }).focus());
addKey("g", () => (goUntil = Date.now() + WAIT_AFTER_G));

function isTyping(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

function go(letter) {
  goUntil = 0;
  const place = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
  place?.click();
  return Boolean(place);
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  const busy = event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target);
  if (busy || document.querySelector("dialog[open]")) return;
  if (goUntil > Date.now() && go(event.key)) return event.preventDefault();
  if (event.key === "Enter" && !event.target.closest("a, button, summary, input")) return openRow();
  const action = keys.get(event.key);
  if (!action) return;
  event.preventDefault();
  action(event);
});
