"""Suggestions to a commune: what fits its character, each with why, and ready to become a draft.

Apps above add their own (targets that are missed, results to apply) with `register`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.arrays import array
from khue.core.clock import now, today
from khue.directory.maps import communes, kilometres
from khue.directory.models import Place, Unit
from khue.documents.models import Directive
from khue.documents.rules.lateness import standing_filter
from khue.flow.shelf.words import words
from khue.matching.search import Match, similar
from khue.matching.sources import every
from khue.needs.models import Need

NEIGHBOURS = 15
YEARS = 3
OF_EACH = 4
LATEST = 100
"""So many needs of a commune are looked at, the newest."""
HELPFUL = ("result", "mission", "offer")
"""Kinds of records that may already solve something, where an app has registered them."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing a unit might ask for. `source` tells what it rests on; the rest becomes the draft."""

    source: str
    title: str
    why: str
    problem: str = ""
    hoped: str = ""
    field: str = ""
    url: str = ""
    directive: int | None = None


@dataclass(slots=True)
class Asker:
    """Whom suggestions are for: the person, the unit, its commune and those around it, nearest first."""

    user: User
    unit: Unit
    place: Place | None
    near: list[tuple[Place, float]] = field(default_factory=list)
    asked: "_Asked | None" = None
    """Kept once it was looked up."""


Suggest = Callable[[Asker], Iterable[Suggestion]]
Unfit = Callable[[Collection[int]], Collection[int]]
_sources: dict[str, Suggest] = {}
_unfit: dict[str, Unfit] = {}


def register(name: str, suggest: Suggest) -> None:
    """Add a source of suggestions; called when the app that knows them starts."""
    if name in _sources:
        raise ValueError(f"The source of suggestions {name} is registered twice.")
    _sources[name] = suggest


def leave_out(kind: str, unfit: Unfit) -> None:
    """Records of a kind that are there and help nobody, such as missions that failed; called when the app starts."""
    _unfit[kind] = unfit


def asker(user: User, unit: Unit) -> Asker:
    """The unit with its commune and the nearest ones."""
    if unit.place is None:
        return Asker(user, unit, None)
    here = unit.place
    far = [(place, kilometres(here, place)) for place in communes() if place.pk != here.pk]
    near = sorted((pair for pair in far if pair[1] != float("inf")), key=lambda pair: pair[1])[:NEIGHBOURS]
    return Asker(user, unit, here, near)


