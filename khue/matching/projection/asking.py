"""Questions to the index: candidates for ranking, words being typed, counts by kind, field, place, unit and year."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import Any

import tantivy

from khue.language.text import fold
from khue.matching.projection.documents import (
    ABOUT,
    FIELDS,
    MORE,
    NOWHERE,
    PLACES,
    TELLING,
    pairs,
    places,
    schema,
    word,
)
from khue.matching.ranking.duplicate import TELLS
from khue.matching.ranking.reading import Read
from khue.matching.ranking.thesaurus import thesaurus
from khue.matching.ranking.words import Text, read

SCHEMA = schema()
Occur = tantivy.Occur
MOST_TERMS = 160
CONCEPT_WORTH, KIN_WORTH = 1.2, 0.6
_QUOTED = re.compile(r'["“«”]([^"“”«»]+)["”»“]')
FEW = 12
"""Letters a word may have at most for its misspellings to be looked for."""


@dataclass(frozen=True)
class Scope:
    """What may be found: entries of these kinds as a whole, these entries of others, `without` some; and the chosen
    filters."""

    whole_kinds: Sequence[str] = ()
    entries: Sequence[int] = ()
    without: Sequence[int] = ()
    chosen: dict[str, str] = field(default_factory=dict)
    year: int | None = None

    def around(self, query: tantivy.Query) -> tantivy.Query:
        """The query kept to what may be found."""
        return tantivy.Query.boolean_query([(Occur.Must, query), *self._conditions])

    @cached_property
    def _conditions(self) -> "list[tuple[tantivy.Occur, tantivy.Query]]":
        allowed = []
        if self.whole_kinds:
            allowed.append((Occur.Should, tantivy.Query.term_set_query(SCHEMA, "kind", list(self.whole_kinds))))
        if self.entries:
            allowed.append((Occur.Should, _entries(self.entries)))
        parts = [(Occur.Must, _free(tantivy.Query.boolean_query(allowed)) if allowed else tantivy.Query.empty_query())]
        parts += [(Occur.Must, _free(_term(name, value))) for name, value in self.chosen.items()]
        if self.year is not None:
            parts.append((Occur.Must, _free(_term("year", self.year))))
        return [*parts, (Occur.MustNot, _entries(self.without))] if self.without else parts

    def narrowed(self, searcher: tantivy.Searcher, query: tantivy.Query) -> "Scope":
        """The same for this query alone, with only those of the entries by number that answer to it: what is asked of
        it several times then need not go through all of them."""
        if not (self.entries or self.without):
            return self
        numbers = [*self.entries, *self.without]
        there = tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, _free(_entries(numbers)))])
        met = frozenset(best(searcher, there, len(numbers)))
        some = ([number for number in numbers if number in met] for numbers in (self.entries, self.without))
        entries, without = some
        return replace(self, entries=entries, without=without)


def _entries(numbers: Sequence[int]) -> tantivy.Query:
    return tantivy.Query.term_set_query(SCHEMA, "pk", list(numbers))


def _free(query: tantivy.Query) -> tantivy.Query:
    """The query as a condition that adds nothing to the score."""
    return tantivy.Query.const_score_query(query, 0.0)


def _term(name: str, value: Any) -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, name, value, index_option="basic")


def weighted(terms: Iterable[tuple[str, float]]) -> tantivy.Query:
    """Terms of ranking, any of which may be there, by their weights; the weightiest where there are very many."""
    best = sorted(((t, w) for t, w in terms if t[0] in FIELDS and w > 0), key=lambda one: -one[1])[:MOST_TERMS]
    parts = [
        (Occur.Should, tantivy.Query.boost_query(_freq(FIELDS[term[0]], word(term)), weight)) for term, weight in best
    ]
    return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.empty_query()


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


Stands = Callable[[str], bool]
"""Whether a word stands in anything that may be found: as it is typed in a title, or anywhere if it has no accents."""


def standing(searcher: tantivy.Searcher, scope: "Scope") -> Stands:
    """Asks within `scope` alone, once for each word: what stands only in records that may not be found is as good as
    not there."""

    @cache
    def stands(said: str) -> bool:
        bare = fold(said)
        # What is kept without accents says nothing of a word that has some: `phầm` is not there because a Phạm is.
        held = (("bare", said), (MORE, bare)) if said == bare else (("marked", said),)
        there = [(Occur.Should, _freq(name, of)) for name, of in held if searcher.doc_freq(name, of)]
        return bool(there) and bool(
            searcher.search(scope.around(tantivy.Query.boolean_query(there)), 1, count=False).hits
        )

    return stands


def typed(text: Text, stands: Stands, phrases: Sequence[Text] = ()) -> tantivy.Query:
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


def _word(marked: str, bare: str, stands: Stands, *, unfinished: bool) -> tantivy.Query:
    ways = [_freq("bare", bare), tantivy.Query.boost_query(_freq(MORE, bare), 0.4)]
    if marked != bare:
        ways.append(_freq("marked", marked))
    if unfinished and bare.isalnum() and len(bare) <= FEW:
        ways += [tantivy.Query.regex_query(SCHEMA, name, f"{bare}.*") for name in ("bare", MORE)]
    if 2 < len(bare) <= FEW and not stands(bare):
        ways.append(tantivy.Query.fuzzy_term_query(SCHEMA, "bare", bare, 1, True))
        ways.append(tantivy.Query.fuzzy_term_query(SCHEMA, MORE, bare, 1, True))
    return tantivy.Query.boolean_query([(Occur.Should, way) for way in ways])


def best(searcher: tantivy.Searcher, query: tantivy.Query, limit: int, offset: int = 0) -> list[int]:
    """Numbers of the entries that answer best."""
    hits = searcher.search(query, limit, count=False, offset=offset).hits
    found = searcher.fast_field_values("pk", [address for _, address in hits])
    return [int(pk) for pk in found if pk is not None]


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
