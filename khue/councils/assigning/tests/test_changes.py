"""What an officer changes by hand is kept, and its cost is the difference between the best with and without it."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from khue.councils.assigning.faults import faults
from khue.councils.assigning.problem import MEMBER, Changes, Council, Expert, Problem, Refused, Seat
from khue.councils.assigning.solving import cost_of, solve
from khue.councils.assigning.tests.brute import best, problems

TWO = Problem(
    councils=(Council("c1", 2, {"chair": 1}), Council("c2", 1)),
    experts=(Expert("e1", 1, frozenset({"chair"}), "u1"), Expert("e2", 2, frozenset({"chair"}), "u1"), Expert("e3", 1)),
    affinity={("c1", "e1"): 0.9, ("c1", "e2"): 0.5, ("c2", "e2"): 0.4, ("c2", "e3"): 0.1},
    conflicts={("c2", "e1"): "người hướng dẫn"},
    max_same_unit=2,
)
CHAIR_OR_FIT = Problem(
    councils=(Council("c0", 2, {"chair": 1, "reviewer": 0}, min_outside=1),),
    experts=(
        Expert("e0", 1, frozenset({"chair"})),
        Expert("e1", 1, frozenset({"chair"}), outside=True),
        Expert("e2", 0),
        Expert("e3", 1),
    ),
    affinity={("c0", "e3"): 0.01},
    conflicts={("c0", "e2"): "họ hàng"},
)
"""Without e1, one seat can be filled: by a chair who fits less, or by a member who fits more and is settled."""


def test_a_settled_seat_costs_what_is_lost_elsewhere() -> None:
    before = solve(TWO)
    assert before.objective == pytest.approx(1.8)
    cost = cost_of(TWO, Changes(forced=(Seat("c2", "e3", MEMBER),)), before)
    assert cost.difference == pytest.approx(-0.3)
    assert cost.seats == 0
    assert Seat("c2", "e3", MEMBER) in cost.plan.assignments


def test_who_declines_is_followed_by_the_next() -> None:
    before = solve(TWO)
    cost = cost_of(TWO, Changes(forbidden=(("c2", "e2"),)), before)
    assert cost.difference == pytest.approx(-0.3)
    assert [seat.expert for seat in cost.plan.assignments if seat.council == "c2"] == ["e3"]


def test_a_change_can_leave_a_seat_empty_and_says_so() -> None:
    barred = Changes(forbidden=(("c2", "e2"), ("c2", "e3")))
    cost = cost_of(TWO, barred, solve(TWO))
    assert (cost.plan.status, cost.seats) == ("infeasible", -1)
    assert "2 bị loại theo lựa chọn của người xếp" in cost.plan.short[0].because


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (Changes(forced=(Seat("c2", "e1", MEMBER),)), "có xung đột lợi ích với c2 (người hướng dẫn)"),
        (Changes(forced=(Seat("c1", "e3", "chair"),)), "e3 không nhận được vai trò chủ tịch"),
        (Changes(forced=(Seat("c1", "e1", "chair"), Seat("c1", "e2", "chair"))), "1 ghế chủ tịch, đang xếp 2"),
        (Changes(forced=(Seat("c1", "e2", "chair"), Seat("c1", "e2", MEMBER))), "ngồi hai ghế của c1"),
        (Changes(forced=(Seat("c1", "e3", MEMBER), Seat("c2", "e3", MEMBER))), "nhận 2 hội đồng, quá mức 1"),
        (Changes(forced=(Seat("c1", "e1", "chair"),), forbidden=(("c1", "e1"),)), "vừa bị giữ vừa bị loại"),
        (Changes(forced=(Seat("c1", "e1", "poet"),)), "0 ghế “poet”, đang xếp 1"),
        (Changes(forbidden=(("c9", "e8"),)), "Không có hội đồng “c9”"),
        (Changes(forbidden=(("c9", "e8"),)), "Không có chuyên gia “e8”"),
    ],
)
def test_a_change_that_breaks_a_rule_is_refused_in_plain_words(changes: Changes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        solve(TWO, changes)
    assert any(words in sentence for sentence in refused.value.sentences)


def test_quotas_bind_settled_seats_too() -> None:
    council = Council("c1", 2, {}, 1)
    people = tuple(Expert(f"e{number}", 1, frozenset(), "u1", outside=number == 2) for number in range(3))
    both = [Seat("c1", "e0", MEMBER), Seat("c1", "e1", MEMBER)]
    said = faults(Problem((council,), people, {}, {}, 1), both)
    assert any("2 người trong Sở, chỉ còn chỗ cho 1" in sentence for sentence in said)
    assert any("2 người của đơn vị u1, quá mức 1" in sentence for sentence in said)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(councils=2, experts=4), st.integers(0, 5), st.integers(0, 5))
@example(CHAIR_OR_FIT, 1, 0)
def test_changes_cost_what_trying_everything_says(problem: Problem, one: int, other: int) -> None:
    before = solve(problem)
    if not before.assignments:
        return
    kept, gone = (before.assignments[number % len(before.assignments)] for number in (one, other))
    changes = Changes(forced=(kept,) if kept != gone else (), forbidden=((gone.council, gone.expert),))
    cost = cost_of(problem, changes, before)
    assert set(changes.forced) <= set(cost.plan.assignments)
    assert gone not in cost.plan.assignments
    assert faults(problem, cost.plan.assignments) == []
    conflicts = {**problem.conflicts, (gone.council, gone.expert): "bị loại"}
    without = Problem(problem.councils, problem.experts, problem.affinity, conflicts, problem.max_same_unit)
    seats, named, affinity = best(without)
    filled = len(cost.plan.assignments), sum(seat.role != MEMBER for seat in cost.plan.assignments)
    assert (*filled, cost.plan.objective) <= (seats, named, affinity + 1e-6)
    if not changes.forced:
        assert filled == (seats, named)
        assert cost.plan.objective == pytest.approx(affinity, abs=1e-6)
        assert cost.difference == pytest.approx(affinity - before.objective, abs=1e-6)
