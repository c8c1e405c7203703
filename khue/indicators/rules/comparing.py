"""Charts that compare: courses of several indicators, units beside each other, indicators against their targets."""

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _

from khue.indicators.rules.courses import LINE, TARGET, fine
from khue.indicators.rules.progress import Standing
from khue.indicators.rules.series import Point
from khue.office.charts import STATE_COLOURS, dressed

MOST = 15
"""Bars that can be told from each other on a page."""
FULL = 100
LINE_OF_LABEL = 40
"""Characters of a label on one line."""
LABELS = {"labelLimit": 260, "labelFontSize": 11}


def courses_chart(courses: Sequence[tuple[Standing, list[Point]]]) -> dict[str, Any]:
    """Courses of indicators of one unit of measure, a line each; a line stops where the units that report changed."""
    rows = [
        {
            "period": one.period.called, "value": float(one.figure.value), "indicator": row.version.name,
            "stretch": f"{row.indicator.pk}-{sum(other.breaks is not None for other in points[: place + 1])}",
        }
        for row, points in courses for place, one in enumerate(points) if one.figure.value is not None
    ]  # fmt: skip
    along = {"field": "period", "type": "nominal", "sort": None, "title": None, "axis": {"labelAngle": -40}}
    named = {
        "field": "indicator", "type": "nominal", "sort": None, "title": None,
        "legend": {"orient": "bottom", "columns": 1, "labelLimit": 520},
    }  # fmt: skip
    up = {"field": "value", "type": "quantitative", "title": courses[0][0].version.unit_of_measure}
    tips = [{"field": "period", "title": _("Period")}, {"field": "indicator", "title": _("Indicator")}, up]
    encoding = {
        "x": along, "y": up, "color": named, "shape": named, "tooltip": tips,
        "detail": {"field": "stretch", "type": "nominal"},
    }  # fmt: skip
    return _drawn(rows, {"mark": {"type": "line", "point": True}, "encoding": encoding, "height": 280})


def units_chart(row: Standing, values: Sequence[tuple[str, Decimal]]) -> dict[str, Any]:
    """A bar for each unit, the highest figure first; at most `MOST` of them."""
    highest = sorted(values, key=lambda one: -one[1])[:MOST]
    rows = [{"unit": name, "value": float(value)} for name, value in highest]
    across: dict[str, Any] = {"field": "value", "type": "quantitative", "title": row.version.unit_of_measure}
    told = {**across, "title": row.version.name, "format": ",.2~f"}
    across["axis"] = fine(row.version.decimals)
    down = {"field": "unit", "type": "nominal", "sort": None, "title": None, "axis": LABELS}
    tips = [{"field": "unit", "title": _("Unit")}, told]
    mark = {"type": "bar", "color": LINE}
    return _drawn(rows, {"mark": mark, "encoding": {"x": across, "y": down, "tooltip": tips}, "height": {"step": 20}})


def targets_chart(rows: Sequence[Standing]) -> dict[str, Any]:
    """A bar for each indicator: how many per cent of its target it has come to, in the colour of its light; a line
    where the target is."""
    known = [(one, one.share) for one in rows if one.share is not None][:MOST]
    values = [
        {"indicator": one.version.name, "words": "\n".join(wrap(one.version.name, LINE_OF_LABEL)),
         "share": float(share), "light": one.light.label}
        for one, share in known
    ]  # fmt: skip
    across = {"field": "share", "type": "quantitative", "title": _("Per cent of the target")}
    lines = {**LABELS, "labelExpr": "split(datum.label, '\\n')"}
    down = {"field": "words", "type": "nominal", "sort": None, "title": None, "axis": lines}
    lights = dict.fromkeys((one.light.label, STATE_COLOURS.get(one.light.state, LINE)) for one, _share in known)
    scale = {"domain": [label for label, _colour in lights], "range": [colour for _label, colour in lights]}
    colour = {"field": "light", "type": "nominal", "title": None, "scale": scale, "legend": {"orient": "bottom"}}
    tips = [
        {"field": "indicator", "title": _("Indicator")},
        {**across, "format": ",.1~f"},
        {"field": "light", "title": _("State")},
    ]
    bars = {"mark": "bar", "encoding": {"x": across, "y": down, "color": colour, "tooltip": tips}}
    line = {
        "data": {"values": [{"full": FULL}]},
        "mark": {"type": "rule", "strokeDash": [2, 3], "color": TARGET, "size": 2},
        "encoding": {"x": {"field": "full", "type": "quantitative"}},
    }  # fmt: skip
    return _drawn(values, {"layer": [bars, line], "height": {"step": 34}})


def _drawn(rows: list[dict[str, Any]], spec: dict[str, Any]) -> dict[str, Any]:
    return dressed({"data": {"values": rows}, "width": "container", **spec, "config": {"view": {"stroke": None}}})
