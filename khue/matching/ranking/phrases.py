"""Phrases found in a text by their syllables: the longest one wins; accents must agree, as far as they are known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from khue.matching.ranking.words import Text

Meaning = TypeVar("Meaning")
Heard = Callable[[int, str], float]
"""How likely the syllable at a place of the text is this one: what accents leave open where none were typed."""
UNHEARD = 0.12
"""A phrase less likely than this is not in the text."""


@dataclass(frozen=True, slots=True)
class Met(Generic[Meaning]):
    """A phrase met in a text: its syllables from `start` to before `end`, what it means, how likely it is there."""

    start: int
    end: int
    meaning: Meaning
    likely: float = 1.0


@dataclass(slots=True)
class _Node(Generic[Meaning]):
    next: "dict[str, _Node[Meaning]]"
    ends: list[tuple[tuple[str, ...], Meaning]]


class Phrases(Generic[Meaning]):
    """A set of phrases, each with a meaning; a phrase may stand for several."""

    def __init__(self) -> None:
        self._root: _Node[Meaning] = _Node({}, [])

    def add(self, phrase: Text, meaning: Meaning) -> None:
        """Know `phrase` from now on; one without syllables is left out."""
        node = self._root
        for syllable in phrase.bare:
            node = node.next.setdefault(syllable, _Node({}, []))
        if phrase.bare and (phrase.marked, meaning) not in node.ends:
            node.ends.append((phrase.marked, meaning))

    def longest(self, text: Text, heard: Heard | None = None) -> Iterator[Met[Meaning]]:
        """Phrases in `text` that do not lie inside a longer one; without `heard`, its syllables are as they were typed,
        and where no accents were, any will do."""
        reached = 0
        for start, syllable in enumerate(text.bare):
            if (first := self._root.next.get(syllable)) is None:
                continue
            found = _longest(first, text, start, heard)
            if found and found[0].end > reached:
                reached = found[0].end
                yield from found


def _longest(node: _Node[Meaning], text: Text, start: int, heard: Heard | None) -> list[Met[Meaning]]:
    """The longest of the phrases that begin at `start`, where `node` stands."""
    best: list[Met[Meaning]] = []
    following: _Node[Meaning] | None = node
    bare, end = text.bare, start
    while following is not None:
        node, end = following, end + 1
        if node.ends:
            best = (_typed(node, text, start, end) if heard is None else _heard(node, start, end, heard)) or best
        following = node.next.get(bare[end]) if end < len(bare) else None
    return best


def _typed(node: _Node[Meaning], text: Text, start: int, end: int) -> list[Met[Meaning]]:
    typed = text.marked[start:end] if text.has_accents else None
    return [Met(start, end, meaning) for marked, meaning in node.ends if typed is None or marked == typed]


def _heard(node: _Node[Meaning], start: int, end: int, heard: Heard) -> list[Met[Meaning]]:
    told = (Met(start, end, meaning, likely(marked, start, heard)) for marked, meaning in node.ends)
    return [met for met in told if met.likely > UNHEARD]


def likely(phrase: tuple[str, ...], start: int, heard: Heard) -> float:
    """How likely all of `phrase` stands at `start`: the geometric mean of its syllables."""
    product = 1.0
    for offset, syllable in enumerate(phrase):
        product *= heard(start + offset, syllable)
    return float(product ** (1 / len(phrase)))
