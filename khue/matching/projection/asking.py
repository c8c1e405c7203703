"""Questions to the index: candidates for ranking, words being typed, counts by kind, field, place, unit and year."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import tantivy

from khue.language.text import fold
from khue.matching.projection.documents import (
    ABOUT,
    FIELDS,
    MORE,
    NOWHERE,
    PLACES,
    RECORD,
    TELLING,
    key,
    pairs,
    places,
    schema,
    word,
)
from khue.matching.ranking.duplicate import TELLS, Rarity
from khue.matching.ranking.reading import Read
from khue.matching.ranking.thesaurus import thesaurus
from khue.matching.ranking.words import Text, read

SCHEMA = schema()
Listed = Mapping[str, Collection[int]]
"""Numbers of records, by their kind."""
Occur = tantivy.Occur
MOST_TERMS, FAINT = 160, 0.04
"""So many terms are asked for at most, and none that adds less than this part of what the best of them does."""
CONCEPT_WORTH, KIN_WORTH = 1.2, 0.6
_QUOTED = re.compile(r'["“«”]([^"“”«»]+)["”»“]')
FEW = 12
"""Letters a word may have at most for its misspellings to be looked for."""
COMPLETIONS, SHORTEST_NUMBER = 120, 3
"""Words that may go on from what was typed, each looked for; of more, all are by their pattern. A number of fewer
digits stands for itself: millions begin so."""


@dataclass(frozen=True)
class Scope:
    """What may be found: records of these kinds as a whole, these `records` of others or those that `keys` open,
    `without` some, by kind and number; and the chosen filters. `held` are the kinds that there are in the index, each
    with how many documents, where that is known."""

    whole_kinds: Collection[str] = ()
    records: Listed = field(default_factory=dict)
    keys: Mapping[str, Collection[str]] = field(default_factory=dict)
    without: Listed = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    year: int | None = None
    held: Mapping[str, int] | None = None

    def around(self, query: tantivy.Query) -> tantivy.Query:
        """The query kept to what may be found."""
        return tantivy.Query.boolean_query([(Occur.Must, query), *self._conditions]) if self._conditions else query

    def at(self, searcher: tantivy.Searcher) -> "Scope":
        """The same for one state of the index: what is not kept back there need not be asked for."""
        held = dict(searcher.terms_with_prefix("kind", ""))
        gone = sum(held.values()) - searcher.num_docs
        there = {kind: some for kind, some in self.records.items() if some and kind in held}
        without = {kind: some for kind, some in self.without.items() if some and kind in held}
        complete = {
            kind for kind, some in there.items() if len(some) >= held[kind] - gone and not _more(searcher, kind, some)
        }
        records = {kind: some for kind, some in there.items() if kind not in complete}
        whole = frozenset({*self.whole_kinds, *complete})
        return replace(self, whole_kinds=whole, records=records, without=without, held=held)

    @property
    def kinds(self) -> list[str]:
        """The kinds of which anything may be found."""
        some = {*self.whole_kinds, *self.records, *self.keys}
        return sorted(some if self.held is None else some & self.held.keys())

    def unseen(self, searcher: tantivy.Searcher) -> float:
        """So many documents of the index at most are not to be found: of what more have, some can be found."""
        if self.held is None or self.chosen or self.year is not None:
            return math.inf
        gone = sum(self.held.values()) - searcher.num_docs
        kept_back = sum(map(len, self.without.values()))
        return gone + kept_back + sum(self.held[kind] for kind in self.held.keys() - self.whole_kinds)

    @cached_property
    def _conditions(self) -> "list[tuple[tantivy.Occur, tantivy.Query]]":
        parts = [*self._allowed(), *((Occur.Must, _free(_term(name, value))) for name, value in self.chosen.items())]
        if self.year is not None:
            parts.append((Occur.Must, _free(_term("year", self.year))))
        asked = {self.chosen["kind"]} & self.without.keys() if "kind" in self.chosen else self.without.keys()
        return [*parts, *((Occur.MustNot, _records(kind, self.without[kind])) for kind in asked)]

    def _allowed(self) -> "list[tuple[tantivy.Occur, tantivy.Query]]":
        """Kept to the kinds seen as a whole and to the records. Where nothing else is held there is nothing to ask;
        where most of it may be found, what is kept back is left out: cheaper than to look for all the rest."""
        asked = [self.chosen["kind"]] if "kind" in self.chosen else self.held
        if asked is not None and set(asked) <= set(self.whole_kinds):
            return []
        listed = [_records(kind, some) for kind, some in self.records.items() if asked is None or kind in asked]
        held = [key(kind, each) for kind, some in self.keys.items() if asked is None or kind in asked for each in some]
        opened = _any([*listed, *(_term("keys", each) for each in held)])
        whole = [kind for kind in self.whole_kinds if asked is None or kind in asked]
        shut = [kind for kind in asked or () if kind not in self.whole_kinds]
        if asked is None or self._documents(whole) <= self._documents(shut):
            return [(Occur.Must, _free(_any([*(_term("kind", kind) for kind in whole), opened])))]
        kept_back = _any(_term("kind", kind) for kind in shut)
        return [(Occur.MustNot, tantivy.Query.boolean_query([(Occur.Must, kept_back), (Occur.MustNot, opened)]))]

    def _documents(self, kinds: Collection[str]) -> int:
        """How many documents of these kinds there are."""
        return sum((self.held or {}).get(kind, 0) for kind in kinds)

    def narrowed(self, searcher: tantivy.Searcher, query: tantivy.Query) -> "Scope":
        """The same for this query alone, with only those of the records by number that answer to it: what is asked of
        it several times then need not go through all of them."""
        records = {kind: _met(searcher, query, kind, some) for kind, some in self.records.items()}
        without = {kind: _met(searcher, query, kind, some) for kind, some in self.without.items()}
        return replace(self, records=records, without={kind: some for kind, some in without.items() if some})


def _met(searcher: tantivy.Searcher, query: tantivy.Query, kind: str, numbers: Collection[int]) -> list[int]:
    """Those of the records that answer to the query."""
    there = tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, _records(kind, numbers))])
    return _numbers(searcher, searcher.search(_free(there), max(1, len(numbers)), count=False), RECORD)


def _more(searcher: tantivy.Searcher, kind: str, records: Collection[int]) -> bool:
    """Whether there are others of this kind than these records."""
    others = tantivy.Query.boolean_query([(Occur.Must, _term("kind", kind)), (Occur.MustNot, _records(kind, records))])
    return bool(searcher.search(others, 1, count=False).hits)


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    parts = [(Occur.Should, query) for query in queries]
    return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.empty_query()


def _records(kind: str, numbers: Collection[int]) -> tantivy.Query:
    of_number = tantivy.Query.term_set_query(SCHEMA, RECORD, list(numbers))
    return tantivy.Query.boolean_query([(Occur.Must, _term("kind", kind)), (Occur.Must, of_number)])


def _free(query: tantivy.Query) -> tantivy.Query:
    """The query as a condition that adds nothing to the score."""
    return tantivy.Query.const_score_query(query, 0.0)


def _term(name: str, value: Any) -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, name, value, index_option="basic")


def weighted(searcher: tantivy.Searcher, terms: Iterable[tuple[str, float]], rarity: Rarity) -> tantivy.Query:
    """Terms of ranking, any of which may be there, by their weights. Those that no record has are left out, and those
    that nearly all have: beside what is rare they choose nothing, but lead through the whole index."""
    weights: dict[str, float] = {}
    for term, weight in terms:
        if term[0] in FIELDS and weight > 0:
            weights[term] = weights.get(term, 0.0) + weight
    worth = {term: weight * rarity(term) for term, weight in weights.items() if _often(searcher, term)}
    least = FAINT * max(worth.values(), default=0.0)
    best = [term for term in sorted(worth, key=lambda term: -worth[term])[:MOST_TERMS] if worth[term] >= least]
    return _any(tantivy.Query.boost_query(_freq(FIELDS[term[0]], word(term)), weights[term]) for term in best)


def _often(searcher: tantivy.Searcher, term: str) -> int:
    return searcher.doc_freq(FIELDS[term[0]], word(term))


def about(title: Read) -> tantivy.Query:
    """What a title is about, any of which may be there; the shorter a record and the more of it, the better."""
    near = {kin for number in title.concepts for kin in thesaurus().kin[number]}
    worth: dict[tuple[str, str], float] = {("concepts", str(number)): KIN_WORTH for number in sorted(near)}
    worth |= {("concepts", str(number)): CONCEPT_WORTH for number in title.concepts}
    for bare, part in zip(title.text.bare, title.title.parts, strict=True):
        if part in ABOUT:
            worth[TELLING, bare] = max(worth.get((TELLING, bare), 0.0), TELLS[part])
    parts = [
        (Occur.Should, tantivy.Query.boost_query(_freq(*term), weight))
        for term, weight in [*worth.items()][:MOST_TERMS]
    ]
    return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.empty_query()


def here(title: Read) -> tantivy.Query | None:
    """Records that name the places of `title`, or none; None where it names none itself."""
    if not title.title.places:
        return None
    return _free(tantivy.Query.term_set_query(SCHEMA, PLACES, [*places(title), NOWHERE]))


def _freq(name: str, value: str) -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, name, value, index_option="freq")


def quoted(query: str) -> list[Text]:
    """What stands between quotation marks, to be found word for word."""
    return [said for phrase in _QUOTED.findall(query) if len((said := read(phrase)).bare) > 1]


class Standing:
    """Whether a word stands in anything that may be found: as it is typed in a title, or anywhere if it has no accents.

    Asks within `scope` alone, once for each word: what stands only in records that may not be found is as good as
    not there.
    """

    def __init__(self, searcher: tantivy.Searcher, scope: Scope) -> None:
        self._searcher, self._scope, self._unseen = searcher, scope, scope.unseen(searcher)
        self._known: dict[str, bool] = {}

    def __call__(self, said: str) -> bool:
        """Whether `said` stands somewhere."""
        if said not in self._known:
            self._known[said] = self._asked(said)
        return self._known[said]

    def _asked(self, said: str) -> bool:
        bare = fold(said)
        # What is kept without accents says nothing of a word that has some: `phầm` is not there because a Phạm is.
        held = (("bare", said), (MORE, bare)) if said == bare else (("marked", said),)
        there = {place: often for place in held if (often := self._searcher.doc_freq(*place))}
        if any(often > self._unseen for often in there.values()):
            return True
        said_there = _any(_freq(*place) for place in there)
        return bool(there) and any(
            self._searcher.search(_free(scope.around(said_there)), 1, count=False).hits for scope in self._scopes
        )

    @cached_property
    def _scopes(self) -> list[Scope]:
        """Mostly it stands in one of the kinds that are seen as a whole: the greatest of them is asked first, all that
        may be found, thousands of records one by one, last."""
        whole, held = self._scope, self._scope.held or {}
        kinds = sorted({*whole.whole_kinds}, key=lambda kind: (-held.get(kind, 0), kind))
        if whole.chosen or not (whole.records or whole.keys):
            return [whole]
        return [*(replace(whole, chosen={"kind": kind}) for kind in kinds), whole]

    def going_on(self, name: str, begun: str) -> tantivy.Query | None:
        """Words of a field that begin with `begun` and go on, as a condition; None where there are none."""
        if begun.isdecimal() and len(begun) < SHORTEST_NUMBER:
            return None
        words = [word for word, _often in self._searcher.terms_with_prefix(name, begun, limit=COMPLETIONS + 1)]
        if len(words) > COMPLETIONS:
            # There are few syllables, but numbers without end.
            return None if begun[0].isdigit() else tantivy.Query.regex_query(SCHEMA, name, f"{begun}.+")
        further = [_freq(name, word) for word in words if word != begun]
        return tantivy.Query.const_score_query(_any(further), 1.0) if further else None


def typed(text: Text, stands: Standing, phrases: Sequence[Text] = ()) -> tantivy.Query:
    """Every word must be there, in the title or elsewhere; the last may be half typed, one nobody wrote misspelt.
    Of `phrases` every two neighbours must stand together in the title."""
    if not text.bare:
        return tantivy.Query.empty_query()
    last = len(text.bare) - 1
    words = [
        (Occur.Must, _word(text.marked[place], bare, stands, unfinished=place == last))
        for place, bare in enumerate(text.bare[:20])
    ]
    near = [(Occur.Should, _freq("pairs", "_".join(text.bare[p : p + 2]))) for p in range(len(text.bare[:20]) - 1)]
    together = [(Occur.Must, _freq("pairs", pair)) for phrase in phrases for pair in pairs(phrase)]
    return tantivy.Query.boolean_query([*words, *near, *together])


def _word(marked: str, bare: str, stands: Standing, *, unfinished: bool) -> tantivy.Query:
    ways = [_freq("bare", bare), tantivy.Query.boost_query(_freq(MORE, bare), 0.4)]
    if marked != bare:
        ways.append(_freq("marked", marked))
    if unfinished and bare.isalnum() and len(bare) <= FEW:
        ways += [further for name in ("bare", MORE) if (further := stands.going_on(name, bare))]
    if 2 < len(bare) <= FEW and not stands(bare):
        ways.append(tantivy.Query.fuzzy_term_query(SCHEMA, "bare", bare, 1, True))
        ways.append(tantivy.Query.fuzzy_term_query(SCHEMA, MORE, bare, 1, True))
    return _any(ways)


def first(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> tuple[int, list[int]]:
    """How many entries answer, and the numbers of those that answer best: found in one go."""
    found = searcher.search(query, limit, count=True)
    return found.count or 0, _numbers(searcher, found)  # type: ignore[attr-defined] # their stub does not tell of it


def best(searcher: tantivy.Searcher, query: tantivy.Query, limit: int, offset: int = 0) -> list[int]:
    """Numbers of the entries that answer best."""
    return _numbers(searcher, searcher.search(query, limit, count=False, offset=offset))


def _numbers(searcher: tantivy.Searcher, found: tantivy.SearchResult, name: str = "pk") -> list[int]:
    values = searcher.fast_field_values(name, [address for _, address in found.hits])
    return [int(number) for number in values if number is not None]


Counts = dict[str, list[tuple[Any, int]]]


def counts(searcher: tantivy.Searcher, query: tantivy.Query, names: Sequence[str]) -> tuple[int, Counts]:
    """How many entries answer, and how many of them have each value of each facet, the most frequent first."""
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": 30}} for name in names}
    told = searcher.aggregate(query, asked | {"all": {"value_count": {"field": "pk"}}})
    of_facets = {name: [(one["key"], one["doc_count"]) for one in told[name]["buckets"]] for name in names}
    return int(told["all"]["value"]), of_facets


def rarity(searcher: tantivy.Searcher) -> Callable[[str], float]:
    """How much a term of ranking tells, in the whole index."""
    known = searcher.num_docs

    @lru_cache(maxsize=1 << 17)
    def told(term: str) -> float:
        name = FIELDS.get(term[0])
        if name is None:  # pairs with accents are not indexed: they are about as rare as those without
            name, term = "pairs", "q" + " ".join(_bare(term[1:]))
        held = searcher.doc_freq(name, word(term))
        whole = math.log(1 + (known - held + 0.5) / (held + 0.5)) if held <= known else 0.0
        return (known * whole + 100 * 5.0) / (known + 100)

    return told


def _bare(words: str) -> tuple[str, ...]:
    return read(words).bare
