"""One chart, two drawings: vega-embed draws the specification on the page, vl-convert draws it for Word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

STATE_COLOURS = {
    "on-time": "#2f7d4f",
    "due-soon": "#b7791f",
    "overdue": "#b3261e",
    "done": "#4a6fa5",
    "done-late": "#8a6d3b",
}
"""The colours of the states, the same as in the style sheet."""


def specification(chart: alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart) -> dict[str, Any]:
    """The chart as a Vega-Lite specification with its data inside, fit for JSON."""
    spec: dict[str, Any] = chart.to_dict()
    spec.setdefault("config", {}).update(
        font="Be Vietnam Pro, Liberation Sans, sans-serif",
        axis={"labelFontSize": 12, "titleFontSize": 12, "gridOpacity": 0.4},
        legend={"labelFontSize": 12, "titleFontSize": 12, "orient": "bottom"},
        view={"stroke": None},
    )
    return spec


def png(spec: dict[str, Any], *, scale: float = 2.0) -> bytes:
    """The drawing of a specification as PNG; `scale` 2 is sharp at the width of a page."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(spec, scale=scale))


def svg(spec: dict[str, Any]) -> str:
    """The drawing of a specification as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))
