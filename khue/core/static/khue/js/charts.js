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
  const options = { actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true } };
  const drawn = { ...spec, width: spec.width ?? "container", config: { ...spec.config } };
  for (const [part, colour] of Object.entries(dressed(place))) {
    drawn.config[part] = typeof colour === "string" ? colour : { ...drawn.config[part], ...colour };
  }
  await window.vegaEmbed(place, drawn, options);
}

function drawAll() {
  document.querySelectorAll("[data-chart]").forEach(draw);
}

drawAll();
new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-theme", "data-text"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
document.addEventListener("htmx:afterSettle", (event) => event.target.querySelectorAll?.("[data-chart]").forEach(draw));
