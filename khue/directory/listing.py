"""The lists of units, people and places, filtered by what stands in the address bar."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from khue.core.clock import today
from khue.directory.models import Expertise, Person, Place, Post, Unit, UnitName
from khue.directory.naming import abbreviation_key, key_of
from khue.language.text import fold


def units(asked: Mapping[str, str]) -> QuerySet[Unit]:
    """`q` any name ever borne, `kind`, `state` (`ended`, `all`; else those of today), `on` those of a day."""
    found = Unit.objects.select_related("parent", "place")
    if (day := day_of(asked)) or asked.get("state") not in ("ended", "all"):
        found = found.as_of(day or today())
    elif asked.get("state") == "ended":
        found = found.filter(valid_to__lt=today())
    if kind := asked.get("kind"):
        found = found.filter(kind=kind)
    if text := asked.get("q", "").strip():
        found = found.filter(Exists(UnitName.objects.filter(_named(text), unit=OuterRef("pk"))))
    return found


def _named(text: str) -> Q:
    condition = Q()
    for word in key_of(text).split():
        condition &= Q(key__contains=word)
    short = abbreviation_key(text)
    return condition | Q(short=short) if short else condition


def people(asked: Mapping[str, str]) -> QuerySet[Person]:
    """`q` words of the name, or of a declared expertise."""
    words = fold(asked.get("q", "")).split()
    named, expert = Q(), Q()
    for word in words:
        named &= Q(folded__contains=word)
        expert &= Q(folded__contains=word)
    found = Person.objects.all()
    if words:
        found = found.filter(named | Q(Exists(Expertise.objects.filter(expert, person=OuterRef("pk")))))
    posts = Post.objects.as_of(today()).select_related("unit")
    return found.prefetch_related(Prefetch("posts", posts, to_attr="current_posts"), "expertise")


def places(asked: Mapping[str, str]) -> QuerySet[Place]:
    """Those of a day (`on`; today), of a `level`, with all words of `q`, or standing below the place `below`."""
    found = Place.objects.as_of(day_of(asked) or today()).select_related("parent")
    if level := asked.get("level"):
        found = found.filter(level=level)
    if below := asked.get("below", ""):
        found = found.filter(parent__code=below)
    for word in fold(asked.get("q", "")).split():
        found = found.filter(folded__contains=word)
    return found


def day_of(asked: Mapping[str, str]) -> date | None:
    """The day in `on`, if it is one."""
    try:
        return date.fromisoformat(asked.get("on", ""))
    except ValueError:
        return None
