"""Asking: what says the same, what could help, what is there. Only what the asker may see is ever looked at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from khue.accounts.models import User
from khue.matching.models import Entry
from khue.matching.ranking.corpus import Corpus
from khue.matching.ranking.record import Band, Item, Purpose
from khue.matching.ranking.words import read
from khue.matching.sources import Source, every

CANDIDATES = 2000
ASKED_WORDS = 60


@dataclass(frozen=True, slots=True)
class Match:
    """One record found: how near it is (`score` 0 to 1, `band` same, related or other) and `why`, in words."""

    kind: str
    pk: int
    title: str
    url: str
    detail: str
    score: float
    band: Band
    why: list[str] = field(default_factory=list)
    source: Source | None = None
    year: int | None = None
    place: str = ""
    host: str = ""


def similar(
    user: User,
    text: str,
    *,
    purpose: str = Purpose.DUPLICATE,
    kinds: Collection[str] | None = None,
    limit: int = 10,
    exclude: Collection[tuple[str, int]] = (),
) -> list[Match]:
    """Records that say the same as `text` (a title, with or without a summary), or that could help with it.

    `exclude` names records as (kind, pk), such as the one being written. Best first; at most `limit`.
    """
    seen = _seen(user, kinds)
    for kind, pk in exclude:
        seen = seen.exclude(kind=kind, record=pk)
    return _ranked(seen, text, Purpose(purpose), limit)


def find(user: User, query: str, *, kinds: Collection[str] | None = None, limit: int = 20) -> list[Match]:
    """Records that answer to the words of `query`, best first."""
    return _ranked(_seen(user, kinds), query, Purpose.NEED, limit)


def _seen(user: User, kinds: Collection[str] | None) -> QuerySet[Entry]:
    """The entries that the person may see: one query, whatever the number of kinds."""
    allowed = Q(pk__in=[])
    for source in every():
        if kinds is None or source.kind in kinds:
            allowed |= _allowed(source, user)
    return Entry.objects.filter(allowed, gone=False)


def _allowed(source: Source, user: User) -> Q:
    visible = source.visible(user)
    if visible is None:
        return Q(kind=source.kind)
    return Q(kind=source.kind, record__in=visible.order_by().values("pk"))


def _ranked(seen: QuerySet[Entry], text: str, purpose: Purpose, limit: int) -> list[Match]:
    words = list(dict.fromkeys(read(text).bare))[:ASKED_WORDS]
    if not words:
        return []
    entries = list(seen.filter(words__overlap=words).order_by("-pk")[:CANDIDATES])
    corpus = Corpus([Item(str(entry.pk), entry.title, entry.summary, entry.host, entry.place) for entry in entries])
    labels = {source.kind: source for source in every()}
    return [
        _match(entries[one.position], labels, one.score, one.band, one.why) for one in corpus.rank(text, purpose, limit)
    ]


def _match(entry: Entry, labels: dict[str, Source], score: float, band: Band, why: Iterable[str]) -> Match:
    return Match(
        kind=entry.kind, pk=entry.record, title=entry.title, url=entry.url, detail=entry.detail, score=score,
        band=band, why=list(why), source=labels.get(entry.kind), year=entry.year, place=entry.place, host=entry.host,
    )  # fmt: skip
