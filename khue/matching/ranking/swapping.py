"""What stands in one title where each of many others says something else, in columns: `duplicate._swapped` for many.

Both begin with the longest run of words that two titles share. Before it and after it the shared words are met one by
one; in between is what the one says where the other says something else.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
LONGEST = 1_000
"""More words than any title has."""


class Line(NamedTuple):
    """The telling words of one title, or of many one after the other."""

    words: Numbers
    weights: Floats

    def turned(self) -> "Line":
        """From the back to the front."""
        return Line(self.words[::-1], self.weights[::-1])


class _Run(NamedTuple):
    """For each title the longest run of words that it shares: where it begins in the one asked about and in the title,
    and where it ends in both."""

    mine: Numbers
    theirs: Numbers
    mine_end: Numbers
    theirs_end: Numbers


def swapped(asked: Line, others: Line, of: Numbers, meant: Flags) -> tuple[Floats, Floats]:
    """For each title, what stands between the words it shares with the one asked about, on both sides: as it is
    likely, and in the best case for the title. `meant` are the words asked for that each title says in other words,
    which count for nothing."""
    size = len(meant)
    counts = np.bincount(of, minlength=size)
    run = _longest(asked, others, of, np.cumsum(counts) - counts)
    nothing, whole = np.zeros(size, dtype=np.int64), np.full(size, len(asked.words))
    ahead = _Sight(asked, others, of, counts, meant)
    back = _Sight(asked.turned(), others.turned(), size - 1 - of[::-1], counts[::-1], meant[::-1, ::-1])

    def between(mine: Numbers, mine_end: Numbers, theirs: Numbers, theirs_end: Numbers) -> tuple[Floats, Floats]:
        """The words are met from the front and from the back; the way on which more are met is the likely one."""
        turned = (whole - mine_end, whole - mine, counts - theirs_end, counts - theirs)
        held, met = ahead.walk(mine, mine_end, theirs, theirs_end)
        other_held, other_met = (part[::-1] for part in back.walk(*(part[::-1] for part in turned)))
        least = np.minimum(held, other_held)
        return np.where(other_met == met, least, np.where(other_met > met, other_held, held)), least

    before, after = (
        between(nothing, run.mine, nothing, run.theirs),
        between(run.mine_end, whole, run.theirs_end, counts),
    )
    return before[0] + after[0], before[1] + after[1]


def _longest(asked: Line, others: Line, of: Numbers, begins: Numbers) -> _Run:
    """The first of the longest; without any, nothing at the beginning of both."""
    size = len(of)
    run, best, at = (np.zeros(size, dtype=np.int64) for _ in range(3))
    inside = np.ones(size, dtype=np.int64)
    inside[begins[begins < size]] = 0
    for place, word in enumerate(asked.words.tolist()):
        run = np.where(others.words == word, np.concatenate([[0], run[:-1]]) * inside + 1, 0)
        longer = run > best
        best, at = np.where(longer, run, best), np.where(longer, place, at)
    rank = np.where(best > 0, best * LONGEST + LONGEST - 1 - at, 0)
    most = np.zeros(len(begins), dtype=np.int64)
    np.maximum.at(most, of, rank)
    ends = np.flatnonzero((rank == most[of]) & (rank > 0))
    titles, first = np.unique(of[ends], return_index=True)
    found = _Run(*np.zeros((4, len(begins)), dtype=np.int64))
    ends = ends[first]
    for column, values in (
        (found.mine, at[ends] - best[ends] + 1), (found.theirs, ends - begins[titles] - best[ends] + 1),
        (found.mine_end, at[ends] + 1), (found.theirs_end, ends - begins[titles] + 1),
    ):  # fmt: skip
        column[titles] = values
    return found


class _Sight:
    """Titles as seen from the one asked about: where each first says each of its words, and what they say besides."""

    def __init__(self, asked: Line, others: Line, of: Numbers, counts: Numbers, meant: Flags) -> None:
        self._weights, self._begins, self._unsaid = asked.weights, np.cumsum(counts) - counts, ~meant
        unique, self._column = np.unique(asked.words, return_inverse=True)
        self._where = np.full((len(counts), len(unique)), -1, dtype=np.int64)
        shared = np.zeros(len(of), dtype=bool)
        if len(unique):
            at = np.minimum(np.searchsorted(unique, others.words), len(unique) - 1)
            shared = unique[at] == others.words
            there = np.flatnonzero(shared)[::-1]  # the first one is written last
            self._where[of[there], at[there]] = there - self._begins[of[there]]
        self._said = np.concatenate([[0.0], np.cumsum(np.where(shared, 0.0, others.weights))])

    def walk(self, mine: Numbers, mine_end: Numbers, theirs: Numbers, theirs_end: Numbers) -> tuple[Floats, Floats]:
        """Along the words asked for and those of each title, from and up to these places: at each word that both say,
        what was left behind on both sides since the one before is held against the title.

        Returns that, and what the words tell that both say.
        """
        total, gone, met = np.zeros((3, len(mine)))
        last = theirs
        for place, weight in enumerate(self._weights.tolist()):
            at, inside = self._where[:, self._column[place]], (place >= mine) & (place < mine_end)
            meets = inside & (at >= last) & (at < theirs_end)
            total += np.where(meets, np.minimum(gone, self._between(last, np.where(meets, at, last))), 0.0)
            gone = np.where(meets, 0.0, gone + np.where(inside & (at < 0) & self._unsaid[:, place], weight, 0.0))
            last = np.where(meets, at + 1, last)
            met += meets * weight
        total += np.minimum(gone, self._between(last, theirs_end))
        return total, met

    def _between(self, start: Numbers, end: Numbers) -> Floats:
        between: Floats = self._said[self._begins + end] - self._said[self._begins + start]
        return between
