"""Units, people and places as search knows them: looked up by any name they ever had, never held against others."""

from collections.abc import Collection, Iterator

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.clock import today
from khue.directory.models import Person, Place, PlaceHeir, Post, Unit
from khue.matching import sources
from khue.matching.sources import Record, Source

AT_ONCE = 500


def register() -> None:
    """Called once, when the app starts."""
    lists = (
        Source("unit", gettext_lazy("Units"), units, everybody, "building", 60, alike=False, follows="unit"),
        Source("person", gettext_lazy("People"), people, everybody, "user", 61, alike=False, follows="person"),
        Source("place", gettext_lazy("Administrative places"), places, everybody, "map-pin", 62, alike=False),
    )
    for source in lists:
        sources.register(source)


def everybody(_user: object) -> None:
    """Whoever is signed in may look into the directory."""


def units(pks: Collection[int] | None) -> Iterator[Record]:
    """Units of all times by all their names."""
    rows = Unit.objects.select_related("parent").prefetch_related("names").order_by("pk")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).iterator(AT_ONCE):
        called = dict.fromkeys(word for name in one.names.all() for word in (name.name, name.abbreviation))
        others = [word for word in (*called, one.abbreviation) if word and word != one.name]
        ended = _("until %(day)s") % {"day": f"{one.valid_to:%d/%m/%Y}"} if one.valid_to else ""
        above = one.parent.name if one.parent else ""
        yield Record(
            one.pk, one.name, one.get_absolute_url(), summary=" · ".join(others), host=above,
            detail=" · ".join(part for part in (above, ended) if part),
        )  # fmt: skip


def people(pks: Collection[int] | None) -> Iterator[Record]:
    """People by name, position, unit and what they declare to know."""
    posts = Prefetch("posts", Post.objects.as_of(today()).select_related("unit"), to_attr="current_posts")
    rows = Person.objects.prefetch_related(posts, "expertise").order_by("pk")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).iterator(AT_ONCE):
        held = [f"{post.position}, {post.unit.name}" for post in one.current_posts]
        knows = [each.topic for each in one.expertise.all()]
        yield Record(
            one.pk, str(one), one.get_absolute_url(), summary=" · ".join(knows), detail=" · ".join(held) or one.email
        )


def places(pks: Collection[int] | None) -> Iterator[Record]:
    """Places of all times; one that is no more tells what it has become."""
    heirs = Prefetch("heirs", PlaceHeir.objects.select_related("heir"))
    rows = Place.objects.select_related("parent").prefetch_related(heirs).order_by("pk")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).iterator(AT_ONCE):
        become = [str(each.heir) for each in one.heirs.all() if each.heir_id != one.pk] if one.valid_to else []
        now = _("now %(names)s") % {"names": ", ".join(become)} if become else ""
        detail = " · ".join(part for part in (str(one.parent or ""), now) if part)
        yield Record(one.pk, str(one), reverse("directory:place", args=[one.pk]), detail=detail)
