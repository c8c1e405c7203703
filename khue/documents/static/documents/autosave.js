// The editor saves by itself a moment after typing stops, shows the preview that comes back, and never loses a word:
// when somebody else saved in between, it says so and keeps the text in the page.
const form = document.querySelector("[data-autosave]");
const told = document.querySelector("[data-save-state]");
const preview = document.querySelector("[data-preview]");
const PAUSE = 900;
let timer = 0;
let saving = false;
let changed = false;
let stopped = false;

function say(text, failed = false) {
  told.textContent = text;
  told.classList.toggle("failed", failed);
}

async function save() {
  if (saving || stopped) return;
  saving = true;
  changed = false;
  say(form.dataset.saving);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (answer.status === 409) {
      stopped = true;
      say(said.refused, true);
    } else {
      form.elements.version.value = said.version;
      preview.innerHTML = said.preview;
      say(`${form.dataset.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`);
    }
  } catch {
    changed = true;
    say(document.body.dataset.offline, true);
    timer = setTimeout(save, 5 * PAUSE);
  } finally {
    saving = false;
    if (changed && !stopped) timer = setTimeout(save, PAUSE);
  }
}

form?.addEventListener("input", () => {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
});
// Whoever goes on before the pause is over takes the last words along, without being asked whether to lose them.
addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0 && !link?.target;
  if (!link || !plain || !changed || saving || stopped) return;
  event.preventDefault();
  clearTimeout(timer);
  await save();
  if (!changed && !stopped) location.assign(link.href);
});
addEventListener("beforeunload", (event) => {
  if (changed || saving) event.preventDefault();
});
form?.addEventListener("submit", () => {
  changed = false;
  clearTimeout(timer);
});
