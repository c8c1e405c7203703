// Menus that close when one looks away, places that slide in on a phone, the look that changes at once.

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const toggle = event.target.closest("[data-toggle-nav]");
  if (toggle) setNav(!document.body.classList.contains("nav-open"));
  else if (!event.target.closest(".sidebar")) setNav(false);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  setNav(false);
});

function setNav(open) {
  document.body.classList.toggle("nav-open", open);
  const toggle = document.querySelector("[data-toggle-nav]");
  if (toggle?.offsetParent) toggle.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector(".sidebar a")?.focus();
}

// Groups of places stay as one leaves them: the server reads the cookie, so that nothing jumps when a page opens.
for (const group of document.querySelectorAll("[data-nav-group]")) {
  group.querySelector("summary").addEventListener("click", () => remember(group.dataset.navGroup, !group.open));
}

function remember(name, open) {
  const kept = document.cookie.match(/(?:^|; )khue_nav=([^;]*)/)?.[1] ?? "";
  const others = kept.split(".").filter((one) => one && !one.startsWith(`${name}-`));
  const value = [...others, `${name}-${open ? 1 : 0}`].join(".");
  document.cookie = `khue_nav=${value}; path=/; max-age=31536000; samesite=lax`;
}

document.querySelector("[data-appearance]")?.addEventListener("submit", (event) => {
  const { name, value } = event.submitter ?? {};
  if (name !== "theme" && name !== "text_size") return;
  event.preventDefault();
  const form = event.target;
  const sent = new FormData(form);
  sent.append(name, value);
  fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
  show(name, value);
  for (const button of form.querySelectorAll(`[name=${name}]`)) {
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
});

function show(name, value) {
  const page = document.documentElement;
  page.dataset[name === "theme" ? "theme" : "text"] = value;
  if (name !== "theme") return;
  if (value === "auto") delete page.dataset.bsTheme;
  else page.dataset.bsTheme = value;
}
