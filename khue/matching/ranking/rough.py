"""Thousands of titles compared with one at once, roughly: which of them are worth comparing word by word.

The signals are those of `duplicate`, in columns. Only what stands in the place of what is guessed: a title's words in
order would have to be laid against the other's, one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khue.matching.ranking.compact import Batch, Vocabulary
from khue.matching.ranking.deciding import SAME_COUNTS, Weights
from khue.matching.ranking.duplicate import A_WORD, FRAME_SWAPPED, KIN, MEANT, PASSED, SPELT_OTHERWISE, TELLS, Side
from khue.matching.ranking.swapping import Line, swapped
from khue.matching.ranking.thesaurus import thesaurus
from khue.matching.ranking.title import Part

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
_TELLS = np.array([TELLS[part] for part in sorted(Part)])
_TELLING = np.array([part not in PASSED and TELLS[part] > 0 for part in sorted(Part)])


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of all titles: their words, what each word and each concept tells."""

    vocabulary: Vocabulary
    bare: Numbers
    words: Callable[[Numbers], Floats]
    concepts: Callable[[Numbers], Floats]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The title asked about: its words, each once, with all they tell together."""

    said: Numbers
    said_bare: Numbers
    """All its words, those that tell nothing too."""
    words: Numbers
    bare: Numbers
    weights: Floats
    telling: NDArray[np.bool_]
    concepts: Numbers
    inside: NDArray[np.bool_]
    """Which words name which of the concepts."""
    pairs: Numbers
    pair_weights: Floats


def nearest(asked: Side, batch: Batch, whole: Whole, chosen: Weights, limit: int) -> Numbers:
    """The places in the batch of those worth comparing word by word: the nearest, and some that may be near at best."""
    probable, hopeful = signals(asked, batch, whole)
    first = np.argsort(-scores(probable, chosen), kind="stable")[: limit - limit // 3]
    others = np.argsort(-scores(hopeful, chosen), kind="stable")[:limit]
    return np.concatenate([first, others[~np.isin(others, first)][: limit // 3]])


def scores(found: dict[str, Floats], chosen: Weights) -> Floats:
    """How near titles are by their signals, 0 to 1: about what `deciding.decide` would say."""
    same, related = likely(found, chosen["duplicate-same"]), likely(found, chosen["duplicate-related"])
    return SAME_COUNTS * same + (1 - SAME_COUNTS) * np.maximum(same, related)


def signals(side: Side, batch: Batch, whole: Whole) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """What `duplicate.signals` tells, for each title of the batch: as it is likely, and at best."""
    asked, weights = _asked(side, whole), whole.words(batch.words) * _TELLS[batch.parts]
    bare, total = whole.bare[batch.words], np.bincount(batch.of, weights, batch.size) + 1e-9
    marked_at, bare_at = _places(asked.words, batch.words, len(whole.bare)), _places(asked.bare, bare, len(whole.bare))
    accents = np.bincount(batch.of, bare != batch.words, batch.size) > 0
    spelt = np.where(accents & side.read.text.has_accents, SPELT_OTHERWISE * 0.5, 1.0)
    here = np.isin(batch.concepts, asked.concepts)
    said, said_bare = np.isin(batch.words, asked.said), np.isin(bare, asked.said_bare)
    met, kin_met, kin_here = _concepts_met(batch, here, asked)
    named = np.maximum(_named(batch, here) * MEANT, _named(batch, kin_here & ~here) * MEANT * KIN)
    theirs = np.maximum.reduce([said, said_bare * spelt[batch.of], named])
    share_other = np.bincount(batch.of, theirs * weights, batch.size) / total
    mine_marked = _met(batch, marked_at, len(asked.words))[:, _first(asked.words)]
    mine_bare = _met(batch, bare_at, len(asked.words))[:, _first(asked.bare)]
    mine_named = np.maximum((met @ asked.inside.T > 0) * MEANT, (kin_met @ asked.inside.T > 0) * MEANT * KIN)
    mine = np.maximum.reduce([mine_marked, mine_bare * spelt[:, None], mine_named])
    share_one = mine @ asked.weights / side.whole
    common = {
        "covers": np.minimum(share_one, share_other),
        "contains": np.maximum(share_one, share_other),
        "pairs": _pairs(asked, batch, bare, weights, len(whole.bare)),
        "elsewhere": _elsewhere(side, batch, whole),
        "topic": _topic(asked, batch, here, whole),
    }
    least = np.minimum(side.whole, total)
    likely, hopeful = (
        common | {"swapped": np.minimum(1.0, held / least), "another": 1 - np.exp(-held / A_WORD)}
        for held in _swapped(side, asked, batch, bare, np.where(named > 0, 0.0, weights), mine_named > 0)
    )
    return likely, hopeful


def _asked(side: Side, whole: Whole) -> _Asked:
    said, said_bare = _numbers(side.read.text.marked, whole), _numbers(side.read.text.bare, whole)
    spots = np.array(side.spots, dtype=np.int64)
    own, bare = said[spots], said_bare[spots]
    weights = np.array(side.weights)
    telling = np.array([_TELLING[side.read.title.parts[spot]] for spot in side.spots], dtype=bool)
    concepts = list(side.read.concepts.items())
    inside = np.array([[start <= spot < end for _, (_, start, end) in concepts] for spot in side.spots], dtype=bool)
    keys = bare[:-1] * len(whole.bare) + bare[1:]
    keys = np.where((bare[:-1] < 0) | (bare[1:] < 0), -1, keys)
    pairs, at = np.unique(keys, return_inverse=True)
    pair_weights = np.bincount(at, np.sqrt(weights[:-1] * weights[1:]), len(pairs))
    named = np.array([number for number, _ in concepts], dtype=np.int64)
    inside = inside.reshape(len(own), len(concepts))
    return _Asked(said, said_bare, own, bare, weights, telling, named, inside, pairs, pair_weights.astype(float))


def _numbers(words: tuple[str, ...], whole: Whole) -> Numbers:
    """Numbers of words; -1 for one that no title has, which nothing meets."""
    known = (whole.vocabulary.known(word) for word in words)
    return np.array([-1 if number is None else number for number in known], dtype=np.int64)


def _places(asked: Numbers, words: Numbers, size: int) -> Numbers:
    """For each word the place where it is first asked for, or -1."""
    table = np.full(size, -1, dtype=np.int64)
    known = np.flatnonzero(asked >= 0)[::-1]
    table[asked[known]] = known
    return table[words]


def _first(asked: Numbers) -> Numbers:
    """For each word asked for the first place where the same is."""
    order: dict[int, int] = {}
    return np.array([order.setdefault(int(word), place) for place, word in enumerate(asked)], dtype=np.int64)


def _met(batch: Batch, at: Numbers, size: int) -> NDArray[np.bool_]:
    """Which titles have which of the words asked for; a word said twice only at its first place."""
    found = np.zeros((batch.size, size), dtype=bool)
    there = at >= 0
    found[batch.of[there], at[there]] = True
    return found


def _named(batch: Batch, here: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which words of the titles name a concept that is asked for."""
    steps = np.zeros(len(batch.words) + 1, dtype=np.int64)
    begins = batch.begins[batch.concept_of[here]]
    np.add.at(steps, begins + batch.starts[here], 1)
    np.add.at(steps, begins + batch.ends[here], -1)
    return np.cumsum(steps)[:-1] > 0


