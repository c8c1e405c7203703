"""A corpus held in memory, ranked whole."""

import math
from collections import Counter
from collections.abc import Sequence

from khue.matching.ranking.record import Band, Item, Purpose, Ranked
from khue.matching.ranking.words import Text, read

K1, B = 1.2, 0.75
SAME, RELATED = 0.72, 0.25


class Corpus:
    """Items read once; each `rank` compares a text with all of them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._texts = [read(f"{item.title} {item.summary}") for item in items]
        self._counts = [Counter(text.bare) for text in self._texts]
        self._often = Counter(word for counts in self._counts for word in counts)
        self._mean = sum(len(text.bare) for text in self._texts) / max(1, len(items)) or 1.0

    def rank(self, text: str, purpose: Purpose, top: int) -> list[Ranked]:  # noqa: ARG002
        """The nearest `top` items, best first; items that share nothing with `text` are left out."""
        query = read(text)
        weights = {word: self._weight(word) for word in set(query.bare)}
        whole = sum(weights.values()) or 1.0
        ranked = [self._ranked(position, query, weights, whole) for position in range(len(self.items))]
        shared = [one for one in ranked if one.score > 0]
        return sorted(shared, key=lambda one: (-one.score, one.position))[:top]

    def _weight(self, word: str) -> float:
        often = self._often[word]
        return math.log(1 + (len(self.items) - often + 0.5) / (often + 0.5))

    def _ranked(self, position: int, query: Text, weights: dict[str, float], whole: float) -> Ranked:
        counts, length = self._counts[position], len(self._texts[position].bare)
        score, shared = 0.0, []
        for word, weight in weights.items():
            if times := counts.get(word, 0):
                score += weight * times * (K1 + 1) / (times + K1 * (1 - B + B * length / self._mean))
                shared.append(word)
        score = min(1.0, score / whole / 1.6)
        band = Band.SAME if score >= SAME else Band.RELATED if score >= RELATED else Band.OTHER
        shown = dict.fromkeys(mark for mark, bare in zip(query.marked, query.bare, strict=True) if bare in shared)
        return Ranked(position, score, band, list(shown)[:6])
