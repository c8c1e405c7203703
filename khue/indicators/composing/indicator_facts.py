"""What patterns may name of one indicator: its figures, target, forecast, light, meaning.

The words are part of a Vietnamese document, so they are Vietnamese in every language of the screen. No cause, no
praise: whoever signs the report adds those.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from khue.indicators.composing.ground import Ground, UnitRow
from khue.indicators.composing.sources import aim, in_line, number, of_figure
from khue.indicators.composing.values import UNKNOWN, Fact, word
from khue.indicators.models import Period
from khue.indicators.models.indicator import CODE
from khue.indicators.pieces import Number
from khue.indicators.rules.progress import Standing
from khue.indicators.rules.steps import last_periods, printed, step_of

BESIDE = 4
"""Periods that tables put beside each other."""


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator in a report; in a cell of one period, or of one unit, also that."""

    ground: Ground
    standing: Standing
    period: Period | None = None
    unit: UnitRow | None = None


def _figure(row: Row, value: Decimal | None, period: Period | None, what: str) -> Fact:
    source = of_figure(row.standing, row.ground.whose, period, what)
    return number(value, source, row.standing.version.decimals)


def _value(row: Row) -> Fact:
    newest = row.standing.newest_period
    return _figure(row, row.standing.value, newest, f"từ đầu năm đến hết {in_line(newest)}" if newest else "")


def _forecast(row: Row) -> Fact:
    reckoned = row.standing.forecast
    if reckoned is None or not row.standing.light.state:
        return UNKNOWN
    return _figure(row, reckoned.value, None, f"dự báo cả năm: {reckoned.how.rstrip('.')}")


def _now(row: Row) -> Fact:
    step = step_of(row.standing)
    return _figure(row, step.now, step.period, f"riêng {in_line(step.period)}") if step else UNKNOWN


def _before(row: Row) -> Fact:
    step = step_of(row.standing)
    if step is None or step.period_before is None:
        return UNKNOWN
    return _figure(row, step.before, step.period_before, f"riêng {in_line(step.period_before)}")


def _change(row: Row) -> Fact:
    """Signed to compare; printed without its sign, which is a word."""
    step = step_of(row.standing)
    if step is None or step.change is None or step.period_before is None:
        return UNKNOWN
    how = f"{in_line(step.period)} trừ {in_line(step.period_before)}"
    size = _figure(row, abs(step.change), step.period, how)
    return Fact(step.change, size.pieces)


def _breaks(row: Row) -> Fact:
    """Known where other units reported the newest figure than the ones before it."""
    step = step_of(row.standing)
    if step is None or not step.breaks:
        return UNKNOWN
    earlier = (dot for dot in row.standing.dots if dot.period.last < step.period.last)
    return word("x" if any(dot.value is not None for dot in earlier) else "")


def _recent(row: Row) -> Fact:
    """Known where one of the newest periods, as they stand beside each other in a table, has a figure."""
    beside = last_periods(row.ground.rows, BESIDE)
    return word("x" if any(dot.value is not None for dot in row.standing.dots if dot.period in beside) else "")


def _apart(row: Row) -> Fact:
    """Known where the newest period's own figure is another than the one so far."""
    step, value = step_of(row.standing), row.standing.value
    same = step is None or (value is not None and round(value, row.standing.version.decimals) == step.now)
    return UNKNOWN if same else word("x")


def _reporting(row: Row, which: str) -> Fact:
    newest = row.standing.newest
    if newest is None:
        return UNKNOWN
    value = newest.asked if which == "asked" else newest.units
    what = "số đơn vị phải báo cáo" if which == "asked" else "số đơn vị đã báo cáo"
    return number(value, of_figure(row.standing, row.ground.whose, row.standing.newest_period, what))


def _change_measure(row: Row) -> str:
    measure = row.standing.version.unit_of_measure
    return "điểm phần trăm" if measure.strip() == "%" else measure


def _meaning(row: Row) -> str:
    """How it is counted; a formula in the names that readers know."""
    version = row.standing.version
    names = {one.indicator.code: one.version.name for one in row.ground.rows}
    formula = re.sub(CODE, lambda found: f"«{names[found[0]]}»" if found[0] in names else found[0], version.formula)
    counted = f"{version.get_kind_display()}: {formula}" if formula else version.get_kind_display()
    return ". ".join(part.rstrip(".") for part in (str(counted), version.why) if part) + "."


