"""A corpus held in memory, ranked whole."""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np

from khue.matching.ranking.counting import Wanted, counted
from khue.matching.ranking.deciding import Weights, decide, weights
from khue.matching.ranking.duplicate import Rarity, asks, side
from khue.matching.ranking.index import Index, Places, Scores
from khue.matching.ranking.meaning import meaning
from khue.matching.ranking.need import Asked, Reader
from khue.matching.ranking.reading import CONCEPT, Read, understand
from khue.matching.ranking.record import Band, Item, Purpose, Ranked
from khue.matching.ranking.restoring import Restorer, speech
from khue.matching.ranking.thesaurus import compounds, thesaurus
from khue.matching.ranking.things import things
from khue.matching.ranking.why import helps, same_and_other
from khue.matching.ranking.words import read

NEAR_IN_MEANING = "gần nghĩa, theo mô hình của nơi cài đặt"
COMPARED = 60
"""Candidates that are compared word by word for a duplicate."""
USUAL_RARITY, AS_MANY = 5.0, 100
"""A small corpus knows little of what is rare: it is counted as if so many more records held words so rare."""


def restorer(titles: Iterable[str]) -> Restorer:
    """What syllables without accents mean, learned from the thesaurus, from how people speak, and from titles."""
    return spoken().copy().learn(read(title) for title in titles)


@lru_cache(maxsize=1)
def spoken() -> Restorer:
    """What everybody knows: the thesaurus, and how people speak. Not to be taught more: copy it."""
    learned = Restorer().learn((read(phrase) for phrase in (*thesaurus().phrases(), *compounds())), times=2, sure=True)
    return learned.learn((read(phrase) for phrase in speech()), times=4, sure=True)


Known = tuple[Rarity, Restorer]


def sought(text: str, purpose: Purpose, known: Known) -> list[tuple[str, float]]:
    """Weighted terms by which an index of the whole finds candidates for `Corpus.rank`."""
    if purpose is Purpose.NEED:
        asked = _reader(known[1]).asks(text)
        return [term for one in asked for term in one.terms]
    return asks(side(understand(text), known[0]))


@lru_cache(maxsize=8)
def _reader(learned: Restorer) -> Reader:
    return Reader(weights()["need"], thesaurus(), learned)


class Corpus:
    """Items read once; each `rank` compares a text with all of them.

    Where the items are candidates out of a greater whole, `known` tells of the whole: how rare a term is, and what
    syllables without accents mean.
    """

    def __init__(self, items: Sequence[Item], chosen: Weights | None = None, known: Known | None = None) -> None:
        self.items = items
        self._weights = chosen or weights()
        self._reads = [understand(item.title) for item in items]
        self._known, self._chosen = known, chosen
        if known is None:
            self._index = self._indexed(None)

    def _indexed(self, wanted: Wanted | None) -> Index:
        need = self._weights["need"]
        index = Index(need["saturation"], need["length"], self._known[0] if self._known else None)
        summaries = [understand(item.summary) for item in self.items]
        if wanted is not None and self.items:
            return index.take(wanted.counted(self._reads, summaries, need))
        for title, summary in zip(self._reads, summaries, strict=True):
            index.add(*counted(title, summary, need))
        return index

    def rank(self, text: str, purpose: Purpose, top: int, *, compared: int = COMPARED) -> list[Ranked]:
        """The nearest `top` items, best first; items that share nothing with `text` are left out. For a duplicate,
        the `compared` most hopeful are compared word by word."""
        if purpose is Purpose.NEED:
            asked = self._reader.asks(text)
            self._look_for(term for one in asked for term, _weight in one.terms)
            return self._helping(text, asked, top)
        return self._duplicates(text, top, compared)

    def _look_for(self, asked: Iterable[str]) -> None:
        """Candidates are asked about once, and indexed by what they are asked for alone."""
        if self._known is not None:
            self._index = self._indexed(Wanted.of(asked))

    @cached_property
    def _reader(self) -> Reader:
        """Of what is known of the whole, else of what these items teach."""
        if self._known and self._chosen is None:
            return _reader(self._known[1])
        learned = self._known[1] if self._known else restorer(item.title for item in self.items)
        return Reader(self._weights["need"], thesaurus(), learned)

    def _helping(self, text: str, asked: list[Asked], top: int) -> list[Ranked]:
        need = self._weights["need"]
        parts = self._parts(asked, need["again"])
        total = answered(asked, parts, len(self.items), need) * self._on_the_thing(asked)
        most = float(answered(asked, [np.array([self._most(one)]) for one in asked], 1, need)[0]) or 1.0
        meant = self._meant(text, float(total.max(initial=0.0)) or most)
        ranked = [self._helps(place, total + meant, most, asked, parts) for place in _best(total + meant, top)]
        for one in ranked:
            if meant[one.position] > total[one.position]:
                one.why.append(NEAR_IN_MEANING)
        return ranked

    def _parts(self, asked: list[Asked], again: float) -> list[Scores]:
        """How far each record answers to each thing asked for."""
        parts = [np.zeros(0) if one.best_of else self._index.scores(one.terms) for one in asked]
        meant = [number for number, one in enumerate(asked) if one.best_of]
        found = [self._index.best(asked[number].terms) for number in meant]
        names = [np.array([*(int(term[1:]) for term, _ in asked[number].terms), -1]) for number in meant]
        said = [name[which] for name, (_, which) in zip(names, found, strict=True)]
        told = once([asked[number].places for number in meant], [best for best, _ in found], said, again)
        for number, part in zip(meant, told, strict=True):
            parts[number] = part
        return parts

    def _on_the_thing(self, asked: list[Asked]) -> Scores:
        """What is left of the answer of each record: less where it is on things of another line than what is asked."""
        need, known = self._weights["need"], things()
        told = known.all.intersection(one.concept for one in asked if one.concept is not None)
        line, akin = known.of_one_line(told), known.akin(told)
        on_any, left = np.zeros(len(self.items), dtype=bool), np.zeros(len(self.items))
        for number in known.all:
            if (where := self._index.where(f"{CONCEPT}{number}")) is not None:
                near = 1.0 if number in line else need["akin_thing"] if number in akin else need["other_thing"]
                on_any[where], left[where] = True, np.maximum(left[where], near)
        return np.where(on_any, left if told else need["unasked_thing"], 1.0)

    def _meant(self, text: str, best: float) -> Scores:
        """What a site's own model of sentences adds, where it has one; the best answer by words scores `best`."""
        model = meaning()
        if model is None or not self.items or not text.strip():
            return np.zeros(len(self.items))
        alike = model.alike(text, [item.title for item in self.items])
        return self._weights["need"]["meaning"] * best * alike

    def _most(self, one: Asked) -> float:
        """The most that a record could score on one thing asked for."""
        scores = [weight * self._index.rarity(term) for term, weight in one.terms]
        return max(scores, default=0.0) if one.best_of else sum(scores)

    def _helps(self, place: int, total: Scores, most: float, asked: list[Asked], parts: list[Scores]) -> Ranked:
        score = min(1.0, float(total[place]) / most)
        need = self._weights["need"]
        band = Band.SAME if score >= need["same"] else Band.RELATED if score >= need["related"] else Band.OTHER
        worth = [float(part[place]) for part in parts]
        return Ranked(place, round(score, 4), band, helps(asked, worth, self._reads[place]))

    def _duplicates(self, text: str, top: int, compared: int) -> list[Ranked]:
        asked = asks(side(understand(text), self._rarity))
        self._look_for(term for term, _weight in asked)
        rough = self._index.scores(asked)
        near = _best(rough, max(compared, top))
        return compare(text, [(place, self._reads[place]) for place in near], self._rarity, top, self._weights)

    def _rarity(self, term: str) -> float:
        if self._known:
            return self._known[0](term)
        known = len(self.items)
        return (known * self._index.rarity(term) + AS_MANY * USUAL_RARITY) / (known + AS_MANY)


