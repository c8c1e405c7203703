"""What grows, lives or is made: who asks about hens is hardly helped by what was done for rice."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from khue.matching.ranking.thesaurus import Thesaurus, thesaurus

ROOTS = ("cây trồng", "chăn nuôi", "thủy sản", "rừng", "làng nghề")
"""Concepts of the thesaurus under which every narrower one is a thing of its own."""


class Things:
    """The things of a thesaurus, and which of them are of one line: the same, a kind, or what it is a kind of."""

    def __init__(self, known: Thesaurus) -> None:
        self._above = [_closure(number, known.above) for number in range(len(known.concepts))]
        roots = {number for number, concept in enumerate(known.concepts) if concept.name in ROOTS}
        self._roots = {number: above & roots for number, above in enumerate(self._above) if above & roots}
        self.all = frozenset(self._roots)

    def of_one_line(self, asked: Iterable[int]) -> frozenset[int]:
        """Things that are one of `asked`, a kind of it, or above it."""
        wanted = self.all.intersection(asked)
        over = frozenset().union(*(self._above[number] for number in wanted)) if wanted else frozenset[int]()
        return over | {number for number in self.all if self._above[number] & wanted}

    def akin(self, asked: Iterable[int]) -> frozenset[int]:
        """Things under a root under which one of `asked` is: another crop, another animal."""
        roots = frozenset().union(*(self._roots.get(number, frozenset[int]()) for number in asked))
        return frozenset(number for number, under in self._roots.items() if under & roots)


def _closure(number: int, above: Sequence[set[int]]) -> frozenset[int]:
    """A concept with all that it is a kind of."""
    found, waiting = {number}, [number]
    while waiting:
        new = above[waiting.pop()] - found
        found |= new
        waiting += new
    return frozenset(found)


@lru_cache(maxsize=1)
def things() -> Things:
    """Those of the thesaurus that Khuê comes with."""
    return Things(thesaurus())
