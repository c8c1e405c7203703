"""How often terms stand in a record: of a whole corpus all of them, of candidates those that are asked for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from khue.matching.ranking.reading import BARE, BARE_PAIR, CONCEPT, MARKED, PAIR, Read, terms
from khue.matching.ranking.title import Part


@dataclass(frozen=True, slots=True)
class Wanted:
    """Terms that are asked for, by what they are. Concepts are few in a text: all of them are wanted."""

    marked: frozenset[str]
    bare: frozenset[str]
    pairs: frozenset[tuple[str, ...]]
    bare_pairs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, asked: Iterable[str]) -> "Wanted":
        """Those among terms as an index writes them."""
        of_kind: dict[str, set[str]] = {MARKED: set(), BARE: set(), PAIR: set(), BARE_PAIR: set(), CONCEPT: set()}
        for term in asked:
            of_kind[term[0]].add(term[1:])
        pairs, bare_pairs = (frozenset(tuple(said.split(" ")) for said in of_kind[name]) for name in (PAIR, BARE_PAIR))
        return cls(frozenset(of_kind[MARKED]), frozenset(of_kind[BARE]), pairs, bare_pairs)

    def met(self, read: Read) -> Counter[str]:
        """How often each stands in a text: what `reading.terms` tells of these alone."""
        marked, bare = read.text.marked, read.text.bare
        said = [MARKED + one for one in marked if one in self.marked]
        said += [BARE + one for one in bare if one in self.bare]
        if self.pairs:
            said += [f"{PAIR}{a} {b}" for a, b in pairwise(marked) if (a, b) in self.pairs]
        if self.bare_pairs:
            said += [f"{BARE_PAIR}{a} {b}" for a, b in pairwise(bare) if (a, b) in self.bare_pairs]
        return Counter([*said, *(f"{CONCEPT}{number}" for number in read.concepts)])


def counted(
    title: Read, summary: Read | None, need: dict[str, float], wanted: Wanted | None = None
) -> tuple[dict[str, float], float]:
    """How often each term counts in a record, and how long the record is; what only the summary says, and the names of
    places, count for less."""
    met = terms if wanted is None else wanted.met
    counts = {term: float(often) for term, often in met(title).items()}
    length = float(len(title.text.marked))
    for marked, bare, part in zip(title.text.marked, title.text.bare, title.title.parts, strict=True):
        if part is Part.PLACE:
            length -= 1 - need["place"]
            for term in (MARKED + marked, BARE + bare):
                if term in counts:
                    counts[term] -= 1 - need["place"]
    if summary is not None:
        length += len(summary.text.marked) * need["summary"]
        for term, often in met(summary).items():
            counts[term] = counts.get(term, 0.0) + often * need["summary"]
    return counts, length
