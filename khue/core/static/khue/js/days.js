// Days are typed and shown as dd/mm/yyyy, whatever language the browser speaks: an English one would show 11/22/2026 for
// what the paper calls 22/11/2026. The browser's own field stays the one that is sent and gives its calendar; beside it
// stands a field to type in. Where fingers choose, the browser's wheel is better and stays alone.
const words = document.body.dataset;
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const LOCAL = /^(\d{1,2})[\/.\- ]?(\d{1,2})[\/.\- ]?(\d{4})$/;

const shown = (iso) => iso.split("-").reverse().join("/");

function isoOf(text) {
  const [, year, month, day] = ISO.exec(text) ?? (LOCAL.exec(text) ?? []).map((_, at, found) => found[at && 4 - at]);
  if (!year) return "";
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const moment = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : "";
}

function typingField(picker) {
  const field = document.createElement("input");
  for (const name of ["class", "id", "required", "disabled", "readonly", "aria-describedby", "aria-invalid", "aria-label", "title"]) {
    if (picker.hasAttribute(name)) field.setAttribute(name, picker.getAttribute(name));
  }
  Object.assign(field, { type: "text", inputMode: "numeric", maxLength: 10, autocomplete: "off", placeholder: words.dayForm });
  return field;
}

function check(field, picker) {
  const iso = isoOf(field.value.trim());
  const early = iso && picker.min && iso < picker.min;
  const late = iso && picker.max && iso > picker.max;
  field.setCustomValidity(field.value.trim() && (!iso || early || late) ? words.dayWrong : "");
  picker.value = iso;
}

function pair(picker) {
  const field = typingField(picker);
  const frame = document.createElement("span");
  frame.className = "day-field";
  picker.replaceWith(frame);
  frame.append(field, picker);
  picker.className = "day-picker";
  if (field.id) picker.id = `${field.id}_calendar`;
  ["required", "aria-describedby", "aria-invalid"].forEach((name) => picker.removeAttribute(name));
  picker.setAttribute("aria-label", words.dayPick);
  picker.tabIndex = -1;
  const show = () => {
    field.value = picker.value ? shown(picker.value) : "";
    field.setCustomValidity("");
  };
  show();
  for (const kind of ["input", "change"]) picker.addEventListener(kind, show);
  field.addEventListener("input", (event) => {
    if (event.inputType === "insertText" && /^\d\d(\/\d\d)?$/.test(field.value)) field.value += "/";
    check(field, picker);
  });
  field.addEventListener("change", () => picker.value && show());
  picker.form?.addEventListener("reset", () => setTimeout(show));
}

export function prepareDays(root = document) {
  if (matchMedia("(pointer: coarse)").matches) return;
  root.querySelectorAll("input[type=date]:not(.day-picker)").forEach(pair);
}

prepareDays();
