"""Records that can be made one: the app that owns a kind says how; of other kinds it is only kept that they are one."""

from collections.abc import Callable
from dataclasses import dataclass

from khue.accounts.models import User


@dataclass(frozen=True, slots=True)
class Merger:
    """How records of a kind are merged.

    `merge(pk, into, reasons, by)` merges one into another, or raises Refused; `is_merged(pk, other)` tells whether one
    of the two went into the other.
    """

    merge: Callable[[int, int, str, User], None]
    is_merged: Callable[[int, int], bool]


_mergers: dict[str, Merger] = {}


def register(kind: str, merger: Merger) -> None:
    """Let records of a kind be merged. Raises ValueError when they can be already."""
    if _mergers.setdefault(kind, merger) is not merger:
        raise ValueError(f"merging of {kind} is registered twice")


def merger_of(one: tuple[str, int], other: tuple[str, int]) -> Merger | None:
    """How these two are merged; None where they are not of one kind, or cannot be."""
    return _mergers.get(one[0]) if one[0] == other[0] else None