def suggestions(who: Asker) -> list[Suggestion]:
    """Everything that the sources know, one source after the other."""
    own = [*neighbours_asked(who), *fields_around(who), *ordered_to_the_unit(who), *solved_elsewhere(who)]
    return own + [one for suggest in _sources.values() for one in suggest(who)]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked lately here and nearby: needs by number, and the numbers by place."""

    needs: dict[int, "_Need"]
    at: dict[int, set[int]]
    here: set[int]

    def newest(self, numbers: Iterable[int], most: int) -> list["_Need"]:
        return [self.needs[number] for number in sorted(numbers, reverse=True)[:most]]


class _Need(NamedTuple):
    """What is looked at of more than a thousand needs."""

    pk: int
    title: str
    state: str
    field: str


def _asked(who: Asker) -> _Asked:
    """The newest of each commune, at most `LATEST`, found along an index however many there ever were; asked once for
    an asker."""
    if who.asked is None:
        places = [place.pk for place in (who.place, *(near for near, _far in who.near)) if place is not None]
        links = Need.places.through._default_manager.filter(place=OuterRef("pk")).order_by("-need_id")
        newest = Place.objects.filter(pk__in=places).annotate(asked=ArraySubquery(links.values("need_id")[:LATEST]))
        found = dict(newest.values_list("pk", "asked"))
        rows = _recent().filter(pk__of_array=array({need for some in found.values() for need in some})).order_by()
        needs = {row[0]: _Need(*row) for row in rows.values_list(*_Need._fields)}
        at = {place: needs.keys() & some for place, some in found.items()}
        who.asked = _Asked(needs, at, at[who.place.pk] if who.place else set())
    return who.asked


def neighbours_asked(who: Asker) -> list[Suggestion]:
    """What communes nearby have asked for, those first that became a proposal; not what was asked here already."""
    asked = _asked(who)
    others = [need for number, need in asked.needs.items() if number not in asked.here]
    others.sort(key=lambda need: (need.state != Need.State.PROPOSED, -need.pk))
    numbers = [need.pk for need in others[:OF_EACH]]
    found = Need.objects.only("title", "problem", "hoped", "field", "year", "state").in_bulk(numbers)
    return [_from_neighbour(found[number], *_nearest(number, who.near, asked)) for number in numbers]


def _nearest(need: int, near: list[tuple[Place, float]], asked: _Asked) -> tuple[Place, float]:
    """The nearest of the communes around that asked for it."""
    return next(pair for pair in near if need in asked.at[pair[0].pk])


def _from_neighbour(need: Need, place: Place, far: float) -> Suggestion:
    told = {"place": place, "far": f"{far:.1f}".replace(".", ","), "year": need.year}
    why = _("%(place)s, %(far)s km away, asked for this in %(year)s.") % told
    if need.state == Need.State.PROPOSED:
        why += " " + _("It is being made an order.")
    return Suggestion("neighbour", need.title, why, need.problem, need.hoped, need.field)


def fields_around(who: Asker) -> list[Suggestion]:
    """Fields in which several communes nearby asked and this one never did."""
    if who.place is None or not who.near:
        return []
    asked = _asked(who)
    own = {asked.needs[number].field for number in asked.here}
    askers: dict[str, set[int]] = {}
    for place, numbers in asked.at.items():
        for name in {asked.needs[number].field for number in numbers} - own - {""}:
            askers.setdefault(name, set()).add(place)
    labels = words("fields")
    often = sorted(((len(places), name) for name, places in askers.items() if name in labels), reverse=True)
    why = _("%(count)s of the %(near)s nearest communes have asked for something in this field; you never did.")
    return [
        Suggestion("field", str(labels[name]), why % {"count": count, "near": len(who.near)}, field=name)
        for count, name in often[:OF_EACH]
        if count > 1
    ]


def ordered_to_the_unit(who: Asker) -> list[Suggestion]:
    """Directives given to the unit that are not done: perhaps science can help with them."""
    open_ones = Directive.objects.filter(standing_filter("open", today(), today()), lead=who.unit, needs=None)
    why = _("%(sign)s orders this of your unit; a need that names it is traced back to the order.")
    return [
        Suggestion(
            "directive", str(one), why % {"sign": one.document}, problem=one.content, url=one.get_absolute_url(),
            directive=one.pk,
        )
        for one in open_ones.select_related("document").order_by("due_on", "pk")[:OF_EACH]
    ]  # fmt: skip


def solved_elsewhere(who: Asker) -> list[Suggestion]:
    """Results and missions that fit what was asked here or nearby, and are not at work here yet."""
    kinds = [source.kind for source in every() if source.kind in HELPFUL]
    asked = _asked(who)
    topics = asked.newest(asked.here, 2) + asked.newest(set(asked.needs) - asked.here, 1)
    if not kinds or not topics:
        return []
    text = ". ".join(need.title for need in topics)
    here = who.place.name if who.place else ""
    found = similar(who.user, text, purpose="need", kinds=kinds, limit=3 * OF_EACH)
    fit = [match for match in _fit(found) if not here or here not in match.place]
    return [_from_result(match) for match in fit[:OF_EACH]]


def _fit(found: Collection[Match]) -> list[Match]:
    without = {
        (kind, pk) for kind, unfit in _unfit.items() for pk in unfit([one.pk for one in found if one.kind == kind])
    }
    return [one for one in found if (one.kind, one.pk) not in without]


def _from_result(match: Match) -> Suggestion:
    why = _("Exists already: %(detail)s. It fits what was asked here or nearby (%(words)s).")
    told = {"detail": match.detail or match.title, "words": ", ".join(match.why)}
    hoped = _("To apply “%(title)s” here.") % {"title": match.title}
    return Suggestion("result", match.title, why % told, hoped=hoped, url=match.url)


def _recent() -> "QuerySet[Need, Need]":
    since = now() - timedelta(days=365 * YEARS)
    return Need.objects.filter(submitted_at__gte=since).exclude(state__in=[Need.State.WITHDRAWN, Need.State.MERGED])
