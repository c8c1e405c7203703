// What the browser says of a field before it sends a form is said in the language of the page, not of the browser.
const words = document.body.dataset;
const told = new Set();

function sentence(field) {
  const { valueMissing, rangeUnderflow, rangeOverflow, badInput, typeMismatch } = field.validity;
  if (valueMissing) return field.type === "file" ? words.fileMissing : words.valueMissing;
  if (rangeUnderflow || rangeOverflow || badInput) {
    return field.min && field.max ? words.valueBetween.replace("{0}", field.min).replace("{1}", field.max) : words.valueWrong;
  }
  return typeMismatch ? words.valueWrong : "";
}

// Asked for once for each wrong field when a form is sent; the capture hears it before the browser shows it.
document.addEventListener("invalid", ({ target: field }) => {
  const said = !field.validity.customError && sentence(field);
  if (!said) return;
  field.setCustomValidity(said);
  told.add(field);
}, true);

// What was said is taken back before it is asked again: another button of a group, or a script, may have mended it.
for (const kind of ["input", "change", "click"]) {
  document.addEventListener(kind, () => {
    for (const field of told) field.setCustomValidity("");
    told.clear();
  }, true);
}
