"""Learned weights of signs: their sum says how likely a clause is what is looked for."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from importlib.resources import files
from itertools import repeat
from math import exp

from khue.language.structure import Span

_WORD = re.compile(r"[^\W\d_]+|[“”\":!?%]")
BASE = "(base)"
"""The weight that every clause has."""


def weights(name: str) -> dict[str, float]:
    """The weights in `data/<name>.tsv`, made by `khue.language.training`."""
    lines = (files("khue.language") / "data" / f"{name}.tsv").read_text("utf-8").splitlines()
    return {sign: float(weight) for sign, weight in (line.split("\t") for line in lines)}


def likelihood(signs: Iterable[str], learned: Mapping[str, float]) -> float:
    """How likely a clause with these signs is what the weights were learned for, from 0 to 1."""
    total = learned.get(BASE, 0.0) + sum(map(learned.get, signs, repeat(0.0)))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def common_words(words: str) -> list[str]:
    """The words in small letters, without the names in them; the first counts in any case."""
    found = _WORD.findall(words)
    common = [word.lower() for word in found[1:] if word.islower() or word.isupper() or not word[0].isupper()]
    return [found[0].lower(), *common] if found else []


class Judged:
    """Clauses, which do not overlap, each with its likelihood."""

    def __init__(self, judged: Iterable[tuple[Span, float]]) -> None:
        self._judged = sorted(judged)
        self._ends = [end for (_, end), _ in self._judged]

    def highest(self, start: int, end: int) -> float | None:
        """The highest likelihood of the clauses that overlap a passage; `None` where none does."""
        best: float | None = None
        for at in range(bisect_right(self._ends, start), len(self._judged)):
            (begin, _), likely = self._judged[at]
            if begin >= end:
                break
            best = likely if best is None else max(best, likely)
        return best
