"""Units beside each other, fairly: by what they report and, where it matters, per ten thousand people."""

from dataclasses import dataclass
from decimal import Decimal

from khue.directory.models import Unit
from khue.indicators.models import Indicator, IndicatorVersion, Period
from khue.indicators.rules.population import population_of
from khue.indicators.rules.reading import by_unit

PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit's own figure, its place (shared by those who are equal), and the figure per ten thousand people."""

    unit: Unit
    value: Decimal | None
    why: str
    state: str
    place: int | None
    per_head: Decimal | None


def ranked(indicator: Indicator, period: Period, *, below: Unit) -> list[Ranked]:
    """Units that were asked, the best first; those without a figure last. A sum is ranked per head where every unit's
    population is known: larger units would lead otherwise."""
    found = by_unit(indicator, period, below=below)
    version = IndicatorVersion.objects.filter(indicator=indicator, valid_from__lte=period.last).order_by("-valid_from")
    meaning = version.first()
    people = population_of([one.unit for one in found]) if meaning and meaning.across == "sum" else {}
    heads = {
        one.unit.pk: one.value / people[one.unit.pk] * PEOPLE
        for one in found
        if one.value is not None and people.get(one.unit.pk)
    }
    fair = len(heads) == sum(one.value is not None for one in found) and bool(heads)
    measure = heads if fair else {one.unit.pk: one.value for one in found if one.value is not None}
    down = meaning is not None and meaning.direction == IndicatorVersion.Direction.DOWN
    first: dict[Decimal, int] = {}
    for place, value in enumerate(sorted(measure.values(), reverse=not down), 1):
        first.setdefault(value, place)
    places = {pk: first[value] for pk, value in measure.items()}
    rows = [
        Ranked(one.unit, one.value, one.why, one.state, places.get(one.unit.pk), heads.get(one.unit.pk))
        for one in found
    ]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, row.unit.sort_name))