def _concepts_met(
    batch: Batch, here: NDArray[np.bool_], asked: _Asked
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Which titles name which of the concepts asked for; which name a kin of one that they do not name themselves;
    and which concepts of the titles are such kin of one that they do not name."""
    met, kin_met = np.zeros((2, batch.size, len(asked.concepts)), dtype=np.int64)
    if not len(asked.concepts):
        return met, kin_met, np.zeros(len(here), dtype=bool)
    order = np.argsort(asked.concepts)
    place = order[np.searchsorted(asked.concepts, batch.concepts[here], sorter=order)]
    met[batch.concept_of[here], place] = 1
    kins, of_kin = _kins(asked)
    at = np.minimum(np.searchsorted(kins, batch.concepts), max(len(kins) - 1, 0))
    there = np.flatnonzero(kins[at] == batch.concepts) if len(kins) else np.zeros(0, dtype=np.int64)
    open_ = of_kin[at[there]] & (met[batch.concept_of[there]] == 0)
    np.add.at(kin_met, batch.concept_of[there], open_)
    kin_here = np.zeros(len(here), dtype=bool)
    kin_here[there] = open_.any(axis=1)
    return met, kin_met, kin_here


def _kins(asked: _Asked) -> tuple[Numbers, NDArray[np.bool_]]:
    """Concepts just above or below those asked for that are not asked for themselves, and of which they are."""
    kin = thesaurus().kin
    wanted = [int(number) for number in asked.concepts]
    kins = sorted({other for number in wanted for other in kin[number]} - set(wanted))
    table = np.array([[other in kin[number] for number in wanted] for other in kins], dtype=bool)
    return np.array(kins, dtype=np.int64), table.reshape(len(kins), len(wanted))


def _pairs(asked: _Asked, batch: Batch, bare: Numbers, weights: Floats, size: int) -> Floats:
    kept = np.flatnonzero(_TELLS[batch.parts] > 0)
    first, second = kept[:-1], kept[1:]
    beside = batch.of[first] == batch.of[second]
    first, second = first[beside], second[beside]
    worth, of = np.sqrt(weights[first] * weights[second]), batch.of[first]
    whole = np.bincount(of, worth, batch.size) + asked.pair_weights.sum()
    if not len(asked.pairs):
        return np.zeros(batch.size)
    keys = bare[first] * size + bare[second]
    at = np.minimum(np.searchsorted(asked.pairs, keys), len(asked.pairs) - 1)
    shared = np.where(asked.pairs[at] == keys, np.minimum(worth, asked.pair_weights[at]), 0.0)
    both: Floats = 2 * np.bincount(of, shared, batch.size) / (whole + 1e-9)
    return both


def _swapped(
    side: Side, asked: _Asked, batch: Batch, bare: Numbers, weights: Floats, meant: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    kept = _TELLING[batch.parts]
    inside = weights * np.where((batch.parts == Part.FRAME) & _named_before(batch), FRAME_SWAPPED, 1.0)
    others = Line(bare[kept], inside[kept])
    parts = np.array([side.read.title.parts[spot] for spot in side.spots], dtype=np.int64)
    named = np.cumsum(parts == Part.OBJECT) > 0
    worth = asked.weights * np.where((parts == Part.FRAME) & named, FRAME_SWAPPED, 1.0)
    mine = Line(asked.bare[asked.telling], worth[asked.telling])
    return swapped(mine, others, batch.of[kept], meant[:, asked.telling])


def _named_before(batch: Batch) -> NDArray[np.bool_]:
    """Whether the object was named in the title up to each word."""
    objects = np.cumsum(batch.parts == Part.OBJECT)
    before = np.where(batch.begins > 0, objects[np.maximum(batch.begins, 1) - 1], 0) if batch.size else objects
    return objects - before[batch.of] > 0


def _elsewhere(side: Side, batch: Batch, whole: Whole) -> Floats:
    places = [n for place in side.read.title.places if (n := whole.vocabulary.known(place)) is not None]
    shared = np.bincount(batch.place_of, np.isin(batch.places, places), batch.size)
    theirs, mine = np.bincount(batch.place_of, minlength=batch.size), len(side.read.title.places)
    return ((theirs > 0) & (mine > 0) & (shared < np.minimum(theirs, mine))).astype(float)


def _topic(asked: _Asked, batch: Batch, here: NDArray[np.bool_], whole: Whole) -> Floats:
    tells = whole.concepts(batch.concepts)
    shared = np.bincount(batch.concept_of, tells * here, batch.size)
    every = np.bincount(batch.concept_of, tells, batch.size) + whole.concepts(asked.concepts).sum() - shared
    share: Floats = np.divide(shared, every, out=np.zeros(batch.size), where=every > 0)
    return share


def likely(found: dict[str, Floats], chosen: dict[str, float]) -> Floats:
    """The logistic sum of the signals that are known here."""
    total = chosen["bias"] + sum(weight * found[name] for name, weight in chosen.items() if name in found)
    likelihood: Floats = 1 / (1 + np.exp(-np.asarray(total)))
    return likelihood
