"""What patterns may name: facts about the report, one indicator, one set of figures, one unit, one measure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from khue.indicators import measures
from khue.indicators.composing.ground import Called, Ground, UnitRow
from khue.indicators.composing.indicator_facts import INDICATOR, Row
from khue.indicators.composing.patterns import Facts
from khue.indicators.composing.report_facts import REPORT
from khue.indicators.composing.sources import in_line, measured, number, of_set
from khue.indicators.composing.values import UNKNOWN, Fact, word
from khue.indicators.models import Period, UnitReport


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
