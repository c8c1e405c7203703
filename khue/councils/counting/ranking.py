"""Who is first among applications that reached the threshold, and what breaks a tie (Circular 20/2023, article 12)."""

from collections.abc import Callable, Mapping, Sequence
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
    """A place in the ranking. `by` names what decided against those of the same points: `points` when there are none,
    one of the tie breakers, or `tie` when nothing does and the council must decide."""

    dossier: str
    place: int
    by: str


BREAKERS: Mapping[str, Callable[[Contender], Decimal]] = {
    "state-budget": lambda one: Decimal(one.state_money),
    "excellent": lambda one: Decimal(not one.excellent),
    "plan-capacity": lambda one: -one.key_points,
}
"""What can break a tie, by the names of the shelf; the lower value comes first."""


def rank(contenders: Sequence[Contender], ties: Sequence[str] = ()) -> list[Ranked]:
    """Places from 1, best first; those that did not reach the threshold are left out. `ties` names the breakers in
    the order in which they are asked; who is equal in all of them shares a place. Raises KeyError for an unknown one.
    """

    def key(one: Contender) -> tuple[Decimal, ...]:
        return -one.final, *(BREAKERS[name](one) for name in ties)

    order = sorted((one for one in contenders if one.reached), key=key)
    places: list[Ranked] = []
    for _key_of_group, group in groupby(order, key=key):
        same = list(group)
        place = len(places) + 1
        places += [Ranked(one.dossier, place, _by(one, order, ties)) for one in same]
    return places


def _by(one: Contender, others: Sequence[Contender], ties: Sequence[str]) -> str:
    """The furthest breaker that had to be asked to tell it from others of the same points."""
    deepest = 0
    for other in others:
        if other is one or other.final != one.final:
            continue
        told = (n for n, name in enumerate(ties, 1) if BREAKERS[name](one) != BREAKERS[name](other))
        deepest = max(deepest, next(told, len(ties) + 1))
    return ("points", *ties, "tie")[deepest]
