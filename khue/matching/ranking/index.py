"""An inverted index in memory, over arrays: how much each record answers to a weighted term."""

import math
from array import array
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from khue.matching.ranking.counting import Counted

Scores = NDArray[np.float64]
Places = NDArray[np.int64]
Weighted = Sequence[tuple[str, float]]


class Index:
    """Terms of records with their weights, added once in order."""

    def __init__(self, saturation: float, length: float, rarity: Callable[[str], float] | None = None) -> None:
        """`rarity` tells how much a term tells in the whole, of which the records here are a part."""
        self._saturation, self._length, self._told = saturation, length, rarity
        self._where: dict[str, array[int]] = {}
        self._often: dict[str, array[float]] = {}
        self._lengths = array("d")
        self._norm: Scores | None = None

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, terms: Mapping[str, float], length: float) -> None:
        """Add the next record by its terms, each with how often it stands there, and by how many words it has."""
        position = len(self._lengths)
        for term, often in terms.items():
            if term in self._where:
                self._where[term].append(position)
                self._often[term].append(often)
            else:
                self._where[term], self._often[term] = array("l", [position]), array("d", [often])
        self._lengths.append(length)
        self._norm = None

    def take(self, counted: Counted) -> "Index":
        """Add records that were counted together, where none was added before."""
        for term, often in zip(counted.terms, counted.often.T, strict=True):
            where = np.flatnonzero(often)
            if len(where):
                self._where[term] = array("l", where.tobytes())
                self._often[term] = array("d", often[where].tobytes())
        self._lengths, self._norm = array("d", counted.lengths.tobytes()), None
        return self

    def rarity(self, term: str) -> float:
        """How much a term tells: the logarithm of how few records hold it."""
        if self._told is not None:
            return self._told(term)
        held = len(self._where.get(term, ()))
        return math.log(1 + (len(self) - held + 0.5) / (held + 0.5)) if held or len(self) else 1.0

    def holds(self, term: str) -> bool:
        """Whether any record has the term."""
        return term in self._where

    def where(self, term: str) -> Places | None:
        """The records that have the term."""
        held = self._where.get(term)
        return None if held is None else np.frombuffer(held, dtype=np.int64)

    def scores(self, weighted: Weighted) -> Scores:
        """BM25 of every record for weighted terms, added up."""
        total = np.zeros(len(self))
        for term, weight in weighted:
            if (found := self._part(term, weight)) is not None:
                total[found[0]] += found[1]
        return total

    def best(self, weighted: Weighted) -> tuple[Scores, Places]:
        """BM25 of every record for the best of the weighted terms alone, and which of them that is; -1 for none."""
        best, which = np.zeros(len(self)), np.full(len(self), -1, dtype=np.int64)
        for number, (term, weight) in enumerate(weighted):
            if (found := self._part(term, weight)) is not None:
                at, part = found
                better = part > best[at]
                best[at[better]], which[at[better]] = part[better], number
        return best, which

    def _part(self, term: str, weight: float) -> tuple[Places, Scores] | None:
        """Records that hold the term, each once, and what it gives them."""
        if (where := self._where.get(term)) is None:
            return None
        at = np.frombuffer(where, dtype=np.int64)
        often = np.frombuffer(self._often[term])
        norm = often + self._norms()[at]
        return at, weight * self.rarity(term) * often * (self._saturation + 1) / norm

    def _norms(self) -> Scores:
        if self._norm is None:
            lengths = np.asarray(self._lengths)
            mean = float(lengths.mean()) if len(lengths) else 1.0
            self._norm = self._saturation * (1 - self._length + self._length * lengths / (mean or 1.0))
        return self._norm
