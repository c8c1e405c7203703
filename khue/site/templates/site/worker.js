{% load static %}// Keeps one page and its looks for when the server cannot be reached; everything else always comes from the server.
const STORE = "khue-offline-2";
const PAGE = "{% url 'site:offline' %}";
const KEPT = [
  PAGE, "{% static 'tabler/css/tabler.min.css' %}", "{% static 'khue/css/tokens.css' %}",
  "{% static 'khue/css/shell.css' %}", "{% static 'khue/css/forms.css' %}",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(KEPT)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old));
});
self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(fetch(event.request).catch(() => caches.match(PAGE)));
  } else if (KEPT.includes(path)) {
    event.respondWith(fetch(event.request).catch(() => caches.match(path)));
  }
});
