"""The course of an indicator as a chart: figures, target, and where the units that report changed."""

from typing import Any

from django.utils.translation import gettext as _

from khue.indicators.models import Indicator, IndicatorVersion, Target
from khue.indicators.rules.lights import promised
from khue.indicators.rules.progress import IN_A_YEAR, Standing
from khue.indicators.rules.series import Point
from khue.office.charts import dressed

LINE, TARGET, BREAK = "#5068cc", "#2f7d4f", "#b7791f"
WORDS = {"type": "text", "align": "left", "baseline": "bottom", "dx": 4, "dy": -3, "fontSize": 11}
"""Of what a line in the chart stands for, beside it."""


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
    axis = fine(standing.version.decimals if standing else 0)
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "point": True, "color": LINE},
            "encoding": {
                "x": along, "tooltip": tips,
                "y": {"field": "value", "type": "quantitative", "title": measure, "axis": axis},
                "detail": {"field": "stretch", "type": "nominal"},
            },
        }
    ]  # fmt: skip
    layers += _breaks(points, along)
    if standing and standing.target and _comparable(standing, points):
        layers += _target(standing.target)
    return dressed(
        {
            "data": {"values": rows}, "width": "container", "height": 280, "layer": layers,
            "config": {"view": {"stroke": None}},
        }
    )  # fmt: skip


def fine(decimals: int) -> dict[str, Any]:
    """An axis no finer than the figures are: no half of an initiative."""
    return {"tickMinStep": 10**-decimals}


def _comparable(standing: Standing, points: list[Point]) -> bool:
    """Whether a figure of one period can be held against the number of a year: not where periods add up to it."""
    kinds = {one.period.kind for one in points}
    return standing.version.over_time != IndicatorVersion.OverTime.SUM or not kinds & IN_A_YEAR.keys()


def _breaks(points: list[Point], along: dict[str, Any]) -> list[dict[str, Any]]:
    """A line where other units began to report, or where the figure began to come in another way, with its day; none
    before the first figure, which breaks nothing."""
    first = next((place for place, one in enumerate(points) if one.figure.value is not None), 0)
    broken = [one for one in points[first + 1 :] if one.breaks or one.redefined]
    rows = [{"period": one.period.called, "day": _why(one)} for one in broken]
    if not rows:
        return []
    late = points.index(broken[-1]) > len(points) / 2
    side = {"align": "right", "dx": -4} if late else {}
    rule = {"mark": {"type": "rule", "strokeDash": [4, 4], "color": BREAK}, "encoding": {"x": along}}
    day = {
        "mark": {**WORDS, **side, "color": BREAK},
        "encoding": {"x": along, "y": {"value": "height"}, "text": {"field": "day"}},
    }
    return [{"data": {"values": rows}, **one} for one in (rule, day)]


def _why(point: Point) -> str:
    if point.breaks:
        return _("other units from %(day)s") % {"day": f"{point.breaks:%d/%m/%Y}"}
    return _("counted in another way from %(day)s") % {"day": f"{point.redefined:%d/%m/%Y}"}


def _target(target: Target) -> list[dict[str, Any]]:
    """A line at the number that was promised, with its year."""
    words = _("target %(year)s: %(words)s") % {"year": target.year, "words": promised(target)}
    rows, up = [{"target": float(target.value), "words": words}], {"field": "target", "type": "quantitative"}
    rule = {"mark": {"type": "rule", "strokeDash": [2, 3], "color": TARGET, "size": 2}, "encoding": {"y": up}}
    said = {"mark": {**WORDS, "color": TARGET}, "encoding": {"x": {"value": 0}, "y": up, "text": {"field": "words"}}}
    return [{"data": {"values": rows}, **one} for one in (rule, said)]


def _row(points: list[Point], place: int) -> dict[str, Any]:
    one = points[place]
    stretch = sum(bool(other.breaks or other.redefined) for other in points[: place + 1])
    asked = f"{one.figure.units}/{one.figure.asked}" if one.figure.asked else str(one.figure.units)
    return {"period": one.period.called, "value": float(one.figure.value or 0), "stretch": stretch, "units": asked}
