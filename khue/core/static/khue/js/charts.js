// Draws Vega-Lite charts. The library is fetched only by pages with a chart; expressions are interpreted, because the
// page's policy forbids evaluating code from strings.

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

const PAPER = 720;
const PLAIN = { actions: false, ast: true, defaultStyle: false, tooltip: { disableDefaultStyle: true } };
let library = null;

function fetchLibrary({ vega, vegaLite, vegaEmbed }) {
  library ??= load(vega).then(() => load(vegaLite)).then(() => load(vegaEmbed));
  return library;
}

/** The colours of the page as it looks now, light or dark. */
function colours(place) {
  const probe = document.createElement("span");
  probe.className = "muted";
  place.append(probe);
  const text = getComputedStyle(place).color;
  const muted = getComputedStyle(probe).color;
  probe.remove();
  return { text, muted };
}

function dressed(place) {
  const { text, muted } = colours(place);
  return {
    background: "transparent",
    axis: { labelColor: muted, titleColor: muted, domainColor: muted, tickColor: muted, gridColor: muted, gridOpacity: 0.18 },
    axisY: { labelLimit: Math.min(260, place.clientWidth * 0.45) },
    legend: { columns: place.clientWidth < 480 ? 1 : 0, labelColor: text, titleColor: muted },
    title: { color: text },
    text: { color: text },
  };
}

async function draw(place) {
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  await fetchLibrary(place.dataset);
  const options = { ...PLAIN, renderer: "svg" };
  const drawn = { ...spec, width: spec.width ?? "container", config: { ...spec.config } };
  for (const [part, colour] of Object.entries(dressed(place))) {
    drawn.config[part] = typeof colour === "string" ? colour : { ...drawn.config[part], ...colour };
  }
  await window.vegaEmbed(place, drawn, options);
  // The place itself is an image with a name; the library adds English words to every bar, which nobody need hear.
  place.querySelector("svg")?.setAttribute("aria-hidden", "true");
  const outs = place.parentElement.querySelector(".chart-outs");
  outs?.removeAttribute("hidden");
  if (!fieldsOf(spec).length) outs?.querySelector("[data-chart-out=figures]")?.remove();
}

/** A file that the browser offers to keep. */
function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

/** Dark on white whatever the page looks like: the picture goes into documents. */
async function picture(spec, name, libraries) {
  await fetchLibrary(libraries);
  const { view } = await window.vegaEmbed(document.createElement("div"), { ...spec, width: PAPER, background: "#ffffff" }, { ...PLAIN, renderer: "canvas" });
  save(await view.toImageURL("png", 2), `${name}.png`);
  view.finalize();
}

function rowsOf(spec) {
  const parts = [spec, ...(spec.layer ?? [])].map(({ data }) => data?.values ?? spec.datasets?.[data?.name]);
  return parts.find((rows) => rows?.length) ?? [];
}

/** What the chart calls its fields: only those are for people. */
function titlesOf(part, found = {}) {
  if (part?.field && part.title) found[part.field] ??= part.title;
  if (part && typeof part === "object") for (const [key, inner] of Object.entries(part)) if (key !== "data" && key !== "datasets") titlesOf(inner, found);
  return found;
}

function fieldsOf(spec) {
  const titles = titlesOf(spec);
  return Object.keys(rowsOf(spec)[0] ?? {}).filter((field) => titles[field]);
}

/** As sheets here read it: semicolons, decimal commas, and a mark that says it is Unicode. */
function figures(spec, name) {
  const rows = rowsOf(spec);
  const titles = titlesOf(spec);
  const fields = fieldsOf(spec);
  const written = (value) => `"${(typeof value === "number" ? String(Number(value.toFixed(4))).replace(".", ",") : String(value ?? "")).replaceAll('"', '""')}"`;
  const lines = [fields.map((field) => written(titles[field])), ...rows.map((row) => fields.map((field) => written(row[field])))];
  const address = URL.createObjectURL(new Blob([`\uFEFF${lines.map((line) => line.join(";")).join("\r\n")}`], { type: "text/csv" }));
  save(address, `${name}.csv`);
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function out({ target }) {
  const button = target.closest?.("[data-chart-out]");
  if (!button) return;
  const figure = button.closest("figure");
  const place = figure.querySelector("[data-chart]");
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const name = figure.querySelector("figcaption").textContent.trim() || place.dataset.chart;
  if (button.dataset.chartOut === "picture") picture(spec, name, place.dataset);
  else figures(spec, name);
}

document.addEventListener("click", out);

function drawAll() {
  document.querySelectorAll("[data-chart]").forEach(draw);
}

drawAll();
new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-theme", "data-text"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
document.addEventListener("htmx:afterSettle", (event) => event.target.querySelectorAll?.("[data-chart]").forEach(draw));
