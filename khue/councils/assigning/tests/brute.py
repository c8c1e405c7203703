"""The same question answered by trying everything, written apart from the programme it checks."""

from itertools import combinations, permutations, product

from hypothesis import strategies as st

from khue.councils.assigning.problem import MEMBER, Council, Expert, Problem

ROLES = ("chair", "reviewer")


def best(problem: Problem) -> tuple[int, int, float]:
    """Most seats, then most named ones, then the highest affinity, over every assignment that breaks no rule."""
    options = [list(_councils_options(problem, council)) for council in problem.councils]
    found = (0, 0, 0.0)
    for chosen in product(*options):
        held = [expert for sitting, _, _ in chosen for expert in sitting]
        if all(held.count(expert) <= expert.max_load for expert in set(held)):
            seats, named = sum(len(sitting) for sitting, _, _ in chosen), sum(named for _, named, _ in chosen)
            found = max(found, (seats, named, sum(affinity for _, _, affinity in chosen)))
    return found


def _councils_options(problem: Problem, council: Council):
    free = [e for e in problem.experts if (council.id, e.id) not in problem.conflicts and e.max_load > 0]
    for number in range(council.size + 1):
        for sitting in combinations(free, number):
            units = [expert.unit for expert in sitting if expert.unit is not None]
            most = problem.max_same_unit
            too_many = most is not None and any(units.count(unit) > most for unit in units)
            inside = sum(not expert.outside for expert in sitting)
            named = _most_named(council, sitting)
            if not too_many and inside <= council.size - council.min_outside and named is not None:
                yield sitting, named, sum(problem.affinity.get((council.id, e.id), 0.0) for e in sitting)


def _most_named(council: Council, sitting: tuple[Expert, ...]) -> int | None:
    """The most named seats that these people can hold all seated; None when not all can sit."""
    seats = [role for role, number in council.seats.items() for _ in range(number)]
    counts = [
        sum(role != MEMBER for role in order)
        for order in permutations(seats, len(sitting))
        if all(expert.may_take(role) for expert, role in zip(sitting, order, strict=True))
    ]
    return max(counts, default=None)


@st.composite
def problems(draw, councils: int = 3, experts: int = 5) -> Problem:
    """Small problems of every temper: tight and loose, possible and not."""
    made = []
    for number in range(draw(st.integers(0, councils))):
        size = draw(st.integers(0, 3))
        chair = draw(st.integers(0, min(1, size)))
        reviewer = draw(st.integers(0, size - chair))
        roles = {"chair": chair, "reviewer": reviewer}
        made.append(Council(f"c{number}", size, roles, draw(st.integers(0, size))))
    people = [
        Expert(
            f"e{number}",
            draw(st.integers(0, 2)),
            draw(st.frozensets(st.sampled_from(ROLES))),
            draw(st.sampled_from([None, "u1", "u2"])),
            draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, experts)))
    ]
    pairs = [(council.id, expert.id) for council in made for expert in people]
    affinity = {pair: draw(st.integers(-20, 100)) / 100 for pair in pairs if draw(st.booleans())}
    conflicts = {pair: "họ hàng" for pair in pairs if draw(st.integers(0, 4)) == 0}
    return Problem(tuple(made), tuple(people), affinity, conflicts, draw(st.sampled_from([None, 1, 2])))
