"""Who is first among applications that reached the threshold, and what breaks a tie (Circular 20/2023, article 12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Contender:
    """What ranking looks at. `state_money` in đồng; `excellent` tells of a mission rated excellent in the years that
    the rules look back; `key_points` are those for content or plan, and capacity."""

    dossier: str
    final: Decimal
    reached: bool
    state_money: int
    excellent: bool
    key_points: Decimal


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in the ranking. `by` names what decided against those of the same points: `points`, `state-money`,
    `excellent`, `key-points`, or `tie` when nothing does and the council must decide."""

    dossier: str
    place: int
    by: str


def rank(contenders: Sequence[Contender]) -> list[Ranked]:
    """Places from 1, best first; those that did not reach the threshold are left out. Equals share a place."""
    order = sorted((one for one in contenders if one.reached), key=_key)
    places: list[Ranked] = []
    for _key_of_group, group in groupby(order, key=_key):
        same = list(group)
        place = len(places) + 1
        places += [Ranked(one.dossier, place, _by(one, order)) for one in same]
    return places


def _key(one: Contender) -> tuple[Decimal, int, bool, Decimal]:
    return -one.final, one.state_money, not one.excellent, -one.key_points


STEPS = ("state-money", "excellent", "key-points")


def _by(one: Contender, others: Sequence[Contender]) -> str:
    """The furthest step that had to be looked at to tell it from its neighbours of the same points."""
    deepest = 0
    for other in others:
        if other is one or other.final != one.final:
            continue
        pairs = zip(_key(one)[1:], _key(other)[1:], strict=True)
        deepest = max(deepest, next((step for step, (a, b) in enumerate(pairs, 1) if a != b), len(STEPS) + 1))
    return ("points", *STEPS, "tie")[deepest]
