"""Which rules seats break that people chose by hand; empty seats are no fault."""

from collections import Counter
from collections.abc import Sequence

from khue.councils.assigning.problem import Changes, Council, Expert, Problem, Refused, Seat, role_name


def check(problem: Problem, changes: Changes) -> None:
    """Raise `Refused` where changes by hand break a rule or contradict each other."""
    forced = {(seat.council, seat.expert) for seat in changes.forced}
    unknown = _unknown(problem, [*forced, *changes.forbidden])
    both = [f"{expert} vừa bị giữ vừa bị loại khỏi {council}: bỏ một trong hai." for council, expert in
            sorted(forced & set(changes.forbidden))]  # fmt: skip
    if found := [*unknown, *both] or faults(problem, changes.forced):
        raise Refused(found)


def faults(problem: Problem, seats: Sequence[Seat]) -> list[str]:
    """One sentence for each rule that the seats break; none when they may stand."""
    if unknown := _unknown(problem, [(seat.council, seat.expert) for seat in seats]):
        return unknown
    councils = {council.id: council for council in problem.councils}
    experts = {expert.id: expert for expert in problem.experts}
    held = {council: [seat for seat in seats if seat.council == council] for council in {s.council for s in seats}}
    found = _overloaded(experts, seats)
    for council in problem.councils:
        mine = held.get(council.id, [])
        found += _in_seats(problem, council, experts, mine)
        found += _of_council(problem, councils[council.id], [experts[seat.expert] for seat in mine])
    return found


def _unknown(problem: Problem, pairs: Sequence[tuple[str, str]]) -> list[str]:
    councils, experts = {council.id for council in problem.councils}, {expert.id for expert in problem.experts}
    strange = sorted({council for council, _ in pairs} - councils)
    strangers = sorted({expert for _, expert in pairs} - experts)
    return [
        *(f"Không có hội đồng “{each}”: chọn một hội đồng của danh sách." for each in strange),
        *(f"Không có chuyên gia “{each}”: chọn một người của danh sách." for each in strangers),
    ]


def _overloaded(experts: dict[str, Expert], seats: Sequence[Seat]) -> list[str]:
    return [
        f"{experts[each].label} nhận {count} hội đồng, quá mức {experts[each].max_load}: bớt hội đồng hoặc nâng mức."
        for each, count in Counter(seat.expert for seat in seats).items()
        if count > experts[each].max_load
    ]


def _in_seats(problem: Problem, council: Council, experts: dict[str, Expert], seats: Sequence[Seat]) -> list[str]:
    found = []
    for seat in seats:
        expert, role = experts[seat.expert], role_name(seat.role)
        if not expert.may_take(seat.role):
            found.append(f"{expert.label} không nhận được vai trò {role} ở {council.label}: chọn người khác.")
        if (council.id, expert.id) in problem.conflicts:
            reason = problem.conflicts[council.id, expert.id] or "không ghi lý do"
            found.append(f"{expert.label} có xung đột lợi ích với {council.label} ({reason}): chọn người khác.")
    for role, count in Counter(seat.role for seat in seats).items():
        if count > council.seats.get(role, 0):
            found.append(
                f"{council.label} có {council.seats.get(role, 0)} ghế {role_name(role)}, đang xếp {count}: bớt người."
            )
    return found


def _of_council(problem: Problem, council: Council, sitting: Sequence[Expert]) -> list[str]:
    found = [
        f"{expert.label} ngồi hai ghế của {council.label}: giữ một ghế."
        for expert, count in Counter(sitting).items()
        if count > 1
    ]
    inside = sum(not expert.outside for expert in sitting)
    if inside > council.size - council.min_outside:
        found.append(
            f"{council.label} có {inside} người trong Sở, chỉ còn chỗ cho {council.size - council.min_outside} "
            f"vì phải có {council.min_outside} người ngoài Sở: thay bằng người ngoài Sở."
        )
    units = Counter(expert.unit for expert in sitting if expert.unit is not None)
    labels = {expert.unit: expert.unit_label for expert in sitting}
    most = problem.max_same_unit
    return found + [
        f"{council.label} có {count} người của đơn vị {labels[unit]}, quá mức {most}: thay bằng người đơn vị khác."
        for unit, count in units.items()
        if most is not None and count > most
    ]
