"""What could help with a problem told in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from khue.matching.ranking.reading import BARE, BARE_PAIR, CONCEPT, MARKED, PAIR
from khue.matching.ranking.restoring import Readings, Restorer
from khue.matching.ranking.spelling import speller_of
from khue.matching.ranking.thesaurus import Thesaurus, Told
from khue.matching.ranking.title import Part, parse, plain_word
from khue.matching.ranking.words import Text, read

MOST_KEPT = 64
"""So many texts are kept as they were understood."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a need asks for: terms any of which answers it; `said` is how it was put, `places` where."""

    said: str
    terms: list[tuple[str, float]]
    places: tuple[int, ...]
    concept: int | None = None

    @property
    def best_of(self) -> bool:
        """Whether the best answer counts alone: a text on two kinds of fish is no better than one on fish."""
        return self.concept is not None


class Reader:
    """Turns a need into what it asks for."""

    def __init__(self, weights: dict[str, float], thesaurus: Thesaurus, restorer: Restorer) -> None:
        self._weights, self._thesaurus, self._restorer = weights, thesaurus, restorer
        self.asks = lru_cache(maxsize=MOST_KEPT)(self._asks)
        """All that a text asks for: syllables, words of two syllables, concepts. Asked once to find candidates, once
        to compare them, and again by whatever else a page says of the same need."""
        self._speller = speller_of(restorer)

    def _asks(self, text: str) -> list[Asked]:
        said = read(self._speller.put_right(text))
        readings = self._restorer.readings(said)
        telling = self._telling(said, readings)
        return [
            *self._syllables(said, readings, telling),
            *self._pairs(said, readings, telling),
            *self._concepts(said, readings),
        ]

    def _telling(self, said: Text, readings: list[Readings]) -> list[float]:
        """How much each syllable tells, before its rarity: little for words of every sentence or of every title."""
        parts = parse(said).parts
        telling = []
        for part, forms in zip(parts, readings, strict=True):
            plain = sum(p for form, p in forms.items() if plain_word(form))
            most = self._weights["frame"] if part in (Part.FRAME, Part.LINK, Part.HANDLING) else 1.0
            telling.append(plain * self._weights["plain"] + (1 - plain) * most)
        return telling

    def _syllables(self, said: Text, readings: list[Readings], telling: list[float]) -> Iterator[Asked]:
        seen: set[str] = set()
        for place, forms in enumerate(readings):
            if said.marked[place] in seen:
                continue
            seen.add(said.marked[place])
            marked = self._weights["marked"] * telling[place]
            bare = self._weights["bare"] * telling[place]
            terms = [(MARKED + form, marked * p) for form, p in forms.items()]
            yield Asked(said.marked[place], [*terms, (BARE + said.bare[place], bare)], (place,))

    def _pairs(self, said: Text, readings: list[Readings], telling: list[float]) -> Iterator[Asked]:
        for place in range(len(readings) - 1):
            weight = self._weights["pair"] * (telling[place] * telling[place + 1]) ** 0.5
            terms = [
                (f"{PAIR}{one} {two}", weight * p * q)
                for one, p in readings[place].items()
                for two, q in readings[place + 1].items()
                if p * q > 0.05
            ]
            if not said.has_accents:
                pair = f"{BARE_PAIR}{said.bare[place]} {said.bare[place + 1]}"
                terms.append((pair, weight * self._weights["bare_pair"]))
            yield Asked(" ".join(said.marked[place : place + 2]), terms, (place, place + 1))

    def _concepts(self, said: Text, readings: list[Readings]) -> Iterator[Asked]:
        told = self._thesaurus.told(said, lambda place, form: readings[place].get(form, 0.0))
        for one in told:
            weight = self._weights["concept"] * one.sure * _share(one, told, self._thesaurus)
            terms = [(f"{CONCEPT}{other}", weight * near) for other, near in self._thesaurus.near[one.concept].items()]
            yield Asked(_put(said, one.places), terms, one.places, one.concept)


def _put(said: Text, places: tuple[int, ...]) -> str:
    """The words at these places, with dots for what stands between them."""
    gaps = ("" if place == last + 1 else "… " for last, place in pairwise((places[0] - 1, *places)))
    return " ".join(gap + said.marked[place] for gap, place in zip(gaps, places, strict=True))


def _share(one: Told, told: list[Told], thesaurus: Thesaurus) -> float:
    """How likely a word of several meanings has this one here: more where what else is told of lies near it."""
    rivals = [other for other in told if other.places == one.places and _apart(one, other, thesaurus)]
    if len(rivals) == 1:
        return 1.0
    backed = {rival.concept: _backing(rival, told, thesaurus) for rival in rivals}
    return float((backed[one.concept] / max(backed.values())) ** 0.5)


def _apart(one: Told, other: Told, thesaurus: Thesaurus) -> bool:
    """Whether two meanings are rivals: short sight and eye diseases are meant together, silk and the fruit are not."""
    return one is other or other.concept not in thesaurus.near[one.concept]


def _backing(one: Told, told: list[Told], thesaurus: Thesaurus) -> float:
    near = thesaurus.near[one.concept]
    return 0.3 + sum(near.get(other.concept, 0.0) for other in told if other.places != one.places)
