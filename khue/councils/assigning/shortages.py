"""Which seats stayed empty, and why: each person who could take one is counted under the first thing in the way."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from khue.councils.assigning.problem import (
    MEMBER,
    Changes,
    Council,
    Expert,
    Pair,
    Problem,
    Seat,
    Shortage,
    role_name,
)
from khue.councils.assigning.tables import Flags, Floats, Tables, tables
from khue.councils.assigning.ways_out import Vacancy, ways_out

MOVES_LOOKED_AT = 50
"""So many of the best fitting are asked whether another council could spare them."""


@dataclass(frozen=True, slots=True)
class Obstacles:
    """For each expert, what stands between them and one council."""

    conflict: Flags
    excluded: Flags
    here: Flags
    loaded: Flags
    of_unit: Flags
    indoors: Flags
    affinity: Floats

    @property
    def never(self) -> Flags:
        """What no way out touches."""
        return self.conflict | self.excluded | self.here


class Standing:
    """How things stand once the seats are given."""

    def __init__(self, problem: Problem, changes: Changes, seats: Sequence[Seat]) -> None:
        self.problem = problem
        self.tables: Tables = tables(problem, Changes())
        self.councils = {council.id: (index, council) for index, council in enumerate(problem.councils)}
        self.column = {expert.id: index for index, expert in enumerate(problem.experts)}
        self.sits: Flags = self._mask([(seat.council, seat.expert) for seat in seats])
        self.conflict = self._mask(problem.conflicts)
        self.excluded = self._mask(changes.forbidden)
        self.loaded: Flags = self.sits.sum(axis=0) >= np.array([expert.max_load for expert in problem.experts])
        self.inside_seated = (self.sits & self.tables.inside[None, :]).sum(axis=1)
        self.kept = {(seat.council, seat.expert) for seat in changes.forced}
        self.member_of: dict[int, list[Council]] = {}
        for seat in seats:
            if seat.role == MEMBER and (seat.council, seat.expert) not in self.kept:
                self.member_of.setdefault(self.column[seat.expert], []).append(self.councils[seat.council][1])

    def _mask(self, pairs: Iterable[Pair]) -> Flags:
        mask = np.zeros((len(self.councils), len(self.column)), dtype=bool)
        for council, expert in pairs:
            mask[self.councils[council][0], self.column[expert]] = True
        return mask

    def obstacles(self, row: int) -> Obstacles:
        """What stands between each expert and the council of this row."""
        given, here = self.tables, self.sits[row]
        of_unit = np.zeros_like(here)
        if given.same_unit is not None:
            counts = np.bincount(given.unit[here & (given.unit >= 0)], minlength=int(given.unit.max(initial=-1)) + 1)
            of_unit = (given.unit >= 0) & np.append(counts >= given.same_unit, False)[given.unit]
        indoors = given.inside & (self.inside_seated[row] >= given.inside_room[row])
        return Obstacles(
            self.conflict[row], self.excluded[row], here, self.loaded, of_unit, indoors, given.affinity[row]
        )

    def spares(self, council: Council, expert: Expert) -> bool:
        """Whether a council keeps its quota for outsiders when it gives up this member and the seat."""
        room = council.size - 1 - council.min_outside
        return int(self.inside_seated[self.councils[council.id][0]]) - (not expert.outside) <= room


def shortages(problem: Problem, changes: Changes, seats: Sequence[Seat]) -> tuple[Shortage, ...]:
    """One for each council and role with empty seats, in the order of the councils."""
    filled = Counter((seat.council, seat.role) for seat in seats)
    empty = [
        (council, role, wanted - filled[council.id, role])
        for council in problem.councils
        for role, wanted in council.seats.items()
        if wanted > filled[council.id, role]
    ]
    if not empty:
        return ()
    standing = Standing(problem, changes, seats)
    return tuple(_shortage(standing, council, role, by) for council, role, by in empty)


def _shortage(standing: Standing, council: Council, role: str, by: int) -> Shortage:
    row = standing.councils[council.id][0]
    obstacles = standing.obstacles(row)
    able = np.array([expert.may_take(role) for expert in standing.problem.experts], dtype=bool)
    vacancy = _vacancy(standing, council, role, obstacles, able)
    because = _because(standing.problem, council, role, by, obstacles, able)
    return Shortage(council.id, role, by, because, ways_out(standing.problem, vacancy))


def _because(problem: Problem, council: Council, role: str, by: int, obstacles: Obstacles, able: Flags) -> str:
    wanted = council.seats[role]
    need = f"{council.label} cần {wanted} {role_name(role)}, mới có {wanted - by}"
    if not able.any():
        return f"{need}: trong danh sách không ai nhận được vai trò này."
    reasons = [
        (obstacles.here, "đã ngồi trong hội đồng này"),
        (obstacles.conflict, "có xung đột lợi ích"),
        (obstacles.excluded, "bị loại theo lựa chọn của người xếp"),
        (obstacles.indoors, f"trong Sở, mà ghế còn lại dành cho người ngoài Sở (ít nhất {council.min_outside})"),
        (obstacles.of_unit, f"thuộc đơn vị đã có đủ {problem.max_same_unit} người"),
        (obstacles.loaded, "đã nhận đủ số hội đồng"),
        (np.ones_like(able), "còn nhận được nhưng chưa xếp kịp trong thời gian tìm"),
    ]
    left, parts = able.copy(), []
    for flags, words in reasons:
        if count := int((left & flags).sum()):
            parts.append(f"{count} {words}")
        left &= ~flags
    return f"{need}. Trong {int(able.sum())} người nhận được vai trò này: {'; '.join(parts)}."


def _vacancy(standing: Standing, council: Council, role: str, obstacles: Obstacles, able: Flags) -> Vacancy:
    experts = standing.problem.experts
    loaded, of_unit, indoors = obstacles.loaded, obstacles.of_unit, obstacles.indoors

    def best(flags: Flags) -> tuple[Expert, ...]:
        columns = np.flatnonzero(flags & ~obstacles.never)
        order = columns[np.argsort(-obstacles.affinity[columns], kind="stable")]
        return tuple(experts[column] for column in order[:MOVES_LOOKED_AT])

    only_loaded = best(able & loaded & ~of_unit & ~indoors)
    units = {expert.unit_label for expert in best(able & of_unit & ~loaded & ~indoors) if expert.unit is not None}
    return Vacancy(
        council=council,
        role=role,
        loaded=only_loaded,
        indoors=best(able & indoors & ~loaded & ~of_unit),
        of_unit=best(able & of_unit & ~loaded & ~indoors),
        unable=best(~able & ~loaded & ~of_unit & ~indoors),
        movable=tuple(
            (expert, other)
            for expert in only_loaded
            for other in standing.member_of.get(standing.column[expert.id], [])
            if standing.spares(other, expert)
        ),
        kept_outside=bool(
            standing.inside_seated[standing.councils[council.id][0]] > council.size - 1 - council.min_outside
        ),
        units_full=tuple(sorted(units)),
    )