def answered(asked: list[Asked], parts: list[Scores], size: int, need: dict[str, float]) -> Scores:
    """How far records answer to all that is asked for, place by place in the need.

    Each place counts by its words or by its concepts, whichever a record answers better, and in part by the other.
    """
    length = 1 + max((place for one in asked for place in one.places), default=-1)
    words, meant = np.zeros((length, size)), np.zeros((length, size))
    for one, part in zip(asked, parts, strict=True):
        share = part / len(one.places)
        for place in one.places:
            if one.concept is None:
                words[place] += share
            else:
                np.maximum(meant[place], share, out=meant[place])
    both = np.maximum(words, meant) + need["both"] * np.minimum(words, meant)
    total: Scores = both.sum(axis=0)
    return total


def once(places: list[tuple[int, ...]], parts: list[Scores], said: list[Places], again: float) -> list[Scores]:
    """What a record says by one concept (`said`) answers one thing that is asked for, the one it answers best; to other
    things asked elsewhere in the text it answers only in part, `again`: two words on saving a breed are one wish."""
    if len(parts) < 2:
        return parts
    worth, by = np.array(parts), np.array(said)
    which, record = np.nonzero(worth > 0)
    order = np.lexsort((-worth[which, record], by[which, record], record))
    which, record = which[order], record[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (record[1:] != record[:-1]) | (by[which[1:], record[1:]] != by[which[:-1], record[:-1]])
    first = which[np.maximum.accumulate(np.where(new, np.arange(len(new)), 0))]
    apart = np.array([[set(one).isdisjoint(other) for other in places] for one in places])
    repeated = ~new & apart[which, first]
    worth[which[repeated], record[repeated]] *= again
    return list(worth)


def compare(
    text: str, candidates: Iterable[tuple[int, Read]], rarity: Rarity, top: int, chosen: Weights | None = None
) -> list[Ranked]:
    """The candidates nearest to saying the same as `text`, each compared word by word and explained."""
    asked, used = side(understand(text), rarity), chosen or weights()
    ranked = []
    for place, read_ in candidates:
        score, band = decide(asked, side(read_, rarity), rarity, used)
        ranked.append((Ranked(place, score, band), read_))
    ranked.sort(key=lambda one: -one[0].score)
    for one, read_ in ranked[:top]:
        one.why.extend(same_and_other(asked.read, read_))
    return [one for one, _ in ranked[:top]]


def _best(scores: Scores, top: int) -> list[int]:
    """Places of the highest scores above zero, best first, earlier places first among equals."""
    found = np.flatnonzero(scores > 0)
    return [int(place) for place in found[np.lexsort((found, -scores[found]))][:top]]
