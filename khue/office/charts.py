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


FONT = "Be Vietnam Pro, DejaVu Sans, sans-serif"
"""The page has the first; what is drawn here for documents takes the second, which has every Vietnamese letter."""
LOCALE = {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"], "percent": " %"},
    "time": {
        "dateTime": "%H:%M %d/%m/%Y", "date": "%d/%m/%Y", "time": "%H:%M", "periods": ["SA", "CH"],
        "days": ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
        "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        "months": [f"Tháng {month}" for month in range(1, 13)], "shortMonths": [f"Th{month}" for month in range(1, 13)],
    },
}  # fmt: skip
"""Numbers and days as people here write them, 1.250,5, for axes, marks and tooltips of every chart."""


def dressed(spec: dict[str, Any]) -> dict[str, Any]:
    """A specification with the letters and the way to write numbers that all charts share, wherever it is drawn."""
    return {**spec, "config": {"font": FONT, **spec.get("config", {}), "locale": LOCALE}}


WHOLE = "datum.value % 1 ? '' : datum.label"
"""Labels of an axis on which whole ones are counted: where they are few, marks at the halves bear none."""


def specification(chart: alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart) -> dict[str, Any]:
    """The chart as a Vega-Lite specification with its data inside, fit for JSON."""
    spec: dict[str, Any] = chart.to_dict()
    spec.setdefault("config", {}).update(
        axis={"labelFontSize": 12, "titleFontSize": 12, "gridOpacity": 0.4},
        legend={"labelFontSize": 12, "titleFontSize": 12, "orient": "bottom"},
        view={"stroke": None},
    )
    return dressed(spec)


def png(spec: dict[str, Any], *, scale: float = 2.0) -> bytes:
    """The drawing of a specification as PNG; `scale` 2 is sharp at the width of a page."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(dressed(spec), scale=scale))


def svg(spec: dict[str, Any]) -> str:
    """The drawing of a specification as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(dressed(spec)))
