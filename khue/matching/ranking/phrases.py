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
        """Phrases in `text` that do not lie inside a longer one."""
        reached, hears = 0, heard or exactly(text)
        for start in range(len(text.bare)):
            found = self._at(text, start, hears)
            if found and found[0].end > reached:
                reached = found[0].end
                yield from found

    def _at(self, text: Text, start: int, heard: Heard) -> list[Met[Meaning]]:
        node, best = self._root, list[Met[Meaning]]()
        for place in range(start, len(text.bare)):
            found = node.next.get(text.bare[place])
            if found is None:
                break
            node = found
            told = [Met(start, place + 1, meaning, likely(marked, start, heard)) for marked, meaning in node.ends]
            best = [met for met in told if met.likely > UNHEARD] or best
        return best


def exactly(text: Text) -> Heard:
    """Syllables as they were typed; where no accents were, any will do."""
    if not text.has_accents:
        return lambda _place, _syllable: 1.0
    return lambda place, syllable: float(text.marked[place] == syllable)


def likely(phrase: tuple[str, ...], start: int, heard: Heard) -> float:
    """How likely all of `phrase` stands at `start`: the geometric mean of its syllables."""
    product = 1.0
    for offset, syllable in enumerate(phrase):
        product *= heard(start + offset, syllable)
    return float(product ** (1 / len(phrase)))
