"""Asking: what says the same, what could help, what is there. Only what the asker may see is ever looked at."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Value

from khue.accounts.models import User
from khue.core.arrays import array
from khue.core.asked import whole
from khue.core.described import told
from khue.matching.meant import meant, readable
from khue.matching.models import Entry, Shown
from khue.matching.projection import asking
from khue.matching.projection.comparing import duplicates
from khue.matching.projection.knowledge import known, rarities
from khue.matching.projection.store import store
from khue.matching.ranking.corpus import Corpus, Known, compare, sought
from khue.matching.ranking.reading import understand
from khue.matching.ranking.record import Band, Item, Purpose, Ranked
from khue.matching.ranking.words import read
from khue.matching.rules import named, opened, scope, visible_to
from khue.matching.sources import Source, comparable, every
from khue.matching.verdicts import Key, Verdict, verdicts_about

CANDIDATES = 200
"""Entries that the index proposes for a need, to be compared in full."""
WITHOUT_INDEX = 500
ASKED_WORDS = 60
_NUMBERS = "<numbers>"
Named = TypeVar("Named", Entry, Shown)
FACETS = ("kind", "field", "place", "host", "year")


@dataclass(frozen=True, slots=True)
class Match:
    """One record found: how near it is (`score` 0 to 1, `band` same, related or other) and `why`, in words.

    `verdict`: what was said earlier of this very pair; the band is then that one.
    """

    kind: str
    pk: int
    title: str
    url: str
    detail: str
    score: float = 0.0
    band: Band = Band.OTHER
    why: list[str] = field(default_factory=list)
    source: Source | None = None
    year: int | None = None
    place: str = ""
    host: str = ""
    summary: str = ""
    verdict: Verdict | None = None

    @property
    def further(self) -> str:
        """What the summary says after the name, where it begins with it."""
        rest = self.summary.removeprefix(self.title)
        return rest.lstrip(" .:;,-–") if rest != self.summary else rest

    @property
    def key(self) -> str:
        """`need:5`, as addresses name it."""
        return f"{self.kind}:{self.pk}"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what answers to a query, with the number of all that do and counts by facet."""

    matches: list[Match]
    total: int
    counts: dict[str, list[tuple[Any, int]]]
    rebuilding: bool = False
    meant: str = ""
    """The query as it was understood, where it was not taken as it was typed."""


def similar(
    user: User,
    text: str,
    *,
    purpose: str = Purpose.DUPLICATE,
    kinds: Collection[str] | None = None,
    limit: int = 10,
    exclude: Collection[tuple[str, int]] = (),
    about: tuple[str, int] | None = None,
) -> list[Match]:
    """Records that say the same as `text` (a title, with or without a summary), or that could help with it.

    `about` names the record whose text it is, as (kind, pk): it is left out, and what people said earlier of it and
    one that is found goes before what ranking thinks; `exclude` names others to leave out. Best first; at most `limit`.
    """
    text, asked, kinds = readable(text), Purpose(purpose), comparable() if kinds is None else kinds
    left_out = {*exclude, about} if about else set(exclude)
    snapshot = store().snapshot()
    within = scope(user, kinds).at(snapshot.searcher) if snapshot else None
    knowledge = known(snapshot, within.whole_kinds) if snapshot and within else None
    if snapshot is None or within is None or knowledge is None:
        near = _others(_by_words(visible_to(user, kinds), text), left_out)
        found = _compared(near, text, asked, limit)
    elif asked is Purpose.DUPLICATE:
        ranked = duplicates(snapshot, rarities(snapshot), within, text, limit + len(left_out))
        entries = _others(entries_by(user, [one.position for one in ranked], within), left_out)
        found = _told({entry.pk: entry for entry in entries}, ranked)[:limit]
    else:
        query = within.around(asking.weighted(snapshot.searcher, sought(text, asked, knowledge), knowledge[0]))
        best = asking.best(snapshot.searcher, query, max(CANDIDATES, limit) + len(left_out))
        found = _compared(_others(entries_by(user, best, within), left_out), text, asked, limit, knowledge)
    verdicts = verdicts_about(user, about, kinds) if about else {}
    if not verdicts:
        return found
    there = {(match.kind, match.pk) for match in found}
    lost = [key for key, verdict in verdicts.items() if verdict.said == Band.SAME and key not in there]
    missed = _others(list(visible_to(user, kinds).filter(named(lost))), left_out) if lost else []
    found += _compared(missed, text, asked, len(lost), knowledge)
    return sorted((_as_judged(match, verdicts) for match in found), key=_by_verdict)[:limit]


def anywhere(text: str, *, kind: str, limit: int = 10, exclude: Collection[int] = ()) -> list[Match]:
    """Records of one kind that say the same as `text`, whoever may open them; none while there is no index. Only for
    apps that decide by themselves what they tell of such a record, and to whom."""
    text, snapshot = readable(text), store().snapshot()
    within = asking.Scope(whole_kinds=[kind]).at(snapshot.searcher) if snapshot else None
    knowledge = known(snapshot, within.whole_kinds) if snapshot and within else None
    if snapshot is None or within is None or knowledge is None:
        return []
    asked = sought(text, Purpose.NEED, knowledge)
    query = within.around(asking.weighted(snapshot.searcher, asked, knowledge[0]))
    best = asking.best(snapshot.searcher, query, 5 * limit + len(exclude))
    there = Entry.objects.filter(gone=False).exclude(kind=kind, record__in=exclude).defer("words").in_bulk(best)
    return _compared([there[pk] for pk in best if pk in there], text, Purpose.NEED, limit, knowledge)


