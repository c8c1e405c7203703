// A ballot adds itself up and is kept on the server while it is filled in; nothing of it stays in the browser.
const WAIT = 700;
const form = document.querySelector("form[data-ballot]");
const said = form?.querySelector("[data-said]");
let timer;

function sum() {
  const out = form.querySelector("[data-sum]");
  if (!out) return;
  const values = [...form.querySelectorAll("input[type=number]")].map((field) => Number.parseFloat(field.value) || 0);
  const total = values.reduce((all, one) => all + one, 0);
  out.textContent = `${total.toLocaleString(document.documentElement.lang)} / ${form.dataset.total}`;
}

async function keep() {
  const answer = await fetch(form.dataset.ballot, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer) { said.textContent = document.body.dataset.offline; return; }
  const told = await answer.json().catch(() => ({}));
  said.textContent = told.said ?? said.dataset.wrong + (told.refused ?? document.body.dataset.failed);
}

if (form) {
  sum();
  form.addEventListener("input", () => {
    sum();
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
