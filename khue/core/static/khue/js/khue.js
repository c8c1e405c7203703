// The keyboard and comfort layer. Every page works without it; with it, pages are quick. Apps add shortcuts through
// `addKey` of keys.js in their own module, loaded in block `scripts`.
import "./dialogs.js";
import "./menus.js";
import "./terms.js";
import "./toasts.js";
import "./rows.js";
import "./palette.js";
import "./keys.js";
import "./wrong.js";
import "./days.js";
import "./drafts.js";
import "./uploads.js";
import "./fragments.js";
import "./strips.js";

const { worker } = document.body.dataset;
if (worker) navigator.serviceWorker?.register(worker);