def _others(entries: Iterable[Named], left_out: Collection[tuple[str, int]]) -> list[Named]:
    return [entry for entry in entries if (entry.kind, entry.record) not in left_out]


def _as_judged(match: Match, verdicts: Mapping[Key, Verdict]) -> Match:
    verdict = verdicts.get((match.kind, match.pk))
    return replace(match, band=Band(verdict.said), verdict=verdict) if verdict else match


def _by_verdict(match: Match) -> int:
    """What was judged to be the same stands first, what has nothing to do with it last."""
    if match.verdict is None or match.verdict.said == Band.RELATED:
        return 1
    return 0 if match.verdict.said == Band.SAME else 2


def find(user: User, query: str, *, kinds: Collection[str] | None = None, limit: int = 20) -> list[Match]:
    """Records that answer to the words of `query`, best first; the last word may be half typed."""
    return explore(user, query, kinds=kinds, limit=limit, facets=()).matches


def explore(
    user: User,
    query: str,
    *,
    kinds: Collection[str] | None = None,
    chosen: Mapping[str, str] | None = None,
    limit: int = 20,
    offset: int = 0,
    facets: Sequence[str] = FACETS,
    as_typed: bool = False,
) -> Found:
    """One page of the answers to `query` within the `chosen` filters, and how many there are by each facet.

    Misspelt words are put right where that finds something, but not with `as_typed`.
    """
    query = readable(query)
    if not (bare := read(query).bare):
        return Found([], 0, {})
    snapshot = store().snapshot()
    if snapshot is None:
        return _found_by_words(visible_to(user, kinds), bare, dict(chosen or {}), limit, offset)
    filters = dict(chosen or {})
    year = whole(filters.pop("year", ""))
    reach = scope(user, kinds).at(snapshot.searcher)
    within = replace(reach, chosen=filters, year=year)
    stands = asking.Standing(snapshot.searcher, reach)
    for words in dict.fromkeys((query if as_typed else meant(query, snapshot, reach, stands), query)):
        said = asking.typed(read(words), stands, asking.quoted(words))
        asked = within.narrowed(snapshot.searcher, said).around(said)
        total, counts = asking.counts(snapshot.searcher, asked, facets)
        if total:
            rows = entries_by(user, asking.best(snapshot.searcher, asked, limit, offset), reach)
            return Found(matches_of(rows), total, counts, meant="" if words == query else words)
    return Found([], 0, {})


def _compared(
    entries: Sequence[Entry | Shown], text: str, purpose: Purpose, limit: int, knowledge: Known | None = None
) -> list[Match]:
    if knowledge is not None and purpose is Purpose.DUPLICATE:
        ranked = compare(
            text, ((place, understand(one.title)) for place, one in enumerate(entries)), knowledge[0], limit
        )
    else:
        items = [Item(str(one.pk), one.title, one.summary, one.host, one.place, one.year) for one in entries]
        ranked = Corpus(items, known=knowledge).rank(text, purpose, limit)
    return _told(dict(enumerate(entries)), ranked)


def _told(entries: Mapping[int, Entry | Shown], ranked: Sequence[Ranked]) -> list[Match]:
    """Entries, by the positions of ranking, in its order and with what it says of them."""
    kept = [one for one in ranked if one.position in entries]
    return [
        replace(match, score=one.score, band=one.band, why=one.why)
        for match, one in zip(matches_of([entries[one.position] for one in kept]), kept, strict=True)
    ]


def entries_by(user: User, numbers: Sequence[int], within: asking.Scope) -> list[Shown]:
    """The entries of these numbers, found `within` what the person may see, in this order."""
    there = {
        row[0]: Shown(*row) for row in told("entries by number", _by_number, given={_NUMBERS: array(numbers).value})
    }
    return list(opened(user, (there[pk] for pk in numbers if pk in there), within))


def _by_number() -> QuerySet[Entry, tuple[Any, ...]]:
    rows = Entry.objects.filter(gone=False, pk__of_array=Value(_NUMBERS))
    return rows.order_by().values_list(*Shown._fields)


def _by_words(seen: QuerySet[Entry], text: str) -> list[Entry]:
    """Candidates while there is no index: entries that share words, the newest first."""
    words = list(dict.fromkeys(read(text).bare))[:ASKED_WORDS]
    return list(seen.filter(words__overlap=words).order_by("-pk")[:WITHOUT_INDEX]) if words else []


def _found_by_words(
    seen: QuerySet[Entry], words: Sequence[str], chosen: dict[str, str], limit: int, offset: int
) -> Found:
    rows = seen.filter(words__contains=list(words)).filter(**{k: v for k, v in chosen.items() if k in FACETS})
    kinds = rows.order_by().values_list("kind").annotate(Count("pk"))
    page = list(rows.order_by("-pk")[offset : offset + limit])
    return Found(matches_of(page), rows.count(), {"kind": list(kinds)}, rebuilding=True)


def matches_of(entries: Sequence[Entry | Shown]) -> list[Match]:
    """Entries as they are told of."""
    labels = {source.kind: source for source in every()}
    return [
        Match(
            kind=entry.kind, pk=entry.record, title=entry.title, url=entry.url, detail=entry.detail,
            source=labels.get(entry.kind), year=entry.year, place=entry.place, host=entry.host, summary=entry.summary,
        )
        for entry in entries
    ]  # fmt: skip
