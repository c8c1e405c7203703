"""Needs as a comparison side by side knows them."""

from collections.abc import Collection, Mapping

from khue.matching.beside import Signals
from khue.needs.models import Need


def signals(pks: Collection[int]) -> Mapping[int, Signals]:
    """What is compared of needs."""
    rows = Need.objects.filter(pk__in=pks).select_related("unit").prefetch_related("places")
    return {one.pk: _signals(one) for one in rows}


def is_merged(one: int, other: int) -> bool:
    """Whether one of the two went into the other."""
    return Need.objects.filter(pk__in=(one, other), merged_into__in=(one, other)).exists()


def _signals(one: Need) -> Signals:
    return Signals(
        name=one.title, objective=one.hoped, content=one.problem, host=one.unit.name if one.unit else one.author_name,
        place=", ".join(place.name for place in one.places.all()), period=str(one.year or ""),
    )  # fmt: skip
