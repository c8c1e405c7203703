"""Whether enough, and the right, members are there."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Attendance:
    """A seat: its role, whether its member is there, and whether a vice-chair holds the chair's written authority."""

    role: str
    present: bool
    authorised: bool = False


@dataclass(frozen=True, slots=True)
class QuorumRules:
    """At least `share` of all seats; every seat whose role is in `must` (an authorised vice-chair stands in for the
    chair)."""

    share: Fraction
    must: tuple[str, ...]


def needed_for_quorum(seats: int, rules: QuorumRules) -> int:
    """How many of `seats` members have to be there."""
    return math.ceil(rules.share * seats)


def missing_for_quorum(seats: Sequence[Attendance], rules: QuorumRules) -> dict[str, int]:
    """What is missing: role -> how many, `members` for the share. Empty when the meeting may begin."""
    present = sum(seat.present for seat in seats)
    needed = needed_for_quorum(len(seats), rules)
    missing = {"members": needed - present} if present < needed or not seats else {}
    for role in rules.must:
        absent = sum(seat.role == role and not seat.present for seat in seats)
        seated = any(seat.role == role for seat in seats)
        if role == "chair" and _authorised(seats):
            continue
        if absent or not seated:
            missing[role] = max(absent, 1)
    return missing


def _authorised(seats: Sequence[Attendance]) -> bool:
    return any(seat.role == "vice-chair" and seat.present and seat.authorised for seat in seats)
