// When the machine has read the file, the page shows the fields it filled.
const notice = document.querySelector("[data-reading]");

document.addEventListener("htmx:afterSettle", () => {
  if (notice?.querySelector("[data-reading-done]")) location.reload();
});
