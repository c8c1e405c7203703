// Each part of a composed report keeps itself a moment after it was typed; what somebody else changed meanwhile is never
// written over: the page says so and keeps what was typed.
const PAUSE = 700;
const page = document.querySelector("[data-composed]");
const words = page?.dataset ?? {};
const timers = new Map();
const busy = new Set();

function say(form, text, failed = false) {
  const spot = form.querySelector("[data-state]");
  spot.textContent = text;
  spot.classList.toggle("failed", failed);
}

async function ask(body) {
  const answer = await fetch(words.keep, {
    method: "POST", redirect: "manual", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": words.token },
  });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new Error(words.lost);
  return answer.json();
}

async function keep(field) {
  if (busy.has(field)) return later(field);
  const form = field.form;
  const seen = form.querySelector("[data-seen]");
  busy.add(field);
  timers.delete(field);
  say(form, words.saving);
  try {
    const answer = await ask({ block: field.closest("[data-block]").dataset.block, text: field.value, seen: Number(seen.value) });
    if (answer.refused) say(form, answer.refused, true);
    else {
      seen.value = answer.seen;
      field.closest("[data-block]").querySelector("[data-html]").innerHTML = answer.html;
      say(form, `${words.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`);
    }
  } catch (problem) {
    say(form, problem.message === words.lost ? words.lost : document.body.dataset.offline, true);
    later(field, 8 * PAUSE);
  }
  busy.delete(field);
}

function later(field, pause = PAUSE) {
  clearTimeout(timers.get(field));
  timers.set(field, setTimeout(() => keep(field), pause));
}

if (page) {
  page.addEventListener("input", (event) => event.target.matches("textarea[data-text]") && later(event.target));
  page.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("textarea[data-text]")) clearTimeout(timers.get(field));
  });
  page.addEventListener("toggle", (event) => event.target.open && event.target.querySelector("textarea")?.focus(), true);
  addEventListener("pagehide", () => [...timers.keys()].forEach(keep));
}
