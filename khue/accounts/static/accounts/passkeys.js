// The sign-in library tells its console only when a passkey fails; people are told why, above the form.
document.addEventListener("allauth.error", (event) => {
  const told = document.getElementById("passkey-problem");
  const form = document.querySelector("main form");
  if (!told || !form) return;
  event.preventDefault();
  const name = event.detail.exception?.name;
  const known = told.querySelector(`[data-problem="${CSS.escape(name || "")}"]`);
  const shown = known || told.querySelector('[data-problem=""]');
  for (const one of told.querySelectorAll("[data-problem]")) one.hidden = one !== shown;
  form.before(told);
  told.hidden = false;
  told.focus();
});
