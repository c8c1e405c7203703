// The explanation of a term, or of a number: shown by pointing at it, by reaching it with the keyboard, by a tap; Esc
// closes it. It stays while the pointer is on it, and lies in the browser's top layer, so that no table cuts it. A word
// that is a link is explained by the first tap and followed by the second; a mouse and Enter follow it at once.

const GAP = 8;
let open = null;

function show(term) {
  if (open === term) return;
  hide();
  open = term;
  const note = noteOf(term);
  note.dataset.open = "";
  note.showPopover?.();
  place(note, wordOf(term).getBoundingClientRect());
}

const wordOf = (term) => term.querySelector("button, a");

// A page full of numbers brings only their sentences; the note is made when it is first asked for.
let made = 0;
function noteOf(term) {
  const there = term.querySelector("[role=tooltip]");
  if (there) return there;
  const note = document.createElement("span");
  Object.assign(note, { className: "term-note", id: `note-${(made += 1)}`, role: "tooltip", popover: "manual", textContent: term.dataset.note });
  wordOf(term).setAttribute("aria-describedby", note.id);
  term.append(note);
  return note;
}

function place(note, word) {
  const box = note.getBoundingClientRect();
  const below = word.bottom + GAP / 2;
  const fits = below + box.height + GAP < innerHeight;
  note.style.left = `${Math.max(GAP, Math.min(word.left, innerWidth - box.width - GAP))}px`;
  note.style.top = `${fits ? below : Math.max(GAP, word.top - box.height - GAP / 2)}px`;
}

function hide() {
  if (!open) return;
  const note = open.querySelector("[role=tooltip]");
  delete note.dataset.open;
  if (note.isConnected) note.hidePopover?.();
  open = null;
}

const termOf = (event) => event.target.closest?.("[data-term]");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const term = termOf(event);
  if (term) show(term);
  else if (open && !open.contains(document.activeElement)) hide();
});

document.addEventListener("focusin", (event) => {
  const term = termOf(event);
  if (term && event.target.matches(":focus-visible")) show(term);
  else if (!term) hide();
});

document.addEventListener("click", (event) => {
  const term = termOf(event);
  const touched = event.pointerType === "touch";
  const link = term && wordOf(term).matches("a") && !event.target.closest("[role=tooltip]");
  if (link && touched && open !== term) event.preventDefault();
  if (!term) hide();
  else if (touched && open === term && !link) hide();
  else show(term);
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    event.stopPropagation();
    hide();
  },
  true,
);

// It goes where its word goes, and leaves with it.
function follow() {
  if (!open) return;
  const word = wordOf(open).getBoundingClientRect();
  if (word.bottom < 0 || word.top > innerHeight) hide();
  else place(open.querySelector("[role=tooltip]"), word);
}
document.addEventListener("scroll", follow, { capture: true, passive: true });
addEventListener("resize", follow);
