"""What ranking asks of the whole: how rare a term is, what syllables without accents mean."""

from collections.abc import Collection, Sequence
from weakref import WeakKeyDictionary

import numpy as np
import tantivy
from numpy.typing import NDArray

from khue.matching.models import Entry
from khue.matching.projection import asking
from khue.matching.projection.store import Snapshot
from khue.matching.projection.titles import Titles
from khue.matching.ranking.corpus import Known, restorer
from khue.matching.ranking.duplicate import Rarity
from khue.matching.ranking.reading import CONCEPT, MARKED
from khue.matching.ranking.restoring import Restorer
from khue.matching.ranking.rough import Whole
from khue.matching.ranking.thesaurus import thesaurus

LEARNED_FROM = 600
"""The newest titles of each kind: enough to know how the field writes."""
MOST_LEARNED = 8
"""Sets of kinds of which what was learned is kept: people of one office mostly see the same ones."""
GROWN = 1.1
"""Learned again once the index has grown by so much."""
CHANGED = 0.001
"""Rarities are asked anew once so great a part of the index is new or gone."""
Learned = dict[tuple[str, ...], tuple[int, Restorer]]
_learned: "WeakKeyDictionary[Titles, Learned]" = WeakKeyDictionary()


class Rarities:
    """How much terms tell in one index, each asked once."""

    def __init__(self, searcher: tantivy.Searcher, titles: Titles) -> None:
        self.term: Rarity = asking.rarity(searcher)
        self.size = searcher.num_docs
        self._titles = titles
        self._words = np.zeros(0)
        self._concepts = np.array([self.term(f"{CONCEPT}{number}") for number in range(len(thesaurus().concepts))])

    def whole(self) -> Whole:
        """The same for many words at once, by their numbers."""
        return Whole(self._titles.vocabulary, self._titles.bare, self._of_words, self._of_concepts)

    def _of_words(self, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        known = self._words
        if len(known) < len(self._titles.vocabulary):
            known = np.full(len(self._titles.vocabulary), np.nan)
            known[: len(self._words)] = self._words
        found = known[numbers]
        for number in np.unique(numbers[np.isnan(found)]):
            known[number] = self.term(MARKED + self._titles.vocabulary.words[number])
        self._words = known
        return known[numbers]

    def _of_concepts(self, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        return self._concepts[numbers]


_kept: "WeakKeyDictionary[Titles, Rarities]" = WeakKeyDictionary()


def rarities(snapshot: Snapshot) -> Rarities:
    """What terms tell in the index as it is now, or was a few changes ago."""
    kept = _kept.get(snapshot.titles)
    if kept is None or abs(snapshot.searcher.num_docs - kept.size) > CHANGED * kept.size:
        kept = _kept[snapshot.titles] = Rarities(snapshot.searcher, snapshot.titles)
    return kept


def known(snapshot: Snapshot, kinds: Collection[str]) -> Known:
    """What the index tells of the whole, and what titles of `kinds`, all of which the asker may see, teach of words."""
    return rarities(snapshot).term, learned(snapshot, kinds)


def learned(snapshot: Snapshot, kinds: Collection[str]) -> Restorer:
    """What syllables mean in the newest titles of `kinds`: never learned from what the asker may not see."""
    key = tuple(sorted(kinds))
    known_here = _learned.setdefault(snapshot.titles, {})
    size, there = known_here.get(key, (0, None))
    docs = snapshot.searcher.num_docs
    if there is None or docs > max(size * GROWN, size + 20) or docs < size / GROWN - 20:
        there = restorer(_titles(key))
        while len(known_here) >= MOST_LEARNED:
            known_here.pop(next(iter(known_here)))
        known_here[key] = (docs, there)
    return there


def _titles(kinds: Sequence[str]) -> list[str]:
    """The newest titles of each kind: one query."""
    rows = Entry.objects.filter(gone=False).order_by("-record").values_list("title", flat=True)
    newest = [rows.filter(kind=kind)[:LEARNED_FROM] for kind in kinds]
    return list(newest[0].union(*newest[1:], all=True)) if newest else []
