"""Needs as a comparison side by side knows them."""

from collections.abc import Collection, Mapping

from khue.matching.beside import Signals
from khue.needs.models import Need


def signals(pks: Collection[int]) -> Mapping[int, Signals]:
    """What is compared of needs."""
    rows = Need.objects.filter(pk__in=pks).select_related("unit").prefetch_related("places")
    return {one.pk: _signals(one) for one in rows}


def is_merged(one: int, other: int) -> bool:
    """Whether one of the two went into the other, or both into a third."""
    into = Need.objects.in_bulk((one, other))
    (first, second) = (into[pk].merged_into_id if pk in into else None for pk in (one, other))
    return first == other or second == one or (first is not None and first == second)


def _signals(one: Need) -> Signals:
    return Signals(
        name=one.title, objective=one.hoped, content=one.problem, host=one.unit.name if one.unit else one.author_name,
        place=", ".join(place.name for place in one.places.all()), period=str(one.year or ""),
    )  # fmt: skip
