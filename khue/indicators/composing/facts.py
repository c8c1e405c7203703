"""What patterns may name: facts about the report, one indicator, one set of figures, one unit, one measure.

The words are part of a Vietnamese document, so they are Vietnamese in every language of the screen. No cause, no
praise: whoever signs the report adds those.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from khue.indicators import measures
from khue.indicators.composing.ground import Called, Ground, UnitRow
from khue.indicators.composing.patterns import Facts
from khue.indicators.composing.sources import aim, in_line, measured, number, of_count, of_figure, of_set
from khue.indicators.composing.values import UNKNOWN, Fact, word
from khue.indicators.models import Period, UnitReport
from khue.indicators.models.indicator import CODE
from khue.indicators.pieces import Number
from khue.indicators.rules.progress import Standing
from khue.indicators.rules.steps import last_periods, printed, step_of

NOUNS = {"plan": "Kế hoạch", "index": "Bộ chỉ số", "statistics": "Chế độ thống kê"}
ORDER = ("done", "on-time", "due-soon", "overdue", "waiting")
"""States of lights, as they are told one after another."""
LIGHTS = {"done": "good", "on-time": "good", "due-soon": "doubt", "overdue": "late", "waiting": "unknown"}
"""How the page of a programme calls them in its address."""
BESIDE = 4
"""Periods that tables put beside each other."""
BASES = {"met": ("done",), "on_track": ("on-time",), "doubtful": ("due-soon",), "late": ("overdue",)}


# ---------------------------------------------------------------- the report itself


def _programme(ground: Ground) -> str:
    one = ground.programme
    return f"{NOUNS.get(one.kind, 'Chương trình')} {one.number or one.title}" if one else ""


def _counted(ground: Ground, rows: list[Standing], how: str, light: str = "") -> Fact:
    source = of_count(ground.programme, ground.whose, ground.period, how, light)
    return number(len(rows), source)


def _judged(ground: Ground) -> list[Standing]:
    return [one for one in ground.rows if one.light.state]


def _in_light(name: str) -> Callable[[Ground], Fact]:
    def counted(ground: Ground) -> Fact:
        rows = [one for one in _judged(ground) if one.light.state in BASES[name]]
        return _counted(ground, rows, _named(rows), LIGHTS[BASES[name][0]])

    return counted


def _named(rows: list[Standing]) -> str:
    return "; ".join(one.version.name for one in rows) + "." if rows else "Không có chỉ tiêu nào."


def _states(ground: Ground) -> Fact:
    """`3 đã đạt, 1 chậm tiến độ`; `cả 4 đều đã đạt`."""
    judged = sorted(_judged(ground), key=lambda row: ORDER.index(row.light.state))
    pieces: list[str | Number] = []
    for state, label in dict.fromkeys((row.light.state, row.light.label) for row in judged):
        rows = [one for one in judged if one.light.label == label]
        counted = _counted(ground, rows, _named(rows), LIGHTS[state])
        if len(rows) == len(judged):
            return Fact("x", ("cả ", *counted.pieces, f" đều {label}") if len(rows) > 1 else (label,))
        pieces += [", " if pieces else "", *counted.pieces, f" {label}"]
    return Fact("x" if pieces else None, tuple(piece for piece in pieces if piece))


def _without(ground: Ground) -> list[Standing]:
    return [one for one in ground.rows if one.value is None]


def _basis(period: Period) -> str:
    unverified = "" if period.verified else " (căn cứ này chưa được kiểm chứng)"
    return f"{period.basis}{unverified}"


REPORT: Mapping[str, Callable[[Ground], Fact]] = {
    "programme": lambda ground: word(_programme(ground)),
    "programme_title": lambda ground: word(ground.programme.title if ground.programme else ""),
    "unit": lambda ground: word(ground.unit.name),
    "period": lambda ground: word(in_line(ground.period)),
    "period_kind": lambda ground: word(ground.period.kind),
    "period_basis": lambda ground: word(_basis(ground.period)),
    "year": lambda ground: Fact(Decimal(ground.period.year), (str(ground.period.year),)),
    "first": lambda ground: word(f"{ground.period.first:%d/%m/%Y}"),
    "last": lambda ground: word(f"{ground.period.last:%d/%m/%Y}"),
    "indicators": lambda ground: _counted(ground, ground.rows, _named(ground.rows)),
    "judged": lambda ground: _counted(ground, _judged(ground), _named(_judged(ground))),
    "promised": lambda ground: _counted(ground, rows := [r for r in ground.rows if r.target], _named(rows)),
    **{name: _in_light(name) for name in BASES},
    "states": _states,
    "known": lambda ground: _counted(ground, rows := [r for r in ground.rows if r.value is not None], _named(rows)),
    "unknown": lambda ground: _counted(ground, _without(ground), _named(_without(ground)), "unknown"),
    "unknown_names": lambda ground: word("; ".join(one.version.name for one in _without(ground))),
    "forecasts": lambda ground: _counted(ground, rows := [r for r in _judged(ground) if r.forecast], _named(rows)),
    "called": lambda ground: Fact(Decimal(len(ground.called)), (str(len(ground.called)),)),
    "units_below": lambda ground: Fact(Decimal(1)) if ground.has_units else UNKNOWN,
    "drawn": lambda ground: word(ground.drawn.version.name if ground.drawn else ""),
}  # fmt: skip

# ---------------------------------------------------------------- one indicator


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

# ---------------------------------------------------------------- sets, units, measures


@dataclass(frozen=True, slots=True)
class SetRow:
    """A set of figures that was called for."""

    ground: Ground
    called: Called


def _sent(row: SetRow, value: int, what: str) -> Fact:
    how = f"{row.called.report_set.label}, {in_line(row.ground.period)}: {what}."
    return number(value, of_set(row.called.report_set, row.ground.period, how))


SET: Mapping[str, Callable[[SetRow], Fact]] = {
    "label": lambda row: word(row.called.report_set.label),
    "asked": lambda row: _sent(row, row.called.asked, "số đơn vị phải báo cáo"),
    "reported": lambda row: _sent(row, row.called.reported, "số đơn vị đã gửi hoặc đã được duyệt"),
    "missing": lambda row: _sent(row, row.called.asked - row.called.reported, "số đơn vị chưa gửi"),
}


@dataclass(frozen=True, slots=True)
class UnitOf:
    """A unit below in a report."""

    ground: Ground
    row: UnitRow


UNIT: Mapping[str, Callable[[UnitOf], Fact]] = {
    "name": lambda one: word(one.row.unit.name),
    "state": lambda one: word(str(dict(UnitReport.State.choices).get(one.row.state, ""))),
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """Something that the system counts from its records."""

    ground: Ground
    name: str


def _label(row: MeasureRow) -> str:
    found = measures.named(row.name)
    return str(found.label) if found else row.name


def _count(row: MeasureRow, period: Period | None) -> Fact:
    return measured(row.name, row.ground.unit, period) if period else UNKNOWN


def _earlier(period: Period, *, year: bool = False) -> Period | None:
    """The period before of the same kind, or the same one a year earlier."""
    same = Period.objects.filter(kind=period.kind, last__lt=period.last).order_by("-last")
    return same.filter(year=period.year - 1, number=period.number).first() if year else same.first()


MEASURE: Mapping[str, Callable[[MeasureRow], Fact]] = {
    "name": lambda row: word(_label(row)),
    "value": lambda row: _count(row, row.ground.period),
    "before": lambda row: _count(row, _earlier(row.ground.period)),
    "before_period": lambda row: word(in_line(found) if (found := _earlier(row.ground.period)) else ""),
    "last_year": lambda row: _count(row, _earlier(row.ground.period, year=True)),
}

SCOPES: Mapping[str, Mapping[str, Callable[[Any], Fact]]] = {
    "": REPORT, "indicator": INDICATOR, "set": SET, "unit": UNIT, "measure": MEASURE,
}  # fmt: skip
"""What a block goes over -> the names that its patterns may use besides those of the report."""


def facts_of(ground: Ground, scope: str = "", row: Any = None) -> Facts:
    """Looks names up: first those of the row, then those of the report, then single indicators and measures by code:
    `figure models_applied target`, `measure directives.assigned before`."""
    own = SCOPES[scope] if row is not None else {}
    kept: dict[str, Fact] = {}

    def fact(name: str) -> Fact:
        if name not in kept:
            kept[name] = own[name](row) if name in own else _looked_up(ground, name)
        return kept[name]

    return fact


def _looked_up(ground: Ground, name: str) -> Fact:
    if name in REPORT:
        return REPORT[name](ground)
    kind, _space, rest = name.partition(" ")
    code, _space, what = rest.partition(" ")
    if kind == "measure":
        return MEASURE[what or "value"](MeasureRow(ground, code))
    standing = ground.row(code)
    return INDICATOR[what or "value"](Row(ground, standing)) if standing else UNKNOWN


def wrong_name(name: str, scope: str, indicators: frozenset[str]) -> str:
    """Why a pattern may not use `name`; empty when it may."""
    if name in SCOPES[scope] or name in REPORT:
        return ""
    kind, _space, rest = name.partition(" ")
    code, _space, what = rest.partition(" ")
    if kind == "figure" and rest:
        known: Mapping[str, object] = INDICATOR
        wrong = "" if code in indicators else f"không có chỉ tiêu «{code}»"
    elif kind == "measure" and rest:
        known = MEASURE
        wrong = "" if code in measures.names() else f"không phần nào của hệ thống đếm «{code}»"
    else:
        return f"không có tên «{name}»; có: {', '.join(sorted({*SCOPES[scope], *REPORT}))}"
    return wrong or ("" if not what or what in known else f"không có tên «{what}»; có: {', '.join(sorted(known))}")
