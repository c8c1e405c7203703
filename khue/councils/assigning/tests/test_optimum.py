"""The proposal is as good as the best of all, holds every rule, and its ways out are ways out."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from khue.councils.assigning.faults import faults
from khue.councils.assigning.problem import MEMBER, Council, Expert, Problem
from khue.councils.assigning.solving import solve
from khue.councils.assigning.tests.brute import best, problems

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(problems())
def test_no_assignment_is_better_and_no_rule_is_broken(problem: Problem) -> None:
    plan = solve(problem)
    assert faults(problem, plan.assignments) == []
    named = sum(seat.role != MEMBER for seat in plan.assignments)
    seats, most_named, affinity = best(problem)
    assert (len(plan.assignments), named) == (seats, most_named)
    assert plan.objective == pytest.approx(affinity, abs=1e-6)
    assert plan.bound == pytest.approx(affinity, abs=1e-6)
    full = seats == sum(council.size for council in problem.councils)
    assert plan.status == ("optimal" if full else "infeasible")
    assert sum(shortage.by for shortage in plan.short) == sum(c.size for c in problem.councils) - seats


@settings(SLOW, max_examples=25)
@given(problems(councils=2, experts=5))
def test_every_way_out_leaves_fewer_seats_empty(problem: Problem) -> None:
    for shortage in (plan := solve(problem)).short:
        assert len(shortage.ways_out) >= 3
        assert len({way.sentence for way in shortage.ways_out}) == len(shortage.ways_out)
        for way in shortage.ways_out:
            after = solve(way.amended(problem))
            empty = sum(each.by for each in plan.short)
            assert sum(each.by for each in after.short) < empty, way.sentence


def test_nothing_asked_nothing_given() -> None:
    plan = solve(Problem((), ()))
    assert plan.as_json() == {"status": "optimal", "objective": 0.0, "bound": 0.0, "assignments": [], "short": []}


def test_a_council_without_seats_and_experts_who_fit_nowhere() -> None:
    problem = Problem((Council("c1", 0), Council("c2", 1)), (Expert("e1", 1), Expert("e2", 0)))
    plan = solve(problem)
    assert plan.status == "optimal"
    assert [(seat.council, seat.expert, seat.role) for seat in plan.assignments] == [("c2", "e1", MEMBER)]


def test_where_everyone_is_in_conflict_nobody_sits_and_it_is_said() -> None:
    experts = tuple(Expert(f"e{number}", 2, frozenset({"chair"})) for number in range(4))
    conflicts = {("c1", expert.id): "cùng đơn vị chủ trì" for expert in experts}
    plan = solve(Problem((Council("c1", 2, {"chair": 1}),), experts, {}, conflicts))
    assert (plan.status, plan.assignments) == ("infeasible", ())
    assert [(shortage.role, shortage.by) for shortage in plan.short] == [("chair", 1), (MEMBER, 1)]
    assert all("4 có xung đột lợi ích" in shortage.because for shortage in plan.short)
    assert not any("e0" in way.sentence for shortage in plan.short for way in shortage.ways_out)


def test_each_reason_and_its_own_way_out() -> None:
    council = Council("c1", 3, {"chair": 1}, 1, ("nước sạch", "đất"))
    experts = (
        Expert("e1", 1, frozenset(), "u1"),
        Expert("e2", 1, frozenset(), "u2"),
        Expert("e3", 1, frozenset({"chair"}), "u1"),
        Expert("e4", 0, frozenset({"chair"}), "u9", outside=True),
    )
    plan = solve(Problem((council,), experts, {}, {}, 1))
    assert len(plan.assignments) == 2
    (shortage,) = plan.short
    said = " ".join([shortage.because, *(way.sentence for way in shortage.ways_out)])
    assert "dành cho người ngoài Sở" in shortage.because
    assert "Nâng mức của e4 từ 0 lên 1 hội đồng" in said
    assert "Mời thêm 1 chuyên gia về nước sạch, đất ngoài Sở" in said


def test_the_unit_quota_is_named_where_it_alone_stands_in_the_way() -> None:
    experts = tuple(Expert(f"e{number}", 1, frozenset(), "Viện A") for number in range(3))
    problem = Problem((Council("c1", 3),), experts, {}, {}, 2)
    (shortage,) = solve(problem).short
    assert "1 thuộc đơn vị đã có đủ 2 người" in shortage.because
    assert "Nâng max_same_unit từ 2 lên 3" in shortage.ways_out[0].sentence
    assert solve(replace(problem, max_same_unit=3)).status == "optimal"


def test_who_is_busy_elsewhere_can_be_let_go_there() -> None:
    councils = (Council("c1", 2), Council("c2", 1, {"reviewer": 1}))
    experts = (Expert("e1", 1), Expert("e7", 1, frozenset({"reviewer"})))
    conflicts = {("c1", "e1"): "đồng tác giả"}
    plan = solve(Problem(councils, experts, {("c1", "e7"): 0.9}, conflicts))
    sentences = [way.sentence for shortage in plan.short for way in shortage.ways_out]
    assert len(plan.assignments) == 1
    assert any("Nâng mức của e7 từ 1 lên 2" in sentence for sentence in sentences)


def test_a_council_of_thousands() -> None:
    """Nothing goes deeper with every seat."""
    able = [frozenset({"chair"}), frozenset({"chair", "reviewer"})]
    experts = tuple(Expert(f"e{number}", 1, able[number % 2]) for number in range(3_000))
    plan = solve(Problem((Council("c1", 3_000, {"chair": 1_500, "reviewer": 1_500}),), experts))
    assert plan.status == "optimal"
    assert sum(seat.role == "reviewer" for seat in plan.assignments) == 1_500


def test_half_seats_are_not_seats() -> None:
    """Shares of experts would do better here than whole ones: the answer is whole, and proven."""
    councils = tuple(Council(f"c{number}", 1, {"chair": 1}, 0) for number in range(3))
    experts = tuple(Expert(f"e{number}", 1, frozenset({"chair"}), f"u{number % 2}") for number in range(2))
    plan = solve(Problem(councils, experts, {("c0", "e0"): 0.5, ("c1", "e0"): 0.5, ("c2", "e1"): 0.25}, {}, 1))
    assert (plan.status, plan.objective) == ("infeasible", 0.75)
