"""What came of a need, as apps above tell it: stations after the proposal, and a part of the page of their own.

Registered at start-up, so that needs know nothing of orders and missions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from khue.accounts.models import User
from khue.core.river import RiverItem
from khue.needs.models import Need


@dataclass(frozen=True, slots=True)
class Outcome:
    """`template` is shown on the page of the need with `context` as `outcome`."""

    river: Sequence[RiverItem] = ()
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


Tell = Callable[[Need, User], Outcome]
_tellers: list[Tell] = []


def register(tell: Tell) -> None:
    """Once for each app that knows what comes of needs."""
    if tell not in _tellers:
        _tellers.append(tell)


def outcomes(need: Need, user: User) -> list[Outcome]:
    """What `user` may know of what came of `need`."""
    return [tell(need, user) for tell in _tellers]
