"""How often terms stand in a record: of a whole corpus all of them, of candidates those that are asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from khue.language.text import fold
from khue.matching.ranking.reading import BARE, BARE_PAIR, CONCEPT, MARKED, PAIR, Read, terms
from khue.matching.ranking.title import Part
from khue.matching.ranking.words import LOTS, lot

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counted:
    """Terms with how often each counts in each of several records, a row for each record; how long each record is."""

    terms: Sequence[str]
    often: Floats
    lengths: Floats


@dataclass(frozen=True, slots=True)
class Wanted:
    """Terms that are asked for, each with the number of its column, by what they are. Concepts are few in a text: all
    of them are wanted."""

    marked: Mapping[str, int]
    bare: Mapping[str, int]
    pairs: Mapping[tuple[str, ...], int]
    bare_pairs: Mapping[tuple[str, ...], int]
    terms: Sequence[str]
    lots: NDArray[np.bool_]
    """The lots of the syllables with which any of them begins: the others of a text are not looked at."""

    @classmethod
    def of(cls, asked: Iterable[str]) -> "Wanted":
        """Those among terms as an index writes them."""
        columns = [term for term in dict.fromkeys(asked) if term[0] != CONCEPT]
        ones: dict[str, dict[str, int]] = {MARKED: {}, BARE: {}}
        twos: dict[str, dict[tuple[str, ...], int]] = {PAIR: {}, BARE_PAIR: {}}
        lots = np.zeros(LOTS, dtype=bool)
        for number, term in enumerate(columns):
            said = tuple(term[1:].split(" "))
            if term[0] in ones:
                ones[term[0]][said[0]] = number
            else:
                twos[term[0]][said] = number
            lots[lot(fold(said[0]))] = True
        return cls(ones[MARKED], ones[BARE], twos[PAIR], twos[BARE_PAIR], columns, lots)

    def counted(self, titles: Sequence[Read], summaries: Sequence[Read], need: Mapping[str, float]) -> Counted:
        """What `counted` tells of these terms alone, of all records at once."""
        met = self._met(titles, need["place"]) + need["summary"] * self._met(summaries)
        concepts, named = _concepts(titles, summaries, need["summary"])
        in_places = np.array([title.title.parts.count(Part.PLACE) for title in titles])
        lengths = _lengths(titles) - (1 - need["place"]) * in_places + need["summary"] * _lengths(summaries)
        return Counted([*self.terms, *concepts], np.hstack([met, named]), lengths)

    def _met(self, reads: Sequence[Read], in_place: float | None = None) -> Floats:
        """How often each term stands in each text; a syllable of the name of a place may count as `in_place`."""
        lots = [read.text.lots for read in reads]
        spots = np.flatnonzero(self.lots[np.concatenate(lots)])
        of = np.append(np.repeat(np.arange(len(reads)), [len(one) for one in lots]), -1)
        beside = spots[of[spots] == of[spots + 1]]
        worth = None
        if in_place is not None:
            parts = [*chain.from_iterable(read.title.parts for read in reads)]
            worth = np.array([in_place if parts[at] is Part.PLACE else 1.0 for at in spots.tolist()])
        found = np.zeros((len(reads), len(self.terms) + 1))  # the last column is for what is not asked
        for name, ones, twos in (("marked", self.marked, self.pairs), ("bare", self.bare, self.bare_pairs)):
            said = [*chain.from_iterable(getattr(read.text, name) for read in reads)]
            found += _table(of[spots], [ones.get(said[at], -1) for at in spots.tolist()], found.shape, worth)
            if twos:
                columns = [twos.get((said[at], said[at + 1]), -1) for at in beside.tolist()]
                found += _table(of[beside], columns, found.shape)
        return found[:, :-1]


def _table(rows: Ints, columns: Sequence[int], shape: tuple[int, int], worth: Floats | None = None) -> Floats:
    """How often, or with how much worth, each cell is named; column -1 is the last one."""
    cells = rows * shape[1] + np.array(columns, dtype=np.int64) % shape[1]
    return np.bincount(cells, worth, shape[0] * shape[1]).reshape(shape).astype(np.float64)


def _lengths(reads: Sequence[Read]) -> Floats:
    return np.array([len(read.text.marked) for read in reads], dtype=float)


def _concepts(titles: Sequence[Read], summaries: Sequence[Read], in_summary: float) -> tuple[list[str], Floats]:
    """Every concept that a record names, as a term, and how often each counts in each record."""
    columns = {number: at for at, number in enumerate({n for read in chain(titles, summaries) for n in read.concepts})}
    often = np.zeros((len(titles), len(columns)))
    for reads, worth in ((titles, 1.0), (summaries, in_summary)):
        rows = np.repeat(np.arange(len(reads)), [len(read.concepts) for read in reads])
        often += worth * _table(rows, [columns[number] for read in reads for number in read.concepts], often.shape)
    return [f"{CONCEPT}{number}" for number in columns], often


def counted(title: Read, summary: Read, need: Mapping[str, float]) -> tuple[dict[str, float], float]:
    """How often each term counts in a record, and how long the record is; what only the summary says, and the names of
    places, count for less."""
    counts = {term: float(often) for term, often in terms(title).items()}
    for term in _in_places(title):
        counts[term] -= 1 - need["place"]
    for term, often in terms(summary).items():
        counts[term] = counts.get(term, 0.0) + often * need["summary"]
    in_places = title.title.parts.count(Part.PLACE)
    length = len(title.text.marked) - (1 - need["place"]) * in_places + need["summary"] * len(summary.text.marked)
    return counts, length


def _in_places(title: Read) -> Iterator[str]:
    """The terms of the syllables in names of places."""
    for marked, bare, part in zip(title.text.marked, title.text.bare, title.title.parts, strict=True):
        if part is Part.PLACE:
            yield from (MARKED + marked, BARE + bare)
