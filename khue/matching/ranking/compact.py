"""Titles that have been read, kept as numbers: comparing them again costs no reading, and thousands fit in a page of
memory.

A title is a run of 32-bit numbers: how many words, concepts and places it has; each word with the part it plays; each
concept with how surely it is named and where; each place.
"""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from khue.language.text import fold
from khue.matching.ranking.reading import Read
from khue.matching.ranking.title import Part, Title
from khue.matching.ranking.words import Text

Memory = NDArray[np.uint32]
_PART = 29
"""The bit of a word at which its part begins."""
_WORD = (1 << _PART) - 1
_CONCEPTS, _PLACES, _FEW = 10, 20, 1023
"""The bits of the head at which the numbers of concepts and of places begin, and the most that fits before the next."""


class Vocabulary:
    """Words and places by number, in the order in which they were met; a word without accents is a word too."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words: list[str] = []
        self._bare = array("l")
        self._numbers: dict[str, int] = {}
        for word in words:
            self.number(word)

    def __len__(self) -> int:
        return len(self.words)

    def number(self, word: str) -> int:
        """The number of `word`, which is known from now on."""
        known = self._numbers.get(word)
        if known is not None:
            return known
        number = self._numbers[word] = len(self.words)
        self.words.append(word)
        bare = fold(word)
        self._bare.append(number)
        if bare != word:
            self._bare[number] = self.number(bare)
        return number

    def numbers(self, words: Iterable[str]) -> list[int]:
        """The numbers of `words`, which are known from now on."""
        known = self._numbers
        return [known[word] if word in known else self.number(word) for word in words]

    def known(self, word: str) -> int | None:
        """Its number where it was met."""
        return self._numbers.get(word)

    def bare(self) -> NDArray[np.int64]:
        """For each word its number without accents."""
        return np.array(self._bare, dtype=np.int64)

    def bare_word(self, number: int) -> str:
        """A word without its accents."""
        return self.words[self._bare[number]]


def packed(read: Read, vocabulary: Vocabulary) -> "array[int]":
    """The title as numbers."""
    concepts, places = list(read.concepts.items())[:_FEW], sorted(read.title.places)[:_FEW]
    run = array("I", [len(read.text.marked) | len(concepts) << _CONCEPTS | len(places) << _PLACES])
    said = vocabulary.numbers(read.text.marked)
    run.extend([number | part << _PART for number, part in zip(said, read.title.parts, strict=True)])
    for concept, (sure, start, end) in concepts:
        run.append(concept | round(sure * 100) << 16)
        run.append(start | end << 16)
    run.extend(vocabulary.numbers(places))
    return run


def unpacked(memory: Memory, at: int, vocabulary: Vocabulary) -> Read:
    """The title that begins at `at`, as it was read; which words began with a capital is not kept."""
    head = int(memory[at])
    words, concepts, places = head & _FEW, head >> _CONCEPTS & _FEW, head >> _PLACES & _FEW
    run: Sequence[int] = memory[at + 1 : at + 1 + words + 2 * concepts + places].tolist()
    said = [number & _WORD for number in run[:words]]
    text = Text(tuple(vocabulary.words[n] for n in said), tuple(vocabulary.bare_word(n) for n in said))
    named = {
        run[at] & 0xFFFF: ((run[at] >> 16) / 100, run[at + 1] & 0xFFFF, run[at + 1] >> 16)
        for at in range(words, words + 2 * concepts, 2)
    }
    title = Title(tuple(_PARTS[n >> _PART] for n in run[:words]),
                  frozenset(vocabulary.words[n] for n in run[words + 2 * concepts :]))  # fmt: skip
    return Read(text, title, named)


_PARTS = {int(part): part for part in Part}


class Batch:
    """Many titles as columns: of each word, concept and place, which title it belongs to."""

    def __init__(self, memory: Memory, at: NDArray[np.int64]) -> None:
        heads = memory[at].astype(np.int64)
        words, concepts, places = heads & _FEW, heads >> _CONCEPTS & _FEW, heads >> _PLACES & _FEW
        self.size = len(at)
        self.begins = np.cumsum(words) - words
        """At which word each title begins."""
        run = memory[_ranges(at + 1, words)]
        self.words, self.parts = (run & _WORD).astype(np.int64), run >> _PART
        self.of = np.repeat(np.arange(self.size), words)
        run = memory[_ranges(at + 1 + words, 2 * concepts)].astype(np.int64)
        self.concepts, self.starts, self.ends = run[::2] & 0xFFFF, run[1::2] & 0xFFFF, run[1::2] >> 16
        self.concept_of = np.repeat(np.arange(self.size), concepts)
        self.places = memory[_ranges(at + 1 + words + 2 * concepts, places)].astype(np.int64)
        self.place_of = np.repeat(np.arange(self.size), places)


def renumbered(memory: Memory, at: NDArray[np.int64], numbers: NDArray[np.int64]) -> Memory:
    """The same titles with the words of another vocabulary: `numbers` are those of its words there."""
    heads, moved = memory[at].astype(np.int64), memory.copy()
    words, concepts, places = heads & _FEW, heads >> _CONCEPTS & _FEW, heads >> _PLACES & _FEW
    said = _ranges(at + 1, words)
    moved[said] = numbers[memory[said] & _WORD] | (memory[said] >> _PART << _PART)
    named = _ranges(at + 1 + words + 2 * concepts, places)
    moved[named] = numbers[memory[named]]
    return moved


def _ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """All numbers of many ranges, one range after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))
