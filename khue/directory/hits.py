"""What the search over everything finds in the directory."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F
from django.urls import reverse

from khue.core.search import Hit
from khue.directory.listing import people as people_like
from khue.directory.models import Place
from khue.directory.search import find_units


def units(_user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Units by any of their names."""
    return [
        Hit(hit.unit.name, _ended(hit.matched_name, hit.unit.name), hit.unit.get_absolute_url(), "building")
        for hit in find_units(query, limit=limit)
    ]


def _ended(matched: str, name: str) -> str:
    return "" if matched == name else matched


def people(_user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """People by name or expertise."""
    return [
        Hit(str(each), each.email, each.get_absolute_url(), "user")
        for each in people_like({"q": query}).prefetch_related(None)[:limit]
    ]


def places(_user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Places of all times, those of today first."""
    found = Place.objects.select_related("parent").order_by(F("valid_to").desc(nulls_first=True), "level", "sort_name")
    for word in query.split():
        found = found.filter(folded__contains=word)
    return [
        Hit(str(place), str(place.parent or ""), reverse("directory:place", args=[place.pk]), "map-pin")
        for place in found[:limit]
    ]
