"""A search that begins with few pairs ends where one ends that looks at all of them."""

from dataclasses import replace
from random import Random

import pytest

from khue.councils.assigning.faults import faults
from khue.councils.assigning.problem import Changes, Council, Expert, Problem
from khue.councils.assigning.search import SMALL, Search
from khue.councils.assigning.solving import solve
from khue.councils.assigning.tables import tables

COUNCILS, EXPERTS = 55, 400


def city(units: int, loads: tuple[int, ...], digits: int, same: int) -> Problem:
    dice = Random(7)  # noqa: S311 - the same each time
    councils = tuple(Council(f"c{c}", 6, {"chair": 1, "reviewer": 2}, 2) for c in range(COUNCILS))
    experts = tuple(
        Expert(
            f"e{e}", dice.choice(loads), frozenset(role for role in ("chair", "reviewer") if dice.random() < 0.4),
            f"u{dice.randrange(units)}", dice.random() < 0.5,
        )
        for e in range(EXPERTS)
    )  # fmt: skip
    affinity = {(c.id, e.id): round(dice.random() ** 3, digits) for c in councils for e in experts}
    conflicts = {pair: "đồng tác giả" for pair in affinity if dice.random() < 0.05}
    return Problem(councils, experts, affinity, conflicts, same)


@pytest.mark.parametrize(
    ("units", "loads", "digits", "same"),
    [(40, (1, 2), 6, 2), (12, (1,), 2, 1), (5, (0, 1, 1), 4, 2), (40, (1, 2), 1, 2)],
)
def test_few_pairs_prove_the_same_as_all(units: int, loads: tuple[int, ...], digits: int, same: int) -> None:
    problem = city(units, loads, digits, same)
    assert COUNCILS * EXPERTS > SMALL
    plan = solve(problem, seconds=60)
    assert faults(problem, plan.assignments) == []
    arrays = tables(problem, Changes())
    found, bound, _ = Search.of(arrays, problem.experts, 60, arrays.allowed).run()
    assert len(plan.assignments) == found.seats
    assert plan.objective == pytest.approx(arrays.affinity[found.chosen].sum(), rel=2e-5)
    assert plan.objective <= bound + 1e-4
    assert plan.bound >= arrays.affinity[found.chosen].sum() - 1e-4


def test_an_answer_comes_even_when_there_is_no_time() -> None:
    problem = city(12, (1,), 6, 1)
    plan = solve(problem, seconds=0.001)
    assert faults(problem, plan.assignments) == []
    assert len(plan.assignments) > 0.9 * sum(council.size for council in problem.councils)
    assert plan.bound >= plan.objective


def test_nobody_fits_anywhere_yet_all_seats_are_filled() -> None:
    problem = replace(city(40, (1, 2), 1, 2), affinity={})
    plan = solve(problem)
    assert (plan.status, plan.objective, len(plan.assignments)) == ("optimal", 0.0, 6 * COUNCILS)
