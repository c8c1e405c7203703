"""The counting rules on worked examples, at their edges, and on any ballots."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khue.councils.counting import (
    Attendance,
    Contender,
    Level,
    PassBallot,
    PointsBallot,
    PointsRules,
    ProductRating,
    Quantity,
    QuorumRules,
    RatingBallot,
    RatingRules,
    count_passes,
    count_points,
    count_ratings,
    missing_for_quorum,
    overall,
    rank,
)

POINTS = PointsRules(outlier=Fraction(1, 5), threshold=70, bonus=Fraction(1, 10), zero=Fraction(1, 4))
RATINGS = RatingRules(quantity=Fraction(3, 4), excellent=Fraction(3, 4), fail=Fraction(1, 3), late_months=6)
E, P, F = Level.EXCELLENT, Level.PASSED, Level.FAILED


def yes_no(yes: int, no: int) -> list[PassBallot]:
    """So many ballots that pass everything, and so many that miss one of two criteria."""
    return [PassBallot(f"y{n}", {"need": True, "new": True}) for n in range(yes)] + [
        PassBallot(f"n{n}", {"need": True, "new": False}) for n in range(no)
    ]


@pytest.mark.parametrize(
    ("yes", "no", "passed"), [(7, 2, True), (6, 2, False), (3, 1, False), (9, 0, True), (0, 0, False)]
)
def test_a_proposal_needs_more_than_three_quarters(yes: int, no: int, passed: bool) -> None:
    count = count_passes(yes_no(yes, no), more_than=Fraction(3, 4))
    assert count.passed is passed
    assert (count.yes, count.of) == (yes, yes + no)


def test_the_count_says_which_criterion_was_missed() -> None:
    assert count_passes(yes_no(5, 4), more_than=Fraction(3, 4)).by_criterion == {"need": 9, "new": 5}


def ballots(*totals: int | str) -> list[PointsBallot]:
    """Ballots with these totals, over two criteria."""
    rows = [Decimal(total) for total in totals]
    return [PointsBallot(f"s{n}", {"content": total / 2, "plan": total / 2}) for n, total in enumerate(rows)]


def test_a_ballot_more_than_a_fifth_off_the_mean_is_dropped() -> None:
    count = count_points(ballots(80, 80, 80, 80, 40), POINTS, present=5, proposer=False)
    assert count.mean_of_all == Decimal("72.00")
    assert count.dropped == ("s4",)
    assert count.average == count.final == Decimal("80.00")
    assert count.reached


def test_exactly_a_fifth_off_stays() -> None:
    count = count_points(ballots(100, 100, 75, 60, 40), POINTS, present=5, proposer=False)  # the mean is 75
    assert count.dropped == ("s0", "s1", "s4")
    assert count_points(ballots(60, 90, 75), POINTS, present=3, proposer=False).dropped == ()


def test_the_proposer_gets_a_tenth_more_once_the_threshold_is_reached() -> None:
    count = count_points(ballots(70, 70, 70), POINTS, present=3, proposer=True)
    assert (count.bonus, count.final) == (Decimal("7.00"), Decimal("77.00"))
    below = count_points(ballots(69, 69, 70), POINTS, present=3, proposer=True)
    assert (below.bonus, below.reached) == (Decimal(0), False)


def test_no_valid_ballot_gives_no_score() -> None:
    count = count_points(ballots(40, 90), POINTS, present=2, proposer=False)
    assert (count.valid, count.average, count.final, count.reached) == (0, None, None, False)


@pytest.mark.parametrize(("zeros", "reached"), [(2, True), (3, False)])
def test_zero_for_a_criterion_by_more_than_a_quarter_of_those_present(zeros: int, reached: bool) -> None:
    rows = [PointsBallot(f"z{n}", {"content": Decimal(85), "plan": Decimal(0)}) for n in range(zeros)]
    rows += [PointsBallot(f"s{n}", {"content": Decimal(70), "plan": Decimal(15)}) for n in range(9 - zeros)]
    count = count_points(rows, POINTS, present=9, proposer=False)
    assert count.reached is reached
    assert count.zeros == {"plan": zeros}


TIES = ("state-budget", "excellent", "plan-capacity")


def contender(dossier: str, final: int, **changes: Any) -> Contender:
    """An application that reached the threshold."""
    facts: dict[str, Any] = {"reached": True, "state_money": 900, "excellent": False, "key_points": Decimal(30)}
    return Contender(dossier, Decimal(final), **(facts | changes))


def test_the_highest_wins_and_those_below_the_threshold_are_left_out() -> None:
    ranked = rank([contender("a", 80), contender("b", 85), contender("c", 60, reached=False)], TIES)
    assert [(one.dossier, one.place, one.by) for one in ranked] == [("b", 1, "points"), ("a", 2, "points")]


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ({"state_money": 800}, "state-budget"),
        ({"excellent": True}, "excellent"),
        ({"key_points": Decimal(31)}, "plan-capacity"),
    ],
)
def test_ties_are_broken_in_order(changes: dict[str, Any], by: str) -> None:
    ranked = rank([contender("a", 80), contender("b", 80, **changes)], TIES)
    assert [one.dossier for one in ranked] == ["b", "a"]
    assert {one.by for one in ranked} == {by}


def test_a_full_tie_is_left_to_the_council() -> None:
    ranked = rank([contender("a", 80), contender("b", 80), contender("c", 75)], TIES)
    assert [(one.place, one.by) for one in ranked] == [
        (1, "tie"),
        (1, "tie"),
        (3, "points"),
    ]


def ballot(*rows: tuple[Level, Level, Level], report: Level = P) -> RatingBallot:
    """A ballot over products numbered from 0: quality, kind, quantity."""
    products = tuple(ProductRating(str(n), *row) for n, row in enumerate(rows))
    return RatingBallot("s", products, report)


FOUR = [(P, P, P)] * 3


@pytest.mark.parametrize(
    ("given_ballot", "delivered", "rating"),
    [
        (ballot((E, E, E), (E, E, E)), 10, E),
        (ballot((E, E, E), (E, E, P)), 10, P),
        (ballot((E, E, E), report=F), 10, F),
        (ballot(*FOUR, (P, P, F)), 8, P),
        (ballot(*FOUR, (P, P, F)), 7, F),
        (ballot((P, P, P), (P, P, F)), 9, F),
        (ballot(*FOUR, (F, P, P)), 10, F),
        (ballot(), 10, F),
    ],
)
def test_a_members_rating_follows_from_the_products(given_ballot: RatingBallot, delivered: int, rating: Level) -> None:
    quantities = {str(n): Quantity(Decimal(10), Decimal(delivered)) for n in range(4)}
    assert overall(given_ballot, quantities, RATINGS) is rating


def test_more_than_six_months_late_is_not_passed() -> None:
    good = ballot((E, E, E))
    assert overall(good, {}, RATINGS, months_late=6) is E
    assert overall(good, {}, RATINGS, months_late=7) is F


@pytest.mark.parametrize(
    ("excellent", "passed", "failed", "rating"),
    [(7, 2, 0, E), (6, 3, 0, P), (8, 0, 1, P), (0, 6, 3, P), (0, 5, 4, F), (9, 0, 0, E)],
)
def test_the_councils_rating(excellent: int, passed: int, failed: int, rating: Level) -> None:
    said = dict(enumerate([E] * excellent + [P] * passed + [F] * failed))
    count = count_ratings({str(seat): level for seat, level in said.items()}, RATINGS, present=9)
    assert count.rating is rating
    assert (count.excellent, count.passed, count.failed) == (excellent, passed, failed)


QUORUM = QuorumRules(share=Fraction(2, 3), must=("chair", "reviewer", "secretary"))


def seats(*absent: str, authorised: bool = False) -> list[Attendance]:
    """Seven seats; those named are not there (r1, r2 are the reviewers)."""
    names = {"chair": "chair", "vice": "vice-chair", "sec": "secretary", "r1": "reviewer", "r2": "reviewer"}
    names |= {"m1": "member", "m2": "member"}
    return [Attendance(role, name not in absent, name == "vice" and authorised) for name, role in names.items()]


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (seats(), {}),
        (seats("m1", "m2"), {}),
        (seats("m1", "m2", "vice"), {"members": 1}),
        (seats("r2"), {"reviewer": 1}),
        (seats("chair"), {"chair": 1}),
        (seats("chair", authorised=True), {}),
        (seats("chair", "vice", authorised=True), {"chair": 1}),
        ([], {"members": 0, "chair": 1, "reviewer": 1, "secretary": 1}),
    ],
)
def test_a_meeting_needs_two_thirds_and_the_right_ones(rows: list[Attendance], missing: dict[str, int]) -> None:
    assert missing_for_quorum(rows, QUORUM) == missing


@settings(deadline=None)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=11), st.booleans())
def test_any_ballots_are_counted_within_their_bounds(totals: list[int], proposer: bool) -> None:
    count = count_points(ballots(*totals), POINTS, present=len(totals), proposer=proposer)
    assert count.valid + len(count.dropped) == len(totals)
    if count.average is not None:
        assert min(totals) <= count.average <= max(totals)
        assert count.final is not None
        assert count.average <= count.final <= count.average * Decimal("1.1") + Decimal("0.01")
    if len(set(totals)) == 1:
        assert count.dropped == ()
