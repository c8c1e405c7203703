"""All pairs of titles that say the same, part by part: each part can be compared by another process or machine.

Two titles that say the same share more than half of what the shorter one tells. Postings of words and concepts give
for each title those that do; these are compared roughly, and what is left word by word.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from khue.matching.ranking import rough
from khue.matching.ranking.compact import Batch, Memory, Vocabulary, unpacked
from khue.matching.ranking.deciding import decide, weights
from khue.matching.ranking.duplicate import KIN, MEANT, TELLS, Side, side
from khue.matching.ranking.reading import CONCEPT, MARKED
from khue.matching.ranking.record import Band
from khue.matching.ranking.thesaurus import thesaurus
from khue.matching.ranking.title import Part
from khue.matching.ranking.why import same_and_other

SHARED = 0.5
"""Of what the shorter title tells, the least that both share."""
ROUGH = 400
"""Titles compared roughly with one, at most: those that share most."""
NEARLY = 0.1
"""How much less likely than `same` a pair may roughly be to be compared word by word."""

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
_ABOUT = np.array([part in {Part.OBJECT, Part.TECHNOLOGY, Part.AIM} for part in sorted(Part)])
_TELLS = np.array([TELLS[part] for part in sorted(Part)])


class Pair(NamedTuple):
    """Two titles, by their numbers, that say the same."""

    one: int
    other: int
    score: float
    band: str
    why: list[str]


@dataclass(frozen=True)
class Titles:
    """Titles to be compared with each other, with all that it takes: nothing else is asked of where they came from."""

    numbers: Numbers
    """The number of each title, in rising order."""
    at: Numbers
    memory: Memory
    words: list[str]
    told: Floats
    """What each word tells."""
    concepts_told: Floats

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words by number."""
        return Vocabulary(self.words)

    @cached_property
    def whole(self) -> rough.Whole:
        """What the rough comparison asks."""
        bare = self.vocabulary.bare()
        return rough.Whole(self.vocabulary, bare, lambda n: self.told[n], lambda n: self.concepts_told[n])

    @cached_property
    def postings(self) -> "_Postings":
        """Which titles have which word or concept."""
        return _Postings(self)

    def rarity(self, term: str) -> float:
        """What a term of ranking tells."""
        if term.startswith(CONCEPT):
            return float(self.concepts_told[int(term[1:])])
        number = self.vocabulary.known(term[1:]) if term.startswith(MARKED) else None
        return float(self.told[number]) if number is not None else 0.0

    def side(self, place: int) -> Side:
        """A title as it is compared."""
        return side(unpacked(self.memory, int(self.at[place]), self.vocabulary), self.rarity)


class _Postings:
    """For each word without accents, and each concept, the titles that are about it."""

    def __init__(self, titles: Titles) -> None:
        batch = Batch(titles.memory, titles.at)
        about = _ABOUT[batch.parts]
        self.words = titles.whole.bare[batch.words[about]]
        self.of, self.begins = batch.of[about], np.searchsorted(batch.of[about], np.arange(batch.size + 1))
        tells = titles.told[batch.words] * _TELLS[batch.parts]
        self.tells = tells[about]
        self.total = np.bincount(self.of, self.tells, batch.size)
        self._by_word = _grouped(self.words, self.of, len(titles.words))
        self._by_concept = _grouped(batch.concepts, batch.concept_of, len(titles.concepts_told))
        self._concepts = _grouped(batch.concept_of, np.arange(len(batch.concepts)), batch.size)
        sums = np.concatenate([[0.0], np.cumsum(np.where(about, tells, 0.0))])
        starts = batch.begins[batch.concept_of]
        self._named = batch.concepts
        self._meant = (sums[starts + batch.ends] - sums[starts + batch.starts]) * MEANT

    def near(self, place: int) -> Numbers:
        """Later titles that share enough with the one at `place`, those that share most first."""
        parts, worth = [], []
        for at in range(self.begins[place], self.begins[place + 1]):
            parts.append(_of(self._by_word, int(self.words[at])))
            worth.append(self.tells[at])
        for row in _of(self._concepts, place):
            named = int(self._named[row])
            for concept, nearness in ((named, 1.0), *((kin, KIN) for kin in thesaurus().kin[named])):
                parts.append(_of(self._by_concept, concept))
                worth.append(self._meant[row] * nearness)
        later = [part[np.searchsorted(part, place, "right") :] for part in parts]
        if not later:
            return np.zeros(0, dtype=np.int64)
        met = np.concatenate(later)
        if not len(met):
            return met
        shared = np.bincount(met - place, np.repeat(worth, [len(part) for part in later]))
        found = np.flatnonzero(shared)
        least = SHARED * np.minimum(self.total[found + place], self.total[place])
        enough = found[shared[found] >= least]
        most: Numbers = enough[np.argsort(-shared[enough], kind="stable")][:ROUGH] + place
        return most


def _grouped(keys: Numbers, values: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Values by key: where each key's begin, and all of them in rising order, a value once a key."""
    order = np.lexsort((values, keys))
    keys, values = keys[order], values[order]
    first = np.ones(len(keys), dtype=bool)
    first[1:] = (keys[1:] != keys[:-1]) | (values[1:] != values[:-1])
    return np.searchsorted(keys[first], np.arange(size + 1)), values[first]


def _of(grouped: tuple[Numbers, Numbers], key: int) -> Numbers:
    return grouped[1][grouped[0][key] : grouped[0][key + 1]]


def alike(titles: Titles, start: int, end: int) -> list[Pair]:
    """Pairs that say the same, of which the first has a number from `start` to before `end`."""
    first, last = np.searchsorted(titles.numbers, [start, end])
    return [pair for place in range(first, last) for pair in _alike(titles, int(place))]


def _alike(titles: Titles, place: int) -> Iterator[Pair]:
    near = titles.postings.near(place)
    if not len(near):
        return
    asked, chosen = titles.side(place), weights()
    _, hopeful = rough.signals(asked, Batch(titles.memory, titles.at[near]), titles.whole)
    likely = rough.likely(hopeful, chosen["duplicate-same"])
    for other in near[likely >= chosen["duplicate"]["same"] - NEARLY]:
        against = titles.side(int(other))
        score, band = decide(asked, against, titles.rarity, chosen)
        if band is Band.SAME:
            numbers = int(titles.numbers[place]), int(titles.numbers[other])
            yield Pair(*numbers, score, band.value, same_and_other(asked.read, against.read))
