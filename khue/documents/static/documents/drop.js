// Many dropped files are sent one after another, so that each answers for itself: registered, or refused and why.
// A refused file stays in the page and can be sent again with a reason. Without this script the form sends them all at once.
// While they are being sent, a second press adds what was dropped since, and who leaves the page is asked first.

const queue = [];
let sending = false;

function waiting(form, file) {
  const row = document.createElement("li");
  row.textContent = `${file.name} …`;
  form.querySelector("[data-drop-rows]").append(row);
  return row;
}

async function send(form, file, row, reason = "") {
  const data = new FormData(form);
  data.delete("file");
  data.append("file", file, file.name);
  if (reason) data.set("duplicate_reason", reason);
  const bar = form.querySelector("progress");
  bar.hidden = false;
  bar.removeAttribute("value");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-One-File": "1" } });
    const holder = document.createElement("template");
    holder.innerHTML = (await answer.text()).trim();
    const told = answer.ok && holder.content.firstElementChild?.matches("li") ? holder.content.firstElementChild : null;
    if (told) {
      row.replaceWith(told);
      window.htmx?.process(told);
    }
    else row.textContent = `${file.name}: ${document.body.dataset.failed}`;
    offerAgain(form, told, file);
    return Boolean(told?.matches(".done"));
  } catch {
    row.textContent = `${file.name}: ${document.body.dataset.offline}`;
    return false;
  } finally {
    bar.hidden = true;
  }
}

function offerAgain(form, row, file) {
  const button = row?.querySelector("[data-register-again]");
  button?.addEventListener("click", () => {
    const reason = row.querySelector("input[name=again]");
    if (!reason.value.trim()) return reason.focus();
    return send(form, file, row, reason.value.trim());
  });
}

async function sendAll() {
  sending = true;
  for (let next = queue.shift(); next; next = queue.shift()) await send(...next);
  sending = false;
}

window.addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const input = form.matches("[data-drop-many]") && form.querySelector("input[type=file]");
    if (!input || (!sending && input.files.length < 2)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const files = [...input.files];
    input.value = "";
    form.querySelector(".upload-files").replaceChildren();
    queue.push(...files.map((file) => [form, file, waiting(form, file)]));
    if (!sending) sendAll();
  },
  true,
);
