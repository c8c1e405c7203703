// Dialogs are the browser's own <dialog>: it keeps the focus inside and gives it back on closing.
// An element with data-dialog="id" opens one; data-close-dialog closes the one it stands in; a click beside it too.

export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return null;
  const under = document.querySelector("dialog[open]");
  if (under) under.close();
  dialog.showModal();
  return dialog;
}

function isBeside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) openDialog(opener.dataset.dialog);
  const closer = event.target.closest("[data-close-dialog]");
  if (closer) closer.closest("dialog").close();
  // A click on the backdrop is reported on the dialog itself; keyboard "clicks" have no place on the screen.
  if (event.target instanceof HTMLDialogElement && event.detail && isBeside(event.target, event)) event.target.close();
});

document.addEventListener("invalid", (event) => event.target.closest("details")?.setAttribute("open", ""), true);

document.querySelector("[data-focus-first]")?.focus();
