"""The problem as arrays, with what an officer settled by hand already taken out of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khue.councils.assigning.problem import Changes, Pair, Problem, Seat

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Kind:
    """Councils that ask for the same named roles; experts are alike to them when they can take the same of these."""

    councils: Integers
    roles: tuple[str, ...]
    patterns: tuple[tuple[str, ...], ...]
    """The roles that each class of experts can take; never empty."""
    class_of: Integers
    """The class of each expert, -1 for those who can only be members."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows are councils, columns experts."""

    affinity: Floats
    allowed: Flags
    size: Integers
    inside_room: Integers
    """Seats that experts of the department may take: the others wait for people from outside."""
    seats: tuple[dict[str, int], ...]
    kinds: tuple[Kind, ...]
    load: Integers
    inside: Flags
    unit: Integers
    """-1 where no quota binds."""
    same_unit: int | None
    same_unit_taken: Counter[tuple[int, int]]

    def unit_room(self, council: int, unit: int) -> int:
        """How many more of a unit a council may take."""
        return (self.same_unit or 0) - self.same_unit_taken[council, unit]


def tables(problem: Problem, changes: Changes) -> Tables:
    """Arrays of what is still to be decided."""
    row = {council.id: index for index, council in enumerate(problem.councils)}
    column = {expert.id: index for index, expert in enumerate(problem.experts)}
    seats = tuple(council.seats for council in problem.councils)
    load = np.array([min(expert.max_load, len(row)) for expert in problem.experts], dtype=np.int64)
    size = np.array([council.size for council in problem.councils], dtype=np.int64)
    room = size - np.array([council.min_outside for council in problem.councils], dtype=np.int64)
    inside = np.array([not expert.outside for expert in problem.experts], dtype=bool)
    unit = _units(problem)
    taken: Counter[tuple[int, int]] = Counter()
    for seat in changes.forced:
        council, expert = row[seat.council], column[seat.expert]
        seats[council][seat.role] -= 1
        load[expert] -= 1
        size[council] -= 1
        room[council] -= int(inside[expert])
        taken[council, int(unit[expert])] += 1
    kept = [(seat.council, seat.expert) for seat in changes.forced]
    barred = _mask([*problem.conflicts, *changes.forbidden, *kept], row, column)
    return Tables(
        affinity=_affinity(problem, row, column),
        allowed=~barred & (load > 0)[None, :] & (size > 0)[:, None],
        size=size,
        inside_room=room,
        seats=seats,
        kinds=_kinds(problem, seats),
        load=load,
        inside=inside,
        unit=unit,
        same_unit=problem.max_same_unit,
        same_unit_taken=taken,
    )


def mask_of(pairs: frozenset[Pair], problem: Problem) -> Flags:
    """Where the pairs are; those that the problem no longer has are left out."""
    row = {council.id: index for index, council in enumerate(problem.councils)}
    column = {expert.id: index for index, expert in enumerate(problem.experts)}
    known = [pair for pair in pairs if pair[0] in row and pair[1] in column]
    return _mask(known, row, column)


def pairs_of(mask: Flags, problem: Problem) -> list[Pair]:
    """The pairs that a mask marks."""
    return [(problem.councils[c].id, problem.experts[e].id) for c, e in np.argwhere(mask)]


def total_affinity(problem: Problem, seats: tuple[Seat, ...]) -> float:
    """The objective, to nine decimals: the sum over seats."""
    return round(float(sum(problem.affinity.get((seat.council, seat.expert), 0.0) for seat in seats)), 9)


def _mask(pairs: list[Pair], row: dict[str, int], column: dict[str, int]) -> Flags:
    mask = np.zeros((len(row), len(column)), dtype=bool)
    if pairs:
        mask[[row[council] for council, _ in pairs], [column[expert] for _, expert in pairs]] = True
    return mask


def _affinity(problem: Problem, row: dict[str, int], column: dict[str, int]) -> Floats:
    table = np.zeros((len(row), len(column)))
    if problem.affinity:
        rows = [row[council] for council, _ in problem.affinity]
        table[rows, [column[expert] for _, expert in problem.affinity]] = list(problem.affinity.values())
    return table


def _units(problem: Problem) -> Integers:
    number: dict[str, int] = {}
    for expert in problem.experts:
        if expert.unit is not None and problem.max_same_unit is not None:
            number.setdefault(expert.unit, len(number))
    return np.array(
        [-1 if expert.unit is None else number.get(expert.unit, -1) for expert in problem.experts], dtype=np.int64
    )


def _kinds(problem: Problem, seats: tuple[dict[str, int], ...]) -> tuple[Kind, ...]:
    alike: dict[tuple[str, ...], list[int]] = {}
    for index, council in enumerate(problem.councils):
        wanted = tuple(sorted(role for role in council.named if seats[index][role] > 0))
        alike.setdefault(wanted, []).append(index)
    return tuple(_kind(problem, roles, np.array(councils)) for roles, councils in alike.items())


def _kind(problem: Problem, roles: tuple[str, ...], councils: NDArray[Any]) -> Kind:
    classes: dict[tuple[str, ...], int] = {}
    class_of = np.full(len(problem.experts), -1, dtype=np.int64)
    for index, expert in enumerate(problem.experts):
        pattern = tuple(role for role in roles if role in expert.can)
        if pattern:
            class_of[index] = classes.setdefault(pattern, len(classes))
    return Kind(councils, roles, tuple(classes), class_of)
