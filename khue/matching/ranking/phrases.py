"""Phrases found in a text by their syllables: the longest one wins, accents must agree where both sides have them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from khue.matching.ranking.words import Text

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Met(Generic[Meaning]):
    """A phrase met in a text: its syllables from `start` to before `end`, and what it means."""

    start: int
    end: int
    meaning: Meaning


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

    def longest(self, text: Text) -> Iterator[Met[Meaning]]:
        """Phrases in `text` that do not lie inside a longer one."""
        reached = 0
        for start in range(len(text.bare)):
            end, meanings = self._at(text, start)
            if end > reached:
                reached = end
                yield from (Met(start, end, meaning) for meaning in meanings)

    def _at(self, text: Text, start: int) -> tuple[int, list[Meaning]]:
        node, best = self._root, (start, list[Meaning]())
        for place in range(start, len(text.bare)):
            found = node.next.get(text.bare[place])
            if found is None:
                break
            node = found
            said = text.marked[start : place + 1]
            meanings = [meaning for marked, meaning in node.ends if _agree(marked, said, text)]
            if meanings:
                best = place + 1, meanings
        return best


def _agree(phrase: tuple[str, ...], said: tuple[str, ...], text: Text) -> bool:
    """Whether accents agree; a text typed without any agrees with all, a phrase without accents only with such."""
    return phrase == said or not text.has_accents
