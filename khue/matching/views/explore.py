"""The search page, and fragments that other pages ask for."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.asked import whole
from khue.core.pages import address
from khue.core.search import Text
from khue.matching import search
from khue.matching.bench import entries_of
from khue.matching.ranking.record import Band, Purpose
from khue.matching.ranking.title import says_nothing
from khue.matching.ranking.words import read
from khue.matching.rules import visible_to
from khue.matching.sources import every

SHORTEST = 8
LIMIT = 6
PER_PAGE = 20
LAST_PAGE = 50
NEAREST = 6
MOST_CHOICES = 12
LONGEST_QUERY = 1000
LABELS = {"kind": _("Kind"), "field": _("Field"), "year": _("Year"), "place": _("Place"), "host": _("Unit")}


@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """What is like the text being written.

    The text is in `text`, or in the fields that `fields` names; `purpose`; `exclude` as `kind:pk`, the record being
    written first; `kinds` to keep to.
    """
    user = person(request)
    text = _text(request)
    purpose = Purpose.NEED if request.POST.get("purpose") == Purpose.NEED else Purpose.DUPLICATE
    telling = not says_nothing(read(text))
    long_enough = len(text) >= SHORTEST
    kinds = request.POST.getlist("kinds") or None
    excluded = _excluded(request)
    about = excluded[0] if excluded else None
    found = search.similar(
        user, text, purpose=purpose, kinds=kinds, limit=LIMIT, exclude=excluded, about=about
    ) if long_enough and telling else []  # fmt: skip
    known = about is not None and bool(entries_of(user, about))
    context = {
        "found": found, "purpose": purpose, "about": f"{about[0]}:{about[1]}" if about and known else "",
        "long_enough": long_enough, "telling": telling,
    }  # fmt: skip
    return render(request, "matching/_similar.html", context)


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """The search page: `q`, filters by kind, field, place, unit and year with their counts, page by page."""
    user = person(request)
    typed = request.GET.get("q", "").strip()
    query = typed[:LONGEST_QUERY]
    chosen = {name: value for name in search.FACETS if (value := request.GET.get(name, ""))}
    page = min(whole(request.GET.get("page")) or 1, LAST_PAGE)
    found = search.explore(
        user, query, chosen=chosen, limit=PER_PAGE, offset=(page - 1) * PER_PAGE,
        as_typed="typed" in request.GET,
    )  # fmt: skip
    context = {
        "asked": found.meant or query, "cut": LONGEST_QUERY if len(typed) > LONGEST_QUERY else None,
        **(_instead(user, query) if query and not found.total and not chosen else {}),
        "query": query, "chosen": chosen, "found": found, "page": page, "facets": _facets(request, found, chosen),
        "next": page + 1 if page * PER_PAGE < found.total and page < LAST_PAGE else None,
        "previous": page - 1 if page > 1 else None,
    }  # fmt: skip
    return render(request, "matching/explore.html", context)


def _instead(user: User, query: str) -> dict[str, Any]:
    """What the page says where no record has all the words: why, and what is nearest."""
    said = read(query)
    if not said.bare:
        return {"no_words": True}
    if not visible_to(user).exists():
        return {"empty": True}
    if says_nothing(said):
        return {}
    near = search.similar(user, query, purpose=Purpose.NEED, limit=NEAREST)
    return {"nearest": [match for match in near if match.band != Band.OTHER]}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with how many answers have it."""

    value: str
    label: Text
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter of the search page."""

    name: str
    label: Text
    choices: list[Choice]


def _facets(request: HttpRequest, found: search.Found, chosen: dict[str, str]) -> list[Facet]:
    facets = []
    for name, label in LABELS.items():
        choices = [
            _choice(request, name, value, count, chosen) for value, count in found.counts.get(name, [])[:MOST_CHOICES]
        ]
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            facets.append(Facet(name, label, choices))
    return facets


def _choice(request: HttpRequest, name: str, value: str | float, count: int, chosen: dict[str, str]) -> Choice:
    words = str(int(value)) if isinstance(value, float | int) else value
    is_chosen = chosen.get(name) == words
    labels: dict[str, Text] = {source.kind: source.label for source in every()} if name == "kind" else {}
    url = address(request, **{name: None if is_chosen else words})
    return Choice(words, labels.get(words, words), count, is_chosen, url)


def _text(request: HttpRequest) -> str:
    named = [name.strip() for name in request.POST.get("fields", "text").split(",")]
    return ". ".join(part for name in named if (part := request.POST.get(name, "").strip()))


def _excluded(request: HttpRequest) -> list[tuple[str, int]]:
    named = (each.partition(":") for each in request.POST.getlist("exclude"))
    return [(kind, found) for kind, _colon, pk in named if (found := whole(pk)) is not None]
