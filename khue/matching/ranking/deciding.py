"""From signals to a score and a band."""

import math
import tomllib
from functools import lru_cache
from pathlib import Path

from khue.matching.ranking.duplicate import Rarity, Side, signals
from khue.matching.ranking.record import Band

Weights = dict[str, dict[str, float]]
SAME_COUNTS = 0.8
"""The part of the score that tells the same from the related; the rest orders what is only related."""


@lru_cache(maxsize=1)
def weights() -> Weights:
    """How signals are weighed, by purpose."""
    return tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))


def decide(one: Side, other: Side, rarity: Rarity, chosen: Weights) -> tuple[float, Band]:
    """How near two titles are, 0 to 1, and the band: same, related, other."""
    found = signals(one, other, rarity)
    same, related = likelihood(found, chosen["duplicate-same"]), likelihood(found, chosen["duplicate-related"])
    score = round(SAME_COUNTS * same + (1 - SAME_COUNTS) * max(same, related), 4)
    edges = chosen["duplicate"]
    if same >= edges["same"]:
        return score, Band.SAME
    return score, Band.RELATED if max(same, related) >= edges["related"] else Band.OTHER


def likelihood(found: dict[str, float], chosen: dict[str, float]) -> float:
    """A logistic sum of signals."""
    total = chosen["bias"] + sum(weight * found[name] for name, weight in chosen.items() if name != "bias")
    return 1 / (1 + math.exp(-total))
