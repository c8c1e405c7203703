"""Whom a written name means: people who are offered while one types, and the one that was chosen."""

from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Prefetch, Value, When
from django.utils.translation import gettext as _

from khue.core.asked import whole
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Person, Post
from khue.language.text import fold, nfc

SHORTEST = 2
OFFERED = 8
MARK = "#"
"""Stands between a name and the number of the person, where several bear the name: `Lê Thị Hoa #12`."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody of the directory as a field offers them; `detail` tells namesakes apart."""

    pk: int
    name: str
    title: str
    unit: str
    detail: str
    namesakes: bool


def offered(text: str, limit: int = OFFERED) -> list[Offer]:
    """People whose name has the words of `text`, accents or not, the best first. Three queries at most."""
    asked = fold(nfc(text.partition(MARK)[0])).strip()
    if len(asked) < SHORTEST:
        return []
    found = Person.objects.all()
    for word in asked.split():
        found = found.filter(folded__contains=word)
    near = Case(
        When(folded=asked, then=Value(0)), When(folded__startswith=asked, then=Value(1)),
        When(folded__endswith=f" {asked}", then=Value(1)), default=Value(2), output_field=IntegerField(),
    )  # fmt: skip
    posts = Prefetch("posts", Post.objects.as_of(today()).select_related("unit"), to_attr="current_posts")
    people = list(found.annotate(near=near).order_by("near", "sort_name", "pk").prefetch_related(posts)[:limit])
    names = Person.objects.filter(folded__in={one.folded for one in people}).order_by().values_list("folded")
    bearers = dict(names.annotate(Count("pk")))
    return [_offer(one, namesakes=bearers.get(one.folded, 0) > 1) for one in people]


def _offer(person: Person, *, namesakes: bool) -> Offer:
    posts: list[Post] = getattr(person, "current_posts", [])
    unit = posts[0].unit.name if posts else ""
    detail = " · ".join(
        part for part in (person.title, *(f"{post.position}, {post.unit.name}" for post in posts[:2])) if part
    )
    return Offer(person.pk, person.full_name, person.title, unit, detail, namesakes)


def people_meant(text: str) -> list[Person]:
    """The people that `text` can mean: the one whose number it ends with, or all who bear the name (two at most)."""
    name, _mark, written = nfc(text).strip().rpartition(MARK)
    folded = fold(name or text).strip()
    if name and (pk := whole(written)) is not None:
        return list(Person.objects.filter(pk=pk, folded=folded))
    return list(Person.objects.filter(folded=folded)[:2]) if folded else []


def person_meant(text: str) -> Person:
    """The one person that `text` means.

    Raises:
        Refused: `person.unknown`, `person.several`.
    """
    found = people_meant(text)
    if len(found) == 1:
        return found[0]
    if found:
        sentence = _("Several people bear the name “%(name)s”: choose one from the list that opens while you type.")
        raise Refused(Refusal("person.several", sentence % {"name": text}))
    sentence = _("Nobody in the directory is called “%(name)s”. Enter the person in the directory first.")
    raise Refused(Refusal("person.unknown", sentence % {"name": text}))
