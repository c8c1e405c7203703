// Tabs and views that do not fit a phone scroll sideways; the current one is brought into sight.
for (const here of document.querySelectorAll(".saved-views [aria-current], .register-tabs [aria-current], .chips [aria-current], .river [aria-current]")) {
  const strip = here.closest(".saved-views, .register-tabs, .chips, .river");
  if (here.offsetLeft + here.offsetWidth <= strip.offsetLeft + strip.clientWidth) continue;
  strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}
