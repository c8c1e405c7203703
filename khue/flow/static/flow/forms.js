// Long forms of the shelf: rows are added and taken away, and a form marked data-saves is kept on the server a moment
// after typing stops. When somebody else saved in between, it says so and keeps the text in the page.
const PAUSE = 1200;

function addRow(table) {
  const number = Number(table.dataset.next);
  table.dataset.next = number + 1;
  const row = table.querySelector("template").innerHTML.replaceAll("__row__", number);
  table.querySelector("tbody").insertAdjacentHTML("beforeend", row);
  const added = table.querySelector("tbody").lastElementChild;
  added.querySelector("input, select, textarea")?.focus();
}

function dropRow(button) {
  const table = button.closest("[data-shelf-rows]");
  const row = button.closest("tr");
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  if (!table.querySelector("tbody").rows.length) addRow(table);
  (next?.querySelector("input, select, textarea") ?? table.querySelector("[data-add-row]")).focus();
  table.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-row]");
  if (add) addRow(add.closest("[data-shelf-rows]"));
  const drop = event.target.closest("[data-drop-row]");
  if (drop) dropRow(drop);
});

class Saver {
  constructor(form) {
    this.form = form;
    this.told = document.querySelector("[data-save-state]");
    this.place = document.querySelector("[data-completeness]");
    this.saving = this.changed = this.stopped = false;
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("change", () => this.later(PAUSE));
    form.addEventListener("submit", () => {
      this.changed = false;
      this.stopped = true;
      clearTimeout(this.timer);
    });
    addEventListener("beforeunload", (event) => {
      if ((this.changed || this.saving) && !this.stopped) event.preventDefault();
    });
  }

  later(pause) {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  say(text, failed = false) {
    this.told.textContent = text;
    this.told.classList.toggle("failed", failed);
  }

  async save() {
    if (this.saving || this.stopped) return;
    this.saving = true;
    this.changed = false;
    this.say(this.form.dataset.saving);
    try {
      const answer = await fetch(this.form.dataset.saves, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" } });
      this.heard(answer.status, await answer.json());
    } catch {
      this.changed = true;
      this.say(document.body.dataset.offline, true);
      this.timer = setTimeout(() => this.save(), 5 * PAUSE);
    } finally {
      this.saving = false;
      if (this.changed && !this.stopped) this.later(PAUSE);
    }
  }

  heard(status, said) {
    if (status === 409) {
      this.stopped = true;
      this.say(said.refused, true);
      return;
    }
    if (status >= 400) {
      this.say(said.refused ?? document.body.dataset.offline, true);
      return;
    }
    this.form.elements.version.value = said.version;
    if (this.place) this.place.innerHTML = said.completeness;
    const at = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.say(said.problem || `${this.form.dataset.saved} ${at}`, Boolean(said.problem));
  }
}

document.querySelectorAll("form[data-saves]").forEach((form) => new Saver(form));
