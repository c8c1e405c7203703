"""What could help with a problem told in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass

from khue.matching.ranking.reading import BARE, BARE_PAIR, CONCEPT, MARKED, PAIR
from khue.matching.ranking.restoring import Readings, Restorer
from khue.matching.ranking.thesaurus import Thesaurus
from khue.matching.ranking.title import Part, parse, plain_word
from khue.matching.ranking.words import Text, read


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a need asks for: terms any of which answers it; `said` is how it was put."""

    said: str
    terms: list[tuple[str, float]]
    best_of: bool
    start: int
    end: int
    concept: int | None = None


class Reader:
    """Turns a need into what it asks for."""

    def __init__(self, weights: dict[str, float], thesaurus: Thesaurus, restorer: Restorer) -> None:
        self._weights, self._thesaurus, self._restorer = weights, thesaurus, restorer

    def asks(self, text: str) -> list[Asked]:
        """All that `text` asks for: syllables, words of two syllables, concepts."""
        said = read(text)
        readings = self._readings(said)
        telling = self._telling(said, readings)
        return [
            *self._syllables(said, readings, telling),
            *self._pairs(said, readings, telling),
            *self._concepts(said, readings),
        ]

    def _readings(self, said: Text) -> list[Readings]:
        if said.has_accents:
            return [{marked: 1.0} for marked in said.marked]
        return self._restorer.readings(said)

    def _telling(self, said: Text, readings: list[Readings]) -> list[float]:
        """How much each syllable tells, before its rarity: little for words of every sentence or of every title."""
        parts = parse(said).parts
        telling = []
        for part, forms in zip(parts, readings, strict=True):
            plain = sum(p for form, p in forms.items() if plain_word(form))
            most = self._weights["frame"] if part in (Part.FRAME, Part.LINK) else 1.0
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
            yield Asked(said.marked[place], [*terms, (BARE + said.bare[place], bare)], False, place, place + 1)

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
                terms.append((f"{BARE_PAIR}{said.bare[place]} {said.bare[place + 1]}", weight * 0.3))
            yield Asked(" ".join(said.marked[place : place + 2]), terms, False, place, place + 2)

    def _concepts(self, said: Text, readings: list[Readings]) -> Iterator[Asked]:
        restored = said if said.has_accents else _most_likely(said, readings)
        for number, (sure, start, end) in self._thesaurus.told(restored).items():
            weight = self._weights["concept"] * sure
            terms = [(f"{CONCEPT}{other}", weight * near) for other, near in self._thesaurus.near[number].items()]
            yield Asked(" ".join(said.marked[start:end]), terms, True, start, end, number)


def _most_likely(said: Text, readings: list[Readings]) -> Text:
    best = tuple(max(forms, key=lambda form: forms[form]) for forms in readings)
    return Text(best, said.bare, said.proper)
