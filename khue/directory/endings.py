"""When a unit ends, the apps above may have to act in the same transaction: memberships close, work is handed over."""

from collections.abc import Callable, Sequence
from datetime import date

from khue.core.actors import Actor
from khue.directory.models import Unit

Heed = Callable[[Unit, date, Sequence[Unit], Actor], None]
_heeding: list[Heed] = []


def register(heed: Heed) -> None:
    """Let `heed(unit, on, successors, by)` run when a unit ends; `on` is the first day of the successors."""
    if heed not in _heeding:
        _heeding.append(heed)


def tell(unit: Unit, on: date, successors: Sequence[Unit], by: Actor) -> None:
    """Run all that registered."""
    for heed in _heeding:
        heed(unit, on, successors, by)
