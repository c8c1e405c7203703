"""Where shares of people would do better than people, the whole answer is still the best: checked by another solver."""

from random import Random

import pytest

from khue.councils.assigning.faults import faults
from khue.councils.assigning.problem import MEMBER, Changes, Council, Expert, Problem
from khue.councils.assigning.relaxation import Aim
from khue.councils.assigning.search import Search
from khue.councils.assigning.solving import solve
from khue.councils.assigning.tables import tables

CENTS = 100


def tangled(seed: int) -> Problem:
    """Few units, one of each, tight loads: roles, units and quotas pull in different directions."""
    dice = Random(seed)  # noqa: S311 - the same each time
    councils = tuple(Council(f"c{c}", 7, {"chair": 1, "reviewer": 2, "secretary": 1}, 3) for c in range(8))
    experts = tuple(
        Expert(
            f"e{e}",
            dice.choice((1, 1, 2)),
            frozenset(role for role in ("chair", "reviewer", "secretary") if dice.random() < 0.3),
            f"u{dice.randrange(9)}",
            dice.random() < 0.5,
        )
        for e in range(60)
    )
    affinity = {(c.id, e.id): dice.randrange(CENTS) / CENTS for c in councils for e in experts}
    conflicts = {pair: "đồng tác giả" for pair in affinity if dice.random() < 0.05}
    return Problem(councils, experts, affinity, conflicts, 1)


def by_another_solver(problem: Problem) -> tuple[int, int, float]:
    """Seats, named seats and affinity of the best assignment: one yes or no for each council, expert and role."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    sits = {
        (council.id, expert.id, role): model.new_bool_var("")
        for council in problem.councils
        for expert in problem.experts
        for role in council.seats
        if expert.may_take(role) and (council.id, expert.id) not in problem.conflicts
    }

    def some(council=None, expert=None, role=None, among=None):
        return sum(
            var
            for (c, e, r), var in sits.items()
            if council in {None, c} and expert in {None, e} and role in {None, r} and (among is None or e in among)
        )

    inside = {expert.id for expert in problem.experts if not expert.outside}
    units = {expert.unit for expert in problem.experts}
    for expert in problem.experts:
        model.add(some(expert=expert.id) <= expert.max_load)
    for council in problem.councils:
        model.add(some(council.id, among=inside) <= council.size - council.min_outside)
        for role, seats in council.seats.items():
            model.add(some(council.id, role=role) <= seats)
        for expert in problem.experts:
            model.add(some(council.id, expert.id) <= 1)
        for unit in units:
            model.add(
                some(council.id, among={e.id for e in problem.experts if e.unit == unit}) <= problem.max_same_unit
            )
    worth = {key: round(CENTS * problem.affinity[key[:2]]) for key in sits}
    model.maximize(sum((10**7 + 10**4 * (key[2] != MEMBER) + worth[key]) * var for key, var in sits.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    assert solver.solve(model) == cp_model.OPTIMAL
    held = [key for key, var in sits.items() if solver.value(var)]
    return len(held), sum(role != MEMBER for *_, role in held), sum(worth[key] for key in held) / CENTS


def shares_are_whole(problem: Problem) -> bool:
    search = Search.of(tables(problem, Changes()), problem.experts, 20, None)
    search.relaxation.aim_at(Aim(seat=5, named=5, affinity=1))
    return search._priced().whole


@pytest.mark.parametrize("seed", [5, 9, 12, 16, 23, 31])
def test_the_whole_answer_is_the_best_of_whole_answers(seed: int) -> None:
    problem = tangled(seed)
    assert not shares_are_whole(problem), "choose a seed that is worth the test"
    plan = solve(problem)
    assert faults(problem, plan.assignments) == []
    named = sum(seat.role != MEMBER for seat in plan.assignments)
    seats, most_named, affinity = by_another_solver(problem)
    assert (len(plan.assignments), named) == (seats, most_named)
    assert plan.objective == pytest.approx(affinity)
    assert plan.bound == pytest.approx(affinity)
    assert plan.status == ("optimal" if not plan.short else "infeasible")
