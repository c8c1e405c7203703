"""Comparing across a change of units: what stood mainly in the area of an old one is set against it.

Borders do not fit: a commune of today may have land of several old districts. Each unit of today is put to the old one
that most of it came from, so that nothing counts twice and the city comes out whole; the comparison is always labelled
as approximate.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from khue.directory.models import Kind, Place, PlaceSuccession, Unit, UnitSuccession
from khue.indicators.models import Indicator, Period
from khue.indicators.rules.meanings import Meaning, meanings_on
from khue.indicators.rules.reading import Own, Sums, add_own, figure, own_figures

WEIGHT = {Kind.WHOLE.value: 3, Kind.MAIN_PART.value: 2, Kind.PART.value: 1}


@dataclass(frozen=True, slots=True)
class Compared:
    """An old unit, and the units of today that stand mainly in its area. Always approximate."""

    old: Unit
    new: tuple[Unit, ...]
    before: Decimal | None
    after: Decimal | None
    units: int
    """Units of today with a figure."""


def main_predecessors(new: Collection[Unit], old: Collection[Unit]) -> dict[int, int]:
    """Unit of today -> the one of `old` that most of it came from: the one where most of the communes lay that became
    it; without such places, the one of which it took the largest share. Two queries."""
    news, olds = {one.pk: one for one in new}, {one.pk: one for one in old}
    shares: dict[int, Counter[int]] = {}
    for row in UnitSuccession.objects.filter(old__in=olds, new__in=news):
        shares.setdefault(row.new_id, Counter())[row.old_id] += WEIGHT[row.kind]
    places = _by_places(news, olds)
    return {
        unit: max(counts, key=lambda one: (counts[one], shares.get(unit, Counter())[one], -one))
        for unit, counts in (shares | places).items()
    }


def _by_places(news: dict[int, Unit], olds: dict[int, Unit]) -> dict[int, Counter[int]]:
    districts = {one.place_id: one.pk for one in olds.values() if one.place_id}
    units = {one.place_id: one.pk for one in news.values() if one.place_id}
    rows = PlaceSuccession.objects.filter(new__in=units, old__level=Place.Level.COMMUNE).select_related("old")
    found: dict[int, Counter[int]] = {}
    for row in rows:
        district = districts.get(row.old.parent_id or 0)
        if district is not None:
            found.setdefault(units[row.new_id], Counter())[district] += WEIGHT[row.kind]
    return found


def compare(indicator: Indicator, before: Period, after: Period) -> list[Compared]:
    """Every unit that reported `before` and is no more `after`, against the units of today in its area, in directory
    order. A constant number of queries."""
    meanings = meanings_on(after.last, [indicator.pk])
    meaning = meanings.of.get(indicator.pk)
    if meaning is None:
        return []
    then, now = own_figures(before, meaning.leaves), own_figures(after, meaning.leaves)
    units = Unit.objects.in_bulk([*then, *now])
    old = [one for pk in then if (one := units[pk]).valid_to is not None and one.valid_to < after.last]
    new = [units[pk] for pk in now]
    heirs: dict[int, list[Unit]] = {}
    for unit, source in main_predecessors(new, old).items():
        heirs.setdefault(source, []).append(units[unit])

    def value(of: Collection[Unit], figures: dict[int, Own]) -> Decimal | None:
        return figure(meanings, meaning, _sums(meaning, [figures[one.pk] for one in of]), None).value

    found = [(one, sorted(heirs.get(one.pk, []), key=lambda heir: heir.sort_name)) for one in old]
    return [
        Compared(one, tuple(its), value([one], then), value(its, now), len(its))
        for one, its in sorted(found, key=lambda pair: pair[0].sort_name)
    ]


def _sums(meaning: Meaning, values: Collection[Own]) -> Sums:
    sums = Sums()
    for one in values:
        add_own(sums, meaning, one)
    return sums
