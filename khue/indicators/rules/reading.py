"""Reading figures: of a unit and all below it, in a period, over time, and unit by unit.

A formula is always calculated from sums over the same units, never from their shares. Beside every figure stands how
many units it is of: `units` of `asked`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from khue.directory.models import Unit
from khue.indicators.formulas.calculating import EXACT
from khue.indicators.models import COUNTED, Category, Indicator, Observation, Period, Rollup, Tally, UnitReport
from khue.indicators.rules.meanings import Meaning, Meanings, meanings_on


@dataclass(slots=True)
class Sums:
    """What is known of an indicator over some units; sums may be added to one another."""

    total: Decimal = Decimal(0)
    units: int = 0
    positive: int = 0
    approved: int = 0
    parts: dict[int, "Sums"] = field(default_factory=dict)
    """For a formula: the sums of each part over the units that have them all."""

    def add(self, of: int, indicator: int, total: Decimal, counts: tuple[int, int, int]) -> None:
        """Add the sum of the figure `of` that belongs to `indicator`; counts are units, positive and approved."""
        if of != indicator:
            if of not in self.parts:
                self.parts[of] = Sums()
            self.parts[of].add(of, of, total, counts)
            return
        self.total += total
        self.units += counts[0]
        self.positive += counts[1]
        self.approved += counts[2]

    def put_together(self, across: str) -> Decimal | None:
        """The one figure for all the units; None when none of them reported."""
        if not self.units:
            return None
        if across == "mean":
            return EXACT.divide(self.total, Decimal(self.units))
        return Decimal(self.positive) if across == "count" else self.total


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure for people: its value or why there is none, and of how many units it is."""

    value: Decimal | None
    why: str
    units: int
    """Units that reported it."""
    approved: int
    """Those whose figure is approved."""
    asked: int | None
    """Units that were asked; None where nobody was called to report it."""
    parts: dict[str, Decimal] = field(default_factory=dict)
    """For a formula: what it was calculated from, by code."""


Wanted = Collection[Indicator | int] | None
Key = tuple[int, int]
"""Numbers of a period and an indicator, or of a period and a report set."""


def numbers(indicators: Wanted) -> list[int] | None:
    """The numbers of indicators; None stays "all"."""
    if indicators is None:
        return None
    return [one.pk if isinstance(one, Indicator) else one for one in indicators]


def figures(
    unit: Unit, period: Period, indicators: Wanted = None, *, category: int = Category.TOTAL
) -> dict[int, Figure]:
    """Figures of `unit` with all below it, by the number of the indicator, in a constant number of queries."""
    meanings = meanings_on(period.last, numbers(indicators))
    sums = sums_of(unit, [period.pk], meanings, category)
    asked = asked_of(unit, [period.pk])
    return {
        number: figure(
            meanings, meaning, sums.get((period.pk, number), Sums()), asked_for(meaning, period.pk, asked, meanings)
        )
        for number, meaning in meanings.of.items()
    }


def sums_of(
    unit: Unit, periods: Collection[int], meanings: Meanings, category: int = Category.TOTAL
) -> dict[Key, Sums]:
    """Sums of a unit's own figures and those below it: two queries."""
    found: dict[Key, Sums] = {}
    below = Rollup.objects.filter(unit=unit, period__in=periods, indicator__in=list(meanings.of), category=category)
    columns = ("period_id", "indicator_id", "of_id", "total", "units", "positive", "approved")
    for period, indicator, of, total, *counts in below.values_list(*columns):
        found.setdefault((period, indicator), Sums()).add(of, indicator, total, (counts[0], counts[1], counts[2]))
    leaves = frozenset().union(*(one.leaves for one in meanings.of.values()))
    own = Observation.objects.filter(period__in=periods, indicator__in=leaves, unit=unit, category=category)
    for period, values in _by_period(own).items():
        for meaning in meanings.of.values():
            add_own(found.setdefault((period, meaning.version.indicator_id), Sums()), meaning, values)
    return found


Own = dict[int, tuple[Decimal, bool]]
"""Indicator -> the unit's own figure, and whether it is approved."""


def _by_period(rows: Iterable[Observation]) -> dict[int, Own]:
    found: dict[int, Own] = {}
    for row in rows:
        if row.value is not None and row.state in COUNTED:
            found.setdefault(row.period_id, {})[row.indicator_id] = (row.value, row.state == "approved")
    return found


