// Toasts leave by themselves unless they ask for something: a way back, a warning, or a pointer resting on them.

const STAY = 6000;
const holder = document.querySelector(".toasts");

function plan(toast) {
  if (!toast.classList.contains("toast-success") && !toast.classList.contains("toast-info")) return;
  const wait = toast.querySelector("form") ? STAY * 2 : STAY;
  setTimeout(function leave() {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, STAY);
    else toast.remove();
  }, wait);
}

/** Lift the toasts over a dialog that is open: they would lie dimmed under its backdrop. */
function raise() {
  if (!document.querySelector("dialog[open]") || !holder.showPopover) return;
  holder.popover = "manual";
  if (holder.matches(":popover-open")) holder.hidePopover();
  holder.showPopover();
}

/** Show a sentence. `kind`: success, warning or error. */
export function say(sentence, kind = "success") {
  const toast = document.createElement("div");
  toast.className = `toast-card toast-${kind}`;
  const words = document.createElement("p");
  words.textContent = sentence;
  toast.append(words);
  holder.append(toast);
  if (holder.children.length > 4) holder.firstElementChild.remove();
  plan(toast);
  raise();
}

/** Show the toasts of another page that was fetched. */
export function adopt(page) {
  for (const toast of page.querySelectorAll(".toasts > .toast-card")) {
    holder.append(toast);
    plan(toast);
  }
}

holder?.addEventListener("click", (event) => {
  event.target.closest("[data-close-toast]")?.closest(".toast-card").remove();
});
holder?.querySelectorAll(".toast-card").forEach(plan);
