"""Learns the weights by which clauses are found that no rule knows, from annotated papers, which are kept nowhere.

`python -m khue.language.training overlooked [--further] FOLDER… > overlooked.tsv`, and the same with `unheard`:
each folder holds pairs `x.txt` and `x.json` in the shape of `khue extract` (its `petitions` and `directives`; spans
under `optional` are left out of the learning).
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from khue.language import overlooked
from khue.language.directives.reader import Reader
from khue.language.extract import reader_of
from khue.language.reading import read
from khue.language.structure import Span
from khue.language.structure import read as page_of
from khue.language.weights import BASE, likelihood
from khue.language.weights import weights as weights_of

Example = tuple[frozenset[str], bool]
_FURTHER = "--further"
_ROUNDS = 150
_PACE = 0.25
"""How far a weight moves for one example in the first round."""
_SHARE = 0.25
"""How far the weight of a sign moves, of the way of the base: an example has some fifty signs."""
_SHRINK = 0.16
"""What share of each weight a round takes away: rare signs weigh little."""
_RARE = 3
"""In fewer examples than this, a sign is no sign."""
_SMALL = 0.02


def _petitions(reader: Reader) -> Iterator[tuple[Span, frozenset[str]]]:
    if reader.press:
        for _, span, signs in overlooked.clauses(reader.page, reader.sentences):
            yield span, frozenset(signs)


def _directives(reader: Reader) -> Iterator[tuple[Span, frozenset[str]]]:
    for clause in reader.unheard.clauses(reader.sentences, reader.given):
        yield clause.span, clause.signs


_KINDS: dict[str, tuple[str, Callable[[Reader], Iterator[tuple[Span, frozenset[str]]]]]] = {
    "overlooked": ("petitions", _petitions),
    "unheard": ("directives", _directives),
}
"""By the name of the weights: what is sought in an annotation, and the clauses of a paper with their signs."""


def examples(folder: Path, name: str) -> Iterator[Example]:
    """The clauses of every paper in a folder, each with whether it is what the weights are learned for."""
    key, clauses = _KINDS[name]
    for gold in sorted(folder.glob("*.json")):
        told = json.loads(gold.read_text("utf-8"))
        reader, body = reader_of(page_of(read(gold.with_suffix(".txt"))))
        reader.follow(body)
        sought = [(one["start"], one["end"]) for one in told[key]]
        unsure = [(one["start"], one["end"]) for one in told.get("optional", [])]
        for span, signs in clauses(reader):
            found = any(_same(span, one) for one in sought)
            if found or not any(_same(span, one) for one in unsure):
                yield signs, found


def _same(one: Span, other: Span) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared * 2 >= min(one[1] - one[0], other[1] - other[0])


def learn(given: Sequence[Example], before: Mapping[str, float] = MappingProxyType({})) -> dict[str, float]:
    """Weights by which the likelihood of each example comes near to what it is (logistic regression, shrunk).

    They leave those learned `before`, from papers no longer at hand, only as far as the examples ask for it."""
    often = Counter(sign for signs, _ in given for sign in signs)
    signs_kept = (sign for sign, count in often.items() if count >= _RARE)
    weights = dict.fromkeys(signs_kept, 0.0) | {BASE: 0.0} | dict(before)
    kept = [([sign for sign in signs if sign in weights], found) for signs, found in given]
    for turn in range(_ROUNDS):
        pace = _PACE / (1 + turn / 10)
        for signs, found in kept:
            error = pace * (found - likelihood(set(signs), weights))
            weights[BASE] += error
            for sign in signs:
                weights[sign] += error * _SHARE
        shrink = _SHRINK * pace
        weights = {
            sign: weight if sign == BASE else weight + shrink * (before.get(sign, 0.0) - weight)
            for sign, weight in weights.items()
        }
    return {sign: weight for sign, weight in weights.items() if abs(weight) >= _SMALL}


def main(name: str, folders: list[str]) -> None:
    """Write the weights of this name learned from the folders, one a line; `--further` goes on from those in place."""
    before = weights_of(name) if _FURTHER in folders else {}
    given = [one for folder in folders if folder != _FURTHER for one in examples(Path(folder), name)]
    for sign, weight in sorted(learn(given, before).items()):
        sys.stdout.write(f"{sign}\t{weight:.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
