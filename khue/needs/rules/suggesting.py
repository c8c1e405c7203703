"""Suggestions to a commune: what fits its character, each with why, and ready to become a draft.

Apps above add their own (targets that are missed, results to apply) with `register`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.described import told
from khue.directory.maps import Near, nearest
from khue.directory.models import Place, Unit
from khue.documents.models import Directive
from khue.documents.rules.lateness import standing_filter
from khue.flow.shelf.words import words
from khue.matching.search import Match, similar
from khue.matching.sources import every
from khue.needs.models import Need
from khue.needs.rules.lately import NOTHING, Lately, lately
from khue.needs.rules.needs import kept_from

NEIGHBOURS = 15
OF_EACH = 4
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


@dataclass(frozen=True)
class Asker:
    """Whom suggestions are for: the person, the unit, its commune and those around it, nearest first."""

    user: User
    unit: Unit
    place: Place | None
    near: Sequence[Near] = ()

    @cached_property
    def asked(self) -> Lately:
        """What was asked lately here and nearby; nothing of which a conflict keeps from who looks."""
        if self.place is None:
            return NOTHING
        return lately(self.place.pk, [one.pk for one in self.near], without=kept_from(self.user))

    @cached_property
    def nearby(self) -> list[int]:
        """What communes nearby have asked for, those first that became a proposal; not what was asked here already."""
        asked = self.asked
        return nlargest(OF_EACH, asked.elsewhere, key=lambda number: (number in asked.proposed, number))

    @cached_property
    def topics(self) -> list[int]:
        """What is in the air: the newest asked here, and the newest asked nearby."""
        return [*nlargest(2, self.asked.here), *nlargest(1, self.asked.elsewhere)]

    @cached_property
    def read(self) -> Mapping[int, Need]:
        """These needs themselves."""
        shown = Need.objects.only("title", "problem", "hoped", "field", "year", "state")
        return shown.in_bulk([*self.nearby, *self.topics])


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
    return Asker(user, unit, unit.place, nearest(unit.place, NEIGHBOURS))


def suggestions(who: Asker) -> list[Suggestion]:
    """Everything that the sources know, one source after the other."""
    own = [*neighbours_asked(who), *fields_around(who), *ordered_to_the_unit(who), *solved_elsewhere(who)]
    return own + [one for suggest in _sources.values() for one in suggest(who)]


def neighbours_asked(who: Asker) -> list[Suggestion]:
    """What communes nearby have asked for, each with the nearest of them."""
    return [_from_neighbour(who.read[number], _nearest(number, who)) for number in who.nearby]


def _nearest(need: int, who: Asker) -> Near:
    """The nearest of the communes around that asked for it."""
    return next(one for one in who.near if need in who.asked.at[one.pk])


def _from_neighbour(need: Need, place: Near) -> Suggestion:
    far = f"{place.kilometres:.1f}".replace(".", ",")
    why = _("%(place)s, %(far)s km away, asked for this in %(year)s.")
    why %= {"place": place.name, "far": far, "year": need.year}
    if need.state == Need.State.PROPOSED:
        why += " " + _("It is being made an order.")
    return Suggestion("neighbour", need.title, why, need.problem, need.hoped, need.field)


def fields_around(who: Asker) -> list[Suggestion]:
    """Fields in which several communes nearby asked and this one never did."""
    if who.place is None or not who.near:
        return []
    asked = who.asked
    own = asked.fields_at(asked.here)
    askers = Counter(name for numbers in asked.at.values() for name in asked.fields_at(numbers) - own)
    labels = words("fields")
    often = sorted(((count, name) for name, count in askers.items() if name in labels), reverse=True)
    why = _("%(count)s of the %(near)s nearest communes have asked for something in this field; you never did.")
    return [
        Suggestion("field", str(labels[name]), why % {"count": count, "near": len(who.near)}, field=name)
        for count, name in often[:OF_EACH]
        if count > 1
    ]


def ordered_to_the_unit(who: Asker) -> list[Suggestion]:
    """Directives given to the unit that are not done: perhaps science can help with them."""
    numbers = [pk for (pk,) in told(("ordered", who.unit.pk), lambda: _ordered(who.unit), 0, OF_EACH)]
    open_ones = Directive.objects.select_related("document").in_bulk(numbers) if numbers else {}
    why = _("%(sign)s orders this of your unit; a need that names it is traced back to the order.")
    return [
        Suggestion(
            "directive", str(one), why % {"sign": one.document}, problem=one.content, url=one.get_absolute_url(),
            directive=one.pk,
        )
        for one in (open_ones[number] for number in numbers)
    ]  # fmt: skip


def _ordered(unit: Unit) -> "QuerySet[Directive, tuple[Any, ...]]":
    open_ones = Directive.objects.filter(standing_filter("open", today(), today()), lead=unit, needs=None)
    return open_ones.order_by("due_on", "pk").values_list("pk")


def solved_elsewhere(who: Asker) -> list[Suggestion]:
    """Results and missions that fit what was asked here or nearby, and are not at work here yet."""
    kinds = [source.kind for source in every() if source.kind in HELPFUL]
    if not kinds or not who.topics:
        return []
    text = ". ".join(who.read[number].title for number in who.topics)
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
