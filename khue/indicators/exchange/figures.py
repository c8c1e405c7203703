"""Figures in and out as a sheet: old series of units, or what another system counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.cells import number, short, text
from khue.core.exchange import Change, Exchange, Field, Outcome, Problem, Row, WrongCell, label_of
from khue.core.refusals import Refused
from khue.directory.cells import UnitsInCells, unit_cell
from khue.directory.models import Unit
from khue.indicators.actions.bringing import Figure, bring
from khue.indicators.actions.periods import named
from khue.indicators.models import Category, Indicator, IndicatorVersion, Observation, Period
from khue.indicators.rules.bringing import may_bring
from khue.indicators.rules.meanings import meanings_on
from khue.language.text import fold

FIELDS = [
    Field("unit", [gettext_lazy("Unit")], short(320), required=True, meaning=gettext_lazy(
        "Whose figure it is, by a name or the code that it had in the period."
    ), example="Ủy ban nhân dân phường Láng"),
    Field("period", [gettext_lazy("Period"), "Kỳ"], short(12), required=True, meaning=gettext_lazy(
        "2026, 2026-H1, 2026-9M, 2026-Q2 or 2026-06; 2026-TK is the statistical year."
    ), example="2026-Q2"),
    Field("indicator", [gettext_lazy("Indicator"), "Mã chỉ tiêu"], short(300), required=True, meaning=gettext_lazy(
        "Its code, or its name."
    ), example="trained_people"),
    Field("category", [gettext_lazy("Breakdown"), "Phân tổ"], short(120), meaning=gettext_lazy(
        "A category of the indicator's breakdown; empty for the whole figure."
    )),
    Field("value", [gettext_lazy("Value of the figure"), "Số liệu"], lambda cell: cell, required=True,
          meaning=gettext_lazy("A number; 1.234,5 or 1234.5."), example=120, kind="number"),
    Field("note", [gettext_lazy("Note")], short(400), meaning=gettext_lazy("Whatever belongs to it.")),
    Field("proof", [gettext_lazy("Proof"), "Căn cứ số liệu"], short(300), meaning=gettext_lazy(
        "The paper that it comes from."
    )),
]  # fmt: skip


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Enter figures as approved ones, all in one write; what stands there already in the same words stays."""
    run = _Run(rows)
    figures: list[tuple[Row, Figure]] = []
    for row in rows:
        try:
            figures.append((row, run.figure(row)))
        except Refused as error:
            column = error.column if isinstance(error, WrongCell) else ""
            yield Problem(row.number, column, error.refusal.sentence)
    effects = _effects([figure for _row, figure in figures])
    wrong = {one.place: one.sentence for one in bring([figure for _row, figure in figures], by=by).wrong}
    for place, (row, _figure) in enumerate(figures):
        if place in wrong:
            yield Problem(row.number, "", wrong[place])
        else:
            yield Change(row.number, effects[place], run.named(row))  # type: ignore[arg-type]  # one of the three


@dataclass(frozen=True, slots=True)
class _Meant:
    indicator: Indicator
    version: IndicatorVersion
    categories: Mapping[str, int]


