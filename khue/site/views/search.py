"""Search over everything; HTMX asks for the short list under Ctrl-K."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core import search as everything
from khue.core.search import Found, Hit, SearchSource
from khue.matching.looking import Group, Looked, look_up
from khue.matching.meant import readable
from khue.matching.ranking.words import read

LONGEST = 1000
IN_PALETTE = 5
"""Hits of each kind under Ctrl-K."""
OF_EACH = 10
"""Hits of each kind on the page; asked for one kind alone it shows more."""


def search(request: HttpRequest) -> HttpResponse:
    """What answers to `?q=`, all kinds or only `?kind=`, with the number of each; with `?typed=` nothing put right."""
    text, kind = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("kind", "")
    in_palette = bool(getattr(request, "htmx", False))
    limit = IN_PALETTE if in_palette else everything.PER_SOURCE if kind else OF_EACH
    found, looked = find(person(request), text, limit, as_typed="typed" in request.GET)
    shown = [answer for answer in found if kind in ("", answer.source.name)]
    context = {
        "text": text, "kind": kind, "found": found, "shown": shown, "meant": looked.meant,
        "rebuilding": looked.rebuilding,
        "too_short": len(text) < everything.SHORTEST, "no_words": not read(text).bare,
    }  # fmt: skip
    return render(request, "site/_palette_results.html" if in_palette else "site/search.html", context)


def find(user: User, text: str, limit: int, *, as_typed: bool = False) -> tuple[list[Found], Looked]:
    """What the index of records finds, and beside it what only the sources of the apps know: places of the guide,
    records that are not for the index, such as secret documents. Then how the index took the text."""
    if len(text) < everything.SHORTEST:
        return [], Looked([])
    looked = look_up(user, text, limit, as_typed=as_typed)
    of_index = {str(group.source.label): _answer(group) for group in looked.groups}
    of_apps = {
        str(answer.source.label): answer for answer in everything.find(user, looked.meant or readable(text), limit)
    }
    both = [_both(of_index.pop(label, None), answer, limit) for label, answer in of_apps.items()]
    return sorted([*both, *of_index.values()], key=lambda answer: answer.source.order), looked


def _both(one: Found | None, other: Found, limit: int) -> Found:
    if one is None:
        return other
    there = {hit.url for hit in one.hits}
    hits = [*one.hits, *(hit for hit in other.hits if hit.url not in there)]
    return Found(other.source, hits[:limit], one.more or other.more or len(hits) > limit, one.total)


def _answer(group: Group) -> Found:
    hits = [Hit(match.title, match.detail, match.url, group.source.icon) for match in group.matches]
    source = SearchSource(group.source.kind, group.source.label, lambda _user, _query, _limit: [], group.source.order)
    return Found(source, hits, group.total > len(hits), group.total)
