"""What would fill an empty seat. Each way is true as it stands: with it done, one seat less is empty."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from khue.councils.assigning.problem import MEMBER, Council, Expert, Problem, WayOut, role_name

ENOUGH = 6
"""More choices than this help nobody."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """An empty seat, and who would fit but for one thing; the best fitting first."""

    council: Council
    role: str
    loaded: tuple[Expert, ...]
    """At full load, nothing else."""
    indoors: tuple[Expert, ...]
    """Of the department, where only seats for outsiders are left."""
    of_unit: tuple[Expert, ...]
    """Of a unit that has its number already."""
    unable: tuple[Expert, ...]
    """Not known to be able to take the role."""
    movable: tuple[tuple[Expert, Council], ...]
    """At full load as a member of another council that could sit with one less."""
    kept_outside: bool
    """Whether one seat less would leave too few seats for outsiders."""
    units_full: tuple[str, ...]


def ways_out(problem: Problem, vacancy: Vacancy) -> tuple[WayOut, ...]:
    """At least three ways, those that need least first."""
    return tuple([*_with_people(problem, vacancy), *_otherwise(vacancy)][:ENOUGH])


def _with_people(problem: Problem, vacancy: Vacancy) -> Iterator[WayOut]:
    council, role = vacancy.council, role_name(vacancy.role)
    for expert in vacancy.loaded[:1]:
        yield WayOut(
            f"Nâng mức của {expert.label} từ {expert.max_load} lên {expert.max_load + 1} hội đồng "
            f"để nhận ghế {role} của {council.label}.",
            partial(_heavier, expert),
        )
    for expert in vacancy.indoors[:1]:
        least = council.min_outside
        yield WayOut(
            f"Giảm số người ngoài Sở tối thiểu của {council.label} từ {least} xuống {least - 1}, "
            f"mời {expert.label} (trong Sở) làm {role}.",
            partial(_council_with, council, min_outside=least - 1),
        )
    for expert in vacancy.of_unit[:1]:
        most = problem.max_same_unit or 0
        yield WayOut(
            f"Nâng max_same_unit từ {most} lên {most + 1} để mời {expert.label} (đơn vị {expert.unit_label}) "
            f"làm {role} của {council.label}.",
            partial(_same_unit, most + 1),
        )
    for expert, other in vacancy.movable[:1]:
        yield WayOut(
            f"Cho {expert.label} thôi làm ủy viên ở {other.label} ({other.label} họp với {other.size - 1} ghế) "
            f"để làm {role} của {council.label}.",
            partial(_council_with, other, size=other.size - 1),
        )
    for expert in vacancy.unable[:1]:
        yield WayOut(
            f"Xác nhận {expert.label} nhận được vai trò {role}: {expert.label} còn nhận thêm được hội đồng "
            f"và không vướng gì với {council.label}.",
            partial(_able, expert, vacancy.role),
        )


def _otherwise(vacancy: Vacancy) -> Iterator[WayOut]:
    council, role = vacancy.council, role_name(vacancy.role)
    topics = f" về {', '.join(council.topics)}" if council.topics else ""
    able = "" if vacancy.role == MEMBER else f" nhận được vai trò {role},"
    units = f", không thuộc {', '.join(vacancy.units_full)}" if vacancy.units_full else ""
    yield WayOut(
        f"Mời thêm 1 chuyên gia{topics} ngoài Sở,{able} không có xung đột lợi ích với {council.label}{units}.",
        partial(_invite, vacancy.role),
    )
    fewer = {name: seats - (name == vacancy.role) for name, seats in council.roles.items()}
    outside = council.min_outside - vacancy.kept_outside
    also = f" và số người ngoài Sở tối thiểu xuống {outside}" if vacancy.kept_outside else ""
    seats = council.seats[vacancy.role]
    yield WayOut(
        f"Nếu quy định cho phép, giảm số {role} của {council.label} từ {seats} xuống {seats - 1} "
        f"(hội đồng còn {council.size - 1} ghế){also}.",
        partial(_council_with, council, size=council.size - 1, roles=fewer, min_outside=outside),
    )
    yield WayOut(f"Hoãn {council.label} sang đợt sau.", partial(_postpone, council))


def _heavier(expert: Expert, problem: Problem) -> Problem:
    return problem.with_expert(replace(expert, max_load=expert.max_load + 1))


def _able(expert: Expert, role: str, problem: Problem) -> Problem:
    return problem.with_expert(replace(expert, can=expert.can | {role}))


def _same_unit(most: int, problem: Problem) -> Problem:
    return replace(problem, max_same_unit=most)


def _council_with(council: Council, problem: Problem, **changed: object) -> Problem:
    return problem.with_council(replace(council, **changed))  # type: ignore[arg-type]  # fields of Council


def _invite(role: str, problem: Problem) -> Problem:
    taken = {expert.id for expert in problem.experts}
    number = next(number for number in range(1, len(taken) + 2) if f"+{number}" not in taken)
    return problem.with_expert(Expert(f"+{number}", 1, frozenset({role}), None, outside=True))


def _postpone(council: Council, problem: Problem) -> Problem:
    gone = council.id
    return replace(
        problem,
        councils=tuple(each for each in problem.councils if each.id != gone),
        affinity={pair: worth for pair, worth in problem.affinity.items() if pair[0] != gone},
        conflicts={pair: reason for pair, reason in problem.conflicts.items() if pair[0] != gone},
    )
