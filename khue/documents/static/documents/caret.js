// A cursor in the text of the document for those who work by keyboard: arrows move it, Shift marks words. The browser's
// own editing gives it; nothing can be typed, dropped or cut.
const source = document.getElementById("source-text");
const hint = document.querySelector("[data-caret-hint]");

source.spellcheck = false;
source.addEventListener("beforeinput", (event) => event.preventDefault());
source.addEventListener("blur", leaveText);

export const inText = () => source.isContentEditable;

export function enterText(offset, told) {
  source.contentEditable = "true";
  source.setAttribute("role", "textbox");
  source.setAttribute("aria-readonly", "true");
  hint.textContent = hint.dataset[told];
  hint.hidden = false;
  source.focus({ preventScroll: true });
  put(offset);
}

export function leaveText() {
  for (const name of ["contenteditable", "role", "aria-readonly"]) source.removeAttribute(name);
  hint.hidden = true;
}

function put(offset) {
  const lines = [...source.querySelectorAll("[data-start]")];
  const line = lines.find((one) => Number(one.dataset.start) <= offset && offset <= Number(one.dataset.end)) ?? lines[0];
  let left = Math.max(0, offset - Number(line.dataset.start));
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const letters = [...texts.currentNode.data];
    if (left <= letters.length) break;
    left -= letters.length;
  }
  const letters = [...(texts.currentNode.data ?? "")];
  document.getSelection().collapse(texts.currentNode, letters.slice(0, left).join("").length);
  line.scrollIntoView({ block: "nearest" });
}

// Where one would divide a sentence: at a semicolon or full stop, else at a comma, else at a blank, nearest the middle.
export function breakIn(words) {
  const middle = words.length / 2;
  for (const mark of [/[;.] +/g, /[,:] +/g, / +/g]) {
    const places = [...words.matchAll(mark)].map((found) => found.index + found[0].length).filter((place) => place < words.length);
    const best = places.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
    if (best) return [...words.slice(0, best)].length;
  }
  return 0;
}
