"""What ranking asks of the whole: how rare a term is, what syllables without accents mean."""

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

LEARNED_FROM = 5_000
"""The newest titles: enough to know how the field writes."""
GROWN = 1.1
"""Learned again once the index has grown by so much."""
CHANGED = 0.001
"""Rarities are asked anew once so great a part of the index is new or gone."""
_learned: dict[str, tuple[int, Restorer]] = {}


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


def known(snapshot: Snapshot) -> Known:
    """What the index and the titles in it tell of the whole."""
    size, there = _learned.get("", (0, None))
    docs = snapshot.searcher.num_docs
    if there is None or docs > max(size * GROWN, size + 20) or docs < size / GROWN - 20:
        titles = Entry.objects.filter(gone=False).order_by("-pk").values_list("title", flat=True)[:LEARNED_FROM]
        there = restorer(titles)
        _learned[""] = (docs, there)
    return rarities(snapshot).term, there
