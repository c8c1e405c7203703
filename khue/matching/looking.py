"""Looking records up while one types: a few of each kind, at once."""

from dataclasses import dataclass, replace

from khue.accounts.models import User
from khue.matching.meant import meant, readable
from khue.matching.projection import asking
from khue.matching.projection.asking import Scope, Standing
from khue.matching.projection.store import Snapshot, store
from khue.matching.ranking.words import read
from khue.matching.rules import scope
from khue.matching.search import Match, entries_by, explore, matches_of
from khue.matching.sources import Source, every


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, `total` in all."""

    source: Source
    matches: list[Match]
    total: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, kind by kind; `meant` is the query as it was understood, where that is not as it was typed;
    `rebuilding`: the index is being built, so that only records with the very words were looked for."""

    groups: list[Group]
    meant: str = ""
    rebuilding: bool = False


def look_up(user: User, query: str, limit: int, *, as_typed: bool = False) -> Looked:
    """Up to `limit` records of each kind that answer to the words of `query`, the last of which may be half typed.

    Misspelt words are put right where that finds something, but not with `as_typed`. A fixed number of queries of the
    database, however many kinds there are.
    """
    query = readable(query)
    if not read(query).bare:
        return Looked([])
    snapshot = store().snapshot()
    if snapshot is None:
        found = explore(user, query, limit=limit * len(every()), facets=())
        by_kind = {source.kind: [m for m in found.matches if m.kind == source.kind][:limit] for source in every()}
        return Looked(_grouped(by_kind, dict(found.counts.get("kind", []))), rebuilding=True)
    within = scope(user).at(snapshot.searcher)
    stands = Standing(snapshot.searcher, within)
    for words in dict.fromkeys((query if as_typed else meant(query, snapshot, within, stands), query)):
        if groups := _found(user, snapshot, within, words, stands, limit):
            return Looked(groups, "" if words == query else words)
    return Looked([])


def _found(user: User, snapshot: Snapshot, within: Scope, query: str, stands: Standing, limit: int) -> list[Group]:
    asked = asking.typed(read(query), stands, asking.quoted(query))
    within = within.narrowed(snapshot.searcher, asked)
    totals, numbers = dict[str, int](), list[int]()
    for kind in within.kinds:
        of_kind = replace(within, chosen={"kind": kind}).around(asked)
        totals[kind], best = asking.first(snapshot.searcher, of_kind, limit)
        numbers += best
    found: dict[str, list[Match]] = {}
    for match in matches_of(entries_by(user, numbers, within)):
        found.setdefault(match.kind, []).append(match)
    return _grouped(found, totals)


def _grouped(found: dict[str, list[Match]], totals: dict[str, int]) -> list[Group]:
    return [
        Group(source, found[source.kind], max(totals.get(source.kind, 0), len(found[source.kind])))
        for source in every()
        if found.get(source.kind)
    ]
