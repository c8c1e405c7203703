// A need keeps itself on the server a moment after typing stops. Where the session has ended it stays in this browser
// (the form is a draft too) and says so.
const PAUSE = 900;
let timer = 0;
let waiting = false;

const form = document.querySelector("form[data-keep]");
const told = document.querySelector("[data-save-state]");

function say(text, failed = false) {
  told.textContent = text;
  told.classList.toggle("failed", failed);
}

async function keep() {
  waiting = false;
  say(form.dataset.saving);
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form), redirect: "manual", headers: { Accept: "application/json" } });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      say(form.dataset.lost, true);
    } else if (answer.ok) {
      say(`${form.dataset.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`);
    } else {
      say((await answer.json()).refused, true);
    }
  } catch {
    waiting = true;
    say(document.body.dataset.offline, true);
    timer = setTimeout(keep, 5 * PAUSE);
  }
}

function later() {
  waiting = true;
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE);
}

if (form) {
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => clearTimeout(timer));
  addEventListener("pagehide", () => {
    if (waiting) navigator.sendBeacon(form.dataset.keep, new FormData(form));
  });
}

document.addEventListener("htmx:afterRequest", (event) => {
  const photos = event.target.closest?.("[data-photos]");
  if (photos) photos.reset();
});
