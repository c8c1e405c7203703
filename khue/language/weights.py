"""Learned weights of signs: their sum says how likely a clause is what is looked for."""

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from math import exp

_WORD = re.compile(r"[^\W\d_]+|[“”\":!?%]")
BASE = "(base)"
"""The weight that every clause has."""


def weights(name: str) -> dict[str, float]:
    """The weights in `data/<name>.tsv`, made by `khue.language.training`."""
    lines = (files("khue.language") / "data" / f"{name}.tsv").read_text("utf-8").splitlines()
    return {sign: float(weight) for sign, weight in (line.split("\t") for line in lines)}


def likelihood(signs: Iterable[str], learned: Mapping[str, float]) -> float:
    """How likely a clause with these signs is what the weights were learned for, from 0 to 1."""
    total = learned.get(BASE, 0.0) + sum(learned.get(sign, 0.0) for sign in signs)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def common_words(words: str) -> list[str]:
    """The words in small letters, without the names in them; the first counts in any case."""
    return [
        word.lower()
        for at, word in enumerate(_WORD.findall(words))
        if not at or word.isupper() or not word[0].isupper()
    ]
