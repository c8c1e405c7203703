"""How many people live in a unit: the newest figure of the indicator `population`, where a programme asks for it."""

from collections.abc import Sequence
from decimal import Decimal

from khue.directory.models import Unit
from khue.indicators.models import COUNTED, Category, Observation

POPULATION = "population"


def population_of(units: Sequence[Unit]) -> dict[int, Decimal]:
    """Unit -> people, for those that reported it: one query."""
    rows = Observation.objects.filter(
        indicator__code=POPULATION, unit__in=[one.pk for one in units], category=Category.TOTAL, state__in=COUNTED
    ).order_by("period__last")
    return {unit: value for unit, value in rows.values_list("unit_id", "value") if value}
