"""Figures over time: series with their breaks, a year so far, and an approximate comparison across a break."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db.models import Count, Q

from khue.core.clock import today
from khue.directory.models import Unit, UnitSuccession
from khue.indicators.formulas.calculating import EXACT
from khue.indicators.models import Category, Indicator, IndicatorVersion, Period, Rollup
from khue.indicators.rules.meanings import Meanings, meanings_on
from khue.indicators.rules.reading import Figure, Sums, asked_for, asked_of, figure, sums_of

BREAKS = 10
"""So many units succeeded on one day make a break: series before and after it are not of the same units."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in a period; since the point before, `breaks` is the day on which the reporting units changed,
    `redefined` the day from which the figure comes in another way."""

    period: Period
    figure: Figure
    breaks: date | None = None
    redefined: date | None = None


def redefinitions(indicator: Indicator) -> list[IndicatorVersion]:
    """The versions from which on the figure is asked for, counted or calculated in another way, oldest first."""
    rows = list(indicator.versions.order_by("valid_from"))
    return [new for old, new in pairwise(rows) if _way(old) != _way(new)]


def _way(version: IndicatorVersion) -> tuple[str, str, str]:
    return version.kind, version.measure, version.formula


def kind_of(indicator: Indicator) -> str:
    """The kind of period in which an indicator is reported; for a formula, that of its parts."""
    if indicator.report_set:
        return indicator.report_set.every
    leaf = Indicator.objects.filter(part_of__version__indicator=indicator).exclude(report_set=None)
    found = leaf.select_related("report_set").first()
    return found.report_set.every if found and found.report_set else "year"


def series(
    indicator: Indicator, unit: Unit, *, since: int | None = None, category: int = Category.TOTAL
) -> list[Point]:
    """The figure of `unit` with all below it in every period that has begun, from the year `since` on, oldest first.

    A constant number of queries for each meaning that the indicator had in that time.
    """
    periods = list(Period.objects.filter(kind=kind_of(indicator), first__lte=today(), year__gte=since or 0))
    if not periods:
        return []
    numbers = [one.pk for one in periods]
    asked = asked_of(unit, numbers)
    breaks = break_days(periods[0].first, periods[-1].last)
    redefined = [one.valid_from for one in redefinitions(indicator)]
    points: list[Point] = []
    for meanings, span in _by_meaning(indicator, periods):
        sums = sums_of(unit, [one.pk for one in span], meanings, category)
        for period in span:
            meaning = meanings.of[indicator.pk]
            found = sums.get((period.pk, indicator.pk), Sums())
            told = figure(meanings, meaning, found, asked_for(meaning, period.pk, asked, meanings))
            before = points[-1].period.last if points else period.last
            on = next((day for day in breaks if before < day <= period.last), None)
            anew = next((day for day in redefined if before < day <= period.last), None)
            points.append(Point(period, told, on, anew))
    return points


def _by_meaning(indicator: Indicator, periods: Collection[Period]) -> list[tuple[Meanings, list[Period]]]:
    """Periods that follow the same meanings; those in which the indicator had none are left out."""
    changing = IndicatorVersion.objects.filter(Q(indicator=indicator) | Q(kind="formula"))
    days = set(changing.values_list("valid_from", flat=True))
    found: list[tuple[Meanings, list[Period]]] = []
    last = -1
    for period in periods:
        place = sum(day <= period.last for day in days)
        if place != last:
            found.append((meanings_on(period.last, [indicator.pk]), []))
            last = place
        if indicator.pk in found[-1][0].of:
            found[-1][1].append(period)
    return [one for one in found if one[1]]


def break_days(first: date, last: date) -> list[date]:
    """Days on which so many units were succeeded by others that series of the city break: one query."""
    rows = UnitSuccession.objects.filter(on__gt=first, on__lte=last).values("on")
    rows = rows.annotate(units=Count("old", distinct=True)).filter(units__gte=BREAKS).order_by("on")
    return [row["on"] for row in rows]


@dataclass(frozen=True, slots=True)
class YearFigure:
    """What a year comes to so far, of how many of its periods."""

    value: Decimal | None
    why: str
    periods: int
    """Periods of the year for which there is a figure."""
    of: int
    """Periods that the year has."""
    last: Figure | None
    """The newest of them."""


def year_so_far(indicator: Indicator, unit: Unit, year: int, *, category: int = Category.TOTAL) -> YearFigure:
    """The periods of `year` put together as the indicator says: added, the last, or their mean; a formula from its
    parts, each put together in its own way."""
    periods = list(Period.objects.filter(kind=kind_of(indicator), year=year).order_by("last"))
    if not periods:
        return YearFigure(None, "", 0, 0, None)
    meanings = meanings_on(periods[-1].last, None)
    meaning = meanings.of.get(indicator.pk)
    if meaning is None:
        return YearFigure(None, "", 0, len(periods), None)
    only = replace(meanings, of={indicator.pk: meaning})
    sums = sums_of(unit, [one.pk for one in periods], only, category)
    asked = asked_of(unit, [one.pk for one in periods])
    told = [
        figure(only, meaning, sums[(one.pk, indicator.pk)], asked_for(meaning, one.pk, asked, only))
        for one in periods
        if (one.pk, indicator.pk) in sums and sums[(one.pk, indicator.pk)].units
    ]
    in_order = [sums[(one.pk, indicator.pk)] for one in periods if (one.pk, indicator.pk) in sums]
    given = over_periods(in_order, meanings, indicator.pk, is_formula=meaning.node is not None)
    value, why = meanings.calculate(meaning, given)
    return YearFigure(value, why, len(told), len(periods), told[-1] if told else None)


def over_periods(in_order: list[Sums], meanings: Meanings, indicator: int, *, is_formula: bool) -> dict[int, Decimal]:
    """Each part over the periods, by its own rule."""
    found: dict[int, list[Decimal]] = {}
    for sums in in_order:
        for leaf, one in (sums.parts if is_formula else {indicator: sums}).items():
            value = one.put_together(meanings.across.get(leaf, ""))
            if value is not None:
                found.setdefault(leaf, []).append(value)
    return {leaf: _put_together(values, meanings, leaf) for leaf, values in found.items()}


def _put_together(values: list[Decimal], meanings: Meanings, leaf: int) -> Decimal:
    over_time = meanings.of[leaf].version.over_time if leaf in meanings.of else "last"
    if over_time == "last":
        return values[-1]
    total = sum(values, Decimal(0))
    return total if over_time == "sum" else EXACT.divide(total, Decimal(len(values)))


def levels(indicator: Indicator, period: Period) -> dict[tuple[int, int], Figure]:
    """The figure of every unit that has units below it in every period, by the meaning of `period`: unit and period ->
    figure. Two queries and what the meaning needs; own figures of such units are not in it."""
    meanings = meanings_on(period.last, [indicator.pk])
    meaning = meanings.of.get(indicator.pk)
    if meaning is None:
        return {}
    sums: dict[tuple[int, int], Sums] = {}
    rows = Rollup.objects.filter(indicator=indicator, category=Category.TOTAL)
    columns = ("unit_id", "period_id", "of_id", "total", "units", "positive", "approved")
    for unit, at, of, *told in rows.values_list(*columns):
        if (one := sums.get((unit, at))) is None:
            one = sums[(unit, at)] = Sums()
        if of == indicator.pk:
            one.total, one.units, one.positive, one.approved = told
        else:
            one.parts[of] = Sums(*told)
    return {key: figure(meanings, meaning, one, None) for key, one in sums.items()}