def add_own(sums: Sums, meaning: Meaning, values: Own) -> None:
    """Add the figures of one unit, where it has all that the indicator needs."""
    there = {leaf: values[leaf] for leaf in meaning.leaves if leaf in values}
    if not there or not meaning.complete(there):
        return
    number, approved = meaning.version.indicator_id, int(all(one[1] for one in there.values()))
    if meaning.node is not None:
        sums.add(number, number, Decimal(0), (1, 0, approved))
    for leaf, (value, its_approved) in there.items():
        sums.add(leaf, number, value, (1, int(value > 0), int(its_approved)))


def figure(meanings: Meanings, meaning: Meaning, sums: Sums, asked: int | None) -> Figure:
    """What sums come to, by the rule of the indicator."""
    value, why, parts = _value(meanings, meaning, sums)
    return Figure(value, why, sums.units, sums.approved, asked, parts)


def _value(meanings: Meanings, meaning: Meaning, sums: Sums) -> tuple[Decimal | None, str, dict[str, Decimal]]:
    if meaning.node is None:
        value = sums.put_together(meaning.version.across)
        return (value, "", {}) if value is not None else (*meanings.calculate(meaning, {}), {})
    given = {
        leaf: value
        for leaf, one in sums.parts.items()
        if (value := one.put_together(meanings.across.get(leaf, ""))) is not None
    }
    value, why = meanings.calculate(meaning, given)
    return value, why, {meanings.codes[leaf]: part for leaf, part in given.items()}


def asked_of(unit: Unit, periods: Collection[int]) -> dict[Key, int]:
    """How many units at and below `unit` were asked, by period and report set: two queries."""
    found: dict[Key, int] = {}
    below = Tally.objects.filter(unit=unit, cycle__period__in=periods)
    for period, report_set, count in below.values_list("cycle__period_id", "cycle__report_set_id", "asked"):
        found[(period, report_set)] = count
    own = UnitReport.objects.filter(unit=unit, cycle__period__in=periods)
    for period, report_set in own.values_list("cycle__period_id", "cycle__report_set_id"):
        found[(period, report_set)] = found.get((period, report_set), 0) + 1
    return found


def asked_for(meaning: Meaning, period: int, asked: dict[Key, int], meanings: Meanings) -> int | None:
    """Units asked for an indicator; for a formula those asked for the part that fewest were asked for."""
    sets = {meanings.sets[leaf] for leaf in meaning.leaves if meanings.sets.get(leaf)}
    counts = [asked[(period, one)] for one in sets if one is not None and (period, one) in asked]
    return min(counts) if counts else None


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One unit's own figure in a period."""

    unit: Unit
    value: Decimal | None
    why: str
    state: str
    """Of its report: draft, submitted, returned, approved; empty where it was not asked."""


def by_unit(indicator: Indicator, period: Period, *, below: Unit | None = None) -> list[UnitFigure]:
    """The own figure of every unit that was asked, or reported, in directory order; figures that count only.

    A constant number of queries, whatever the number of units.
    """
    meanings = meanings_on(period.last, [indicator.pk])
    meaning = meanings.of.get(indicator.pk)
    if meaning is None:
        return []
    values = own_figures(period, meaning.leaves)
    sets = {meanings.sets[leaf] for leaf in meaning.leaves if meanings.sets.get(leaf)}
    reports = UnitReport.objects.filter(cycle__period=period, cycle__report_set__in=sets)
    states = dict(reports.values_list("unit_id", "state"))
    units = Unit.objects.filter(pk__in=[*states, *values]).select_related("place")
    if below is not None:
        units = units.within([below.pk])
    return [_unit_figure(one, values.get(one.pk, {}), states.get(one.pk, ""), meaning, meanings) for one in units]


def own_figures(period: Period, leaves: Collection[int]) -> dict[int, Own]:
    """Unit -> its own figures that count: one query."""
    rows = Observation.objects.filter(period=period, indicator__in=leaves, category=Category.TOTAL, state__in=COUNTED)
    found: dict[int, Own] = {}
    for unit, leaf, value, state in rows.values_list("unit_id", "indicator_id", "value", "state"):
        if value is not None:
            found.setdefault(unit, {})[leaf] = (value, state == "approved")
    return found


def _unit_figure(unit: Unit, values: Own, state: str, meaning: Meaning, meanings: Meanings) -> UnitFigure:
    given = {leaf: value for leaf, (value, _approved) in values.items()}
    value, why = meanings.calculate(meaning, given) if given else (None, "")
    return UnitFigure(unit, value, why, state)
