"""Whether two titles are of the same work: what they share, and what one says in the place of what the other says."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import exp

from khue.matching.ranking.reading import BARE, BARE_PAIR, CONCEPT, MARKED, Read
from khue.matching.ranking.thesaurus import thesaurus
from khue.matching.ranking.title import Part

Rarity = Callable[[str], float]
"""How much a term tells."""

TELLS = {
    Part.OBJECT: 1.0, Part.TECHNOLOGY: 0.9, Part.AIM: 0.6, Part.FRAME: 0.15, Part.HANDLING: 0.1, Part.TIME: 0.1,
    Part.LINK: 0.02, Part.PLACE: 0.0,
}  # fmt: skip
PASSED = frozenset({Part.LINK, Part.HANDLING})
"""Words in whose place another may stand without making another work."""
FRAME_SWAPPED = 3.0
"""A frame word inside the title where another stands: "technical requirements", "requirements of design"."""
A_WORD = 5.0
"""What one rare word tells: so much said otherwise makes another object, however long the frame round it."""
SPELT_OTHERWISE = 0.8
"""What an agreement without accents is worth, between two texts that have them."""
MEANT = 0.7
"""What a word is worth whose concept the other text names in another word."""
KIN = 0.75
"""What is left of that where the other names a kind of the concept, or what it is a kind of."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two titles: its telling words in order, with what each tells."""

    read: Read
    words: tuple[str, ...]
    weights: tuple[float, ...]
    spots: tuple[int, ...]
    """Where each word stands in the text."""

    @property
    def whole(self) -> float:
        """What all its words tell."""
        return sum(self.weights) or 1e-9


def side(read: Read, rarity: Rarity) -> Side:
    """A title as it is compared."""
    kept = [
        (place, word, rarity(MARKED + word) * TELLS[part])
        for place, (word, part) in enumerate(zip(read.text.marked, read.title.parts, strict=True))
        if TELLS[part]
    ]
    return Side(read, tuple(k[1] for k in kept), tuple(k[2] for k in kept), tuple(k[0] for k in kept))


def signals(one: Side, other: Side, rarity: Rarity) -> dict[str, float]:
    """How two titles compare, as numbers from 0 to 1."""
    share_one, share_other = _shared(one, other) / one.whole, _shared(other, one) / other.whole
    swapped = _swapped(one, other)
    places, others = one.read.title.places, other.read.title.places
    return {
        "covers": min(share_one, share_other),
        "contains": max(share_one, share_other),
        "pairs": _pairs(one, other),
        "swapped": min(1.0, swapped / min(one.whole, other.whole)),
        "another": 1 - exp(-swapped / A_WORD),
        "elsewhere": float(bool(places and others) and not _same_place(places, others)),
        "topic": _topic(one.read, other.read, rarity),
    }


def _topic(one: Read, other: Read, rarity: Rarity) -> float:
    """How far the concepts of both are the same, the rare ones counting most."""
    shared = sum(rarity(f"{CONCEPT}{number}") for number in one.concepts.keys() & other.concepts.keys())
    every = sum(rarity(f"{CONCEPT}{number}") for number in one.concepts.keys() | other.concepts.keys())
    return shared / every if every else 0.0


def _same_place(places: frozenset[str], others: frozenset[str]) -> bool:
    """Every place of the one that names fewer is named by the other."""
    few, many = sorted((places, others), key=len)
    return few <= many


def _shared(one: Side, other: Side) -> float:
    """What the words of `one` tell that `other` also says."""
    blind = not (one.read.text.has_accents and other.read.text.has_accents)
    marked, bare = set(other.read.text.marked), set(other.read.text.bare)
    meant = _meant(one.read, other.read)
    total = 0.0
    for word, weight, spot in zip(one.words, one.weights, one.spots, strict=True):
        if word in marked or (blind and one.read.text.bare[spot] in bare):
            total += weight
        elif spot in meant:
            total += weight * meant[spot]
        elif one.read.text.bare[spot] in bare:
            total += weight * SPELT_OTHERWISE * 0.5
    return total