class _Run:
    """What one import knows while it goes through its rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.periods: dict[str, Period | Refused] = {}
        for code in {row.values["period"] for row in rows}:
            try:
                self.periods[code] = named(code)
            except Refused as refused:
                self.periods[code] = refused
        wanted = [(row.values["unit"], self._period(row).last) for row in rows if self._known(row)]
        self.units = UnitsInCells(wanted)
        self.meant: dict[int, dict[str, _Meant]] = {}

    def figure(self, row: Row) -> Figure:
        """The figure of one row. Raises `WrongCell`."""
        period = self._period(row)
        meant = self._meant(row, period)
        try:
            value = number(meant.version.decimals)(row.values["value"])
        except ValueError as wrong:
            raise WrongCell(label_of(FIELDS, "value"), str(wrong)) from wrong
        unit: Unit = self.units.find(row.values["unit"], period.last, column=label_of(FIELDS, "unit"))
        return Figure(
            period.pk, meant.indicator.pk, unit.pk, value, self._category(row, meant), row.values["note"] or "",
            row.values["proof"] or "",
        )  # fmt: skip

    def named(self, row: Row) -> str:
        """The figure in words."""
        return " · ".join(text(row.values[name]) for name in ("indicator", "unit", "period"))

    def _known(self, row: Row) -> bool:
        return isinstance(self.periods[row.values["period"]], Period)

    def _period(self, row: Row) -> Period:
        found = self.periods[row.values["period"]]
        if isinstance(found, Refused):
            raise WrongCell(label_of(FIELDS, "period"), found.refusal.sentence)
        return found

    def _meant(self, row: Row, period: Period) -> _Meant:
        if period.pk not in self.meant:
            self.meant[period.pk] = _names(period)
        found = self.meant[period.pk].get(fold(row.values["indicator"]))
        if found is None:
            sentence = _("“%(name)s” is not followed in %(period)s.")
            told = {"name": row.values["indicator"], "period": period.called}
            raise WrongCell(label_of(FIELDS, "indicator"), sentence % told)
        return found

    def _category(self, row: Row, meant: _Meant) -> int:
        if not row.values["category"]:
            return Category.TOTAL
        found = meant.categories.get(fold(row.values["category"]))
        if found is None:
            sentence = _("“%(name)s” is not broken down in this way.") % {"name": meant.version.name}
            raise WrongCell(label_of(FIELDS, "category"), sentence)
        return found


def _names(period: Period) -> dict[str, _Meant]:
    """Every indicator of a period by its code and its name, accents apart; a name that two bear means neither."""
    found: dict[str, _Meant] = {}
    twice: set[str] = set()
    of = meanings_on(period.last).of
    breakdowns: dict[int, dict[str, int]] = {}
    rows = IndicatorVersion.breakdowns.through.objects.filter(
        indicatorversion__in=[one.version.pk for one in of.values()]
    )
    columns = ("indicatorversion_id", "dimension__categories__label", "dimension__categories__id")
    for version, label, number_ in rows.values_list(*columns):
        breakdowns.setdefault(version, {})[fold(label or "")] = number_
    for meaning in of.values():
        meant = _Meant(meaning.indicator, meaning.version, breakdowns.get(meaning.version.pk, {}))
        for name in {fold(meaning.indicator.code), fold(meaning.version.name)}:
            if name in found:
                twice.add(name)
            found[name] = meant
    return {name: meant for name, meant in found.items() if name not in twice}


def _effects(figures: Sequence[Figure]) -> list[str]:
    """Of each figure, whether it is new, changed or the same."""
    rows = Observation.objects.filter(
        period__in={one.period for one in figures}, indicator__in={one.indicator for one in figures},
        unit__in={one.unit for one in figures},
    )  # fmt: skip
    columns = ("period_id", "indicator_id", "unit_id", "category_id", "value", "note", "proof", "state")
    there = {row[:4]: row[4:] for row in rows.values_list(*columns)}
    found = []
    for one in figures:
        before = there.get((one.period, one.indicator, one.unit, one.category))
        same = before == (one.value, one.note, one.proof, Observation.State.APPROVED)
        found.append("new" if before is None else "same" if same else "changed")
    return found


def export(by: Actor) -> Iterable[Mapping[str, Any]]:
    """Figures that are approved, as `enter` reads them; the newest periods first."""
    if isinstance(by, User) and may_bring(by) is not None:
        return
    rows = Observation.objects.filter(state=Observation.State.APPROVED, value__isnull=False)
    rows = rows.select_related("period", "indicator", "unit", "category").order_by("-period__last", "indicator", "unit")
    for row in rows.iterator(chunk_size=2000):
        yield {
            "unit": unit_cell(row.unit), "period": row.period.code, "indicator": row.indicator.code,
            "category": "" if row.category.pk == Category.TOTAL else row.category.label, "value": row.value,
            "note": row.note, "proof": row.proof,
        }  # fmt: skip


FIGURES = Exchange(
    name="figures",
    label=gettext_lazy("Figures of indicators"),
    purpose=gettext_lazy("Series of past years, or what another system counted, unit by unit."),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may_bring,
    notes=[
        gettext_lazy("They count as approved; a figure that is there already is replaced."),
        gettext_lazy("Totals follow at once; nobody is told of them."),
    ],
    order=65,
)