def _origin(row: Row) -> str:
    version, target = row.standing.version, row.standing.target
    parts = [version.basis, version.source]
    if not version.verified:
        parts.append("Định nghĩa chưa được kiểm chứng")
    if target and target.source:
        parts.append(f"Số được giao: {target.source}")
    if target and not target.verified:
        parts.append("Số được giao chưa được kiểm chứng")
    told_ = [part.rstrip(".") for part in parts if part]
    return ". ".join(dict.fromkeys(told_)) + "." if told_ else ""


NOT_PIECES = ("%", "điểm", "hạng", "đồng")
"""Ends of units of measure that are not counted piece by piece: of them one does not say that there is none."""


def _reached(row: Row, figure: Fact, nothing: str) -> Fact:
    """A figure as people say it: `là 5 sáng kiến`; where there is none, `chưa có sáng kiến nào`."""
    measure = row.standing.version.unit_of_measure
    if figure.value is None:
        return UNKNOWN
    if figure.value or measure.endswith(NOT_PIECES) or row.standing.version.decimals:
        return Fact(figure.value, ("là ", *figure.pieces, f" {measure}"))
    source = next(piece.source for piece in figure.pieces if isinstance(piece, Number))
    return Fact(figure.value, (Number(f"{nothing} {measure} nào", source),))


def _judgement(row: Row) -> Fact:
    """The light with its rule; of a number that was promised for a later year, which one."""
    light, target = row.standing.light, row.standing.target
    if light.state:
        return word(f"{_capital(light.label)}. {light.rule}")
    return word(f"Chưa đánh giá: số giao cho năm {target.year}." if target else "")


def _cell(row: Row) -> Fact:
    """The figure of one period, or of one unit."""
    standing = row.standing
    if row.unit is not None:
        source = of_figure(standing, row.unit.unit, standing.newest_period, f"số của {row.unit.unit.name}")
        return number(row.unit.values.get(standing.indicator.pk), source, standing.version.decimals)
    dot = next((one for one in standing.dots if one.period == row.period), None)
    what = f"riêng {in_line(row.period)}" if row.period else ""
    return _figure(row, printed(dot, standing) if dot else None, row.period, what)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


INDICATOR: Mapping[str, Callable[[Row], Fact]] = {
    "name": lambda row: word(row.standing.version.name),
    "code": lambda row: word(row.standing.indicator.code),
    "objective": lambda row: word(row.standing.indicator.objective.title if row.standing.indicator.objective else ""),
    "measure": lambda row: word(row.standing.version.unit_of_measure),
    "value": _value,
    "reached": lambda row: _reached(row, _value(row), "chưa có"),
    "newest_period": lambda row: word(in_line(row.standing.newest_period) if row.standing.newest_period else ""),
    "why_not": lambda row: word(row.standing.why),
    "target": lambda row: aim(row.standing),
    "target_year": lambda row: word(str(row.standing.target.year) if row.standing.target else ""),
    "forecast": _forecast,
    "light": lambda row: word(row.standing.light.state),
    "light_label": lambda row: word(row.standing.light.label),
    "light_rule": lambda row: word(row.standing.light.rule if row.standing.light.state else ""),
    "judgement": _judgement,
    "now": _now,
    "now_reached": lambda row: _reached(row, _now(row), "không có"),
    "now_period": lambda row: word(in_line(step.period) if (step := step_of(row.standing)) else ""),
    "apart": _apart,
    "before": _before,
    "before_period": lambda row: word(
        in_line(step.period_before) if (step := step_of(row.standing)) and step.period_before else ""
    ),
    "change": _change,
    "change_measure": lambda row: word(_change_measure(row)),
    "breaks": _breaks,
    "units": lambda row: _reporting(row, "units"),
    "asked": lambda row: _reporting(row, "asked"),
    "meaning": lambda row: word(_meaning(row)),
    "origin": lambda row: word(_origin(row)),
    "proof": lambda row: word(row.standing.version.proof),
    "recent": _recent,
    "followed": lambda row: word("x" if row.standing.value is not None or row.standing.target else ""),
    "verified": lambda row: word("x" if row.standing.version.verified else ""),
    "cell": _cell,
    "cell_period": lambda row: word(row.period.label if row.period else ""),
}  # fmt: skip