def _meant(one: Read, other: Read) -> dict[int, float]:
    """Places of `one` whose concept the other names too, or one just above or below it, with what that is worth."""
    kin, unmet = thesaurus().kin, other.concepts.keys() - one.concepts.keys()
    meant: dict[int, float] = {}
    for number, (_, start, end) in one.concepts.items():
        worth = MEANT if number in other.concepts else MEANT * KIN * (not kin[number].isdisjoint(unmet))
        if worth:
            meant.update((place, max(worth, meant.get(place, 0.0))) for place in range(start, end))
    return meant


def _pairs(one: Side, other: Side) -> float:
    """How far the titles agree word by word and in order: shared neighbours, weighted, of all there are."""
    first, second = _neighbours(one), _neighbours(other)
    whole = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / whole if whole else 0.0


def _neighbours(one: Side) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    bare = [one.read.text.bare[spot] for spot in one.spots]
    for place in range(len(bare) - 1):
        # Counters hold whole numbers: thousandths of what the pair tells.
        found[bare[place], bare[place + 1]] += round(1000 * (one.weights[place] * one.weights[place + 1]) ** 0.5)
    return found


def _swapped(one: Side, other: Side) -> float:
    """What stands in the one where the other says something else: the sign of one frame round two matters."""
    kept, others = _telling(one), _telling(other)
    meant, meant_there = _meant(one.read, other.read), _meant(other.read, one.read)
    bare = [one.read.text.bare[one.spots[place]] for place in kept]
    bare_others = [other.read.text.bare[other.spots[place]] for place in others]
    total = 0.0
    for act, a, b, c, d in SequenceMatcher(None, bare, bare_others, autojunk=False).get_opcodes():
        if act == "replace":
            gone, said = set(bare[a:b]) - set(bare_others), set(bare_others[c:d]) - set(bare)
            mine = sum(
                _inside(one, kept[at]) for at in range(a, b) if bare[at] in gone and one.spots[kept[at]] not in meant
            )
            theirs = sum(
                _inside(other, others[at])
                for at in range(c, d)
                if bare_others[at] in said and other.spots[others[at]] not in meant_there
            )
            total += min(mine, theirs)
    return total


def _inside(one: Side, place: int) -> float:
    """What a word tells; a frame word counts for more once the object has been named."""
    parts = one.read.title.parts
    is_frame = parts[one.spots[place]] is Part.FRAME
    named = any(parts[spot] is Part.OBJECT for spot in one.spots[:place])
    return one.weights[place] * (FRAME_SWAPPED if is_frame and named else 1.0)


def _telling(one: Side) -> list[int]:
    parts = one.read.title.parts
    return [place for place, spot in enumerate(one.spots) if parts[spot] not in PASSED]


def asks(one: Side) -> list[tuple[str, float]]:
    """Weighted terms by which candidates are found: what could say the same shares some of them."""
    best: dict[str, float] = {}
    bare = one.read.text.bare
    for word, spot in zip(one.words, one.spots, strict=True):
        worth = TELLS[one.read.title.parts[spot]]
        best[MARKED + word] = max(best.get(MARKED + word, 0.0), worth)
        best[BARE + bare[spot]] = max(best.get(BARE + bare[spot], 0.0), worth * 0.5)
    for place, spot in enumerate(one.spots[:-1]):
        if one.spots[place + 1] == spot + 1:
            worth = min(TELLS[one.read.title.parts[spot]], TELLS[one.read.title.parts[spot + 1]])
            best[f"{BARE_PAIR}{bare[spot]} {bare[spot + 1]}"] = worth * 0.7
    best |= {f"{CONCEPT}{number}": 0.7 for number in one.read.concepts}
    return list(best.items())
