"""The course of an indicator as a chart: figures, target, and where the units that report changed."""

from typing import Any

from django.utils.translation import gettext as _

from khue.indicators.models import Indicator
from khue.indicators.rules.progress import Standing
from khue.indicators.rules.series import Point
from khue.office.charts import dressed

LINE, TARGET, BREAK = "#5068cc", "#2f7d4f", "#b7791f"


def chart_of(indicator: Indicator, points: list[Point], standing: Standing | None) -> dict[str, Any]:
    """A Vega-Lite specification with its data inside, drawn by the page and by documents alike."""
    rows = [_row(points, place) for place, one in enumerate(points) if one.figure.value is not None]
    along = {"field": "period", "type": "nominal", "sort": None, "title": None, "axis": {"labelAngle": -40}}
    measure = standing.version.unit_of_measure if standing else ""
    tips = [
        {"field": "period", "title": _("Period")},
        {"field": "value", "type": "quantitative", "title": indicator.name, "format": ",.2~f"},
        {"field": "units", "title": _("Units that reported")},
    ]
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "point": True, "color": LINE},
            "encoding": {
                "x": along, "y": {"field": "value", "type": "quantitative", "title": measure}, "tooltip": tips,
                "detail": {"field": "stretch", "type": "nominal"},
            },
        }
    ]  # fmt: skip
    if breaks := [{"period": one.period.label} for one in points if one.breaks]:
        dashed = {"type": "rule", "strokeDash": [4, 4], "color": BREAK}
        layers.append({"data": {"values": breaks}, "mark": dashed, "encoding": {"x": along}})
    if standing and standing.target:
        promised = {"field": "target", "type": "quantitative"}
        layers.append(
            {
                "data": {"values": [{"target": float(standing.target.value)}]},
                "mark": {"type": "rule", "strokeDash": [2, 3], "color": TARGET, "size": 2},
                "encoding": {"y": promised},
            }
        )
    return dressed(
        {
            "data": {"values": rows}, "width": "container", "height": 280, "layer": layers,
            "config": {"view": {"stroke": None}},
        }
    )  # fmt: skip


def _row(points: list[Point], place: int) -> dict[str, Any]:
    one = points[place]
    stretch = sum(other.breaks is not None for other in points[: place + 1])
    asked = f"{one.figure.units}/{one.figure.asked}" if one.figure.asked else str(one.figure.units)
    return {"period": one.period.label, "value": float(one.figure.value or 0), "stretch": stretch, "units": asked}
