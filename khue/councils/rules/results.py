"""From ballots to a result, by the numbers of the version; every step kept for the count sheet, nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from khue.councils import counting
from khue.councils.counting import Level, PassBallot, PointsBallot, Quantity, RatingBallot, RatingRules
from khue.councils.models import Ballot, Subject
from khue.councils.owners import Owner, Product, owner_of
from khue.councils.rules.numbers import PASS, POINTS, RATINGS, Numbers, numbers

PASSED, FAILED, UNDECIDED = Subject.Outcome.PASSED, Subject.Outcome.FAILED, Subject.Outcome.UNDECIDED


@dataclass(frozen=True, slots=True)
class Result:
    """What the count says of one subject."""

    outcome: str
    score: Decimal | None = None
    rating: str = ""
    counted: dict[str, Any] = field(default_factory=dict)


def result_of(subject: Subject, ballots: Sequence[Ballot], *, present: int) -> Result:
    """Count the cast `ballots` of one subject; `present` members sat in the session and vote on it. Without a valid
    ballot the outcome is undecided: the council votes again."""
    rules, owner = numbers(subject.council), owner_of(subject.council.kind)
    if not ballots:
        return Result(UNDECIDED, counted={"ballots": 0, "present": present})
    count = {PASS: _passes, POINTS: _points, RATINGS: _ratings}[rules.count]
    found = count(rules, owner, subject, ballots, present)
    return Result(
        found.outcome, found.score, found.rating, {**found.counted, "ballots": len(ballots), "present": present}
    )


def _passes(rules: Numbers, _owner: Owner, _subject: Subject, ballots: Sequence[Ballot], _present: int) -> Result:
    share = rules.share("pass")
    count = counting.count_passes([PassBallot(str(one.seat_id), one.answers) for one in ballots], more_than=share)
    kept = {"yes": count.yes, "of": count.of, "more_than": str(share), "by_criterion": dict(count.by_criterion)}
    return Result(PASSED if count.passed else FAILED, counted={"kind": PASS, **kept})


def _points(rules: Numbers, owner: Owner, subject: Subject, ballots: Sequence[Ballot], present: int) -> Result:
    contest = owner.contest(subject.dossier)
    given = [
        PointsBallot(str(one.seat_id), {name: Decimal(points) for name, points in one.answers.items()})
        for one in ballots
    ]
    count = counting.count_points(given, rules.points, present=present, proposer=contest.proposer)
    # Sorted by points, so that a place in the list tells nobody whose ballot it is.
    totals = sorted(((str(Decimal(one.total.numerator) / one.total.denominator), one.seat in count.dropped)
                     for one in given), key=lambda row: (-Decimal(row[0]), row[1]))  # fmt: skip
    kept = {
        "kind": POINTS, "totals": [{"total": total, "dropped": dropped} for total, dropped in totals],
        "mean_of_all": str(count.mean_of_all), "dropped": len(count.dropped), "valid": count.valid,
        "average": _text(count.average), "bonus": str(count.bonus), "final": _text(count.final),
        "zeros": dict(count.zeros), "fallen_by_zero": list(count.fallen_by_zero), "threshold": rules.points.threshold,
        "outlier": str(rules.points.outlier), "by_criterion": {k: str(v) for k, v in count.by_criterion.items()},
        "key_points": str(sum((count.by_criterion.get(name, Decimal(0)) for name in contest.key_criteria), Decimal(0))),
    }  # fmt: skip
    if not count.valid:
        return Result(UNDECIDED, counted=kept)
    return Result(PASSED if count.reached else FAILED, score=count.final, counted=kept)


def _text(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _ratings(rules: Numbers, owner: Owner, subject: Subject, ballots: Sequence[Ballot], present: int) -> Result:
    products, late = owner.products(subject.dossier), owner.months_late(subject.dossier)
    said = {str(one.seat_id): _overall(one, products, rules.ratings, late) for one in ballots}
    count = counting.count_ratings(said, rules.ratings, present=present)
    kept = {
        "kind": RATINGS, "excellent": count.excellent, "passed": count.passed, "failed": count.failed,
        "months_late": late, "late_limit": rules.ratings.late_months,
        "excellent_share": str(rules.ratings.excellent), "fail_share": str(rules.ratings.fail),
        "by_product": {one.name: _levels(ballots, one.name) for one in products},
    }  # fmt: skip
    outcome = FAILED if count.rating is Level.FAILED else PASSED
    return Result(outcome, rating=str(count.rating), counted=kept)


def rated_by(ballot: Ballot) -> Level:
    """What one member's ballot rates the whole, which follows from the ratings of the products and the report."""
    council, about = ballot.subject.council, ballot.subject.dossier
    owner = owner_of(council.kind)
    return _overall(ballot, owner.products(about), numbers(council).ratings, owner.months_late(about))


def _overall(ballot: Ballot, products: Sequence[Product], rules: RatingRules, late: int) -> Level:
    quantities = {
        one.name: Quantity(one.ordered, one.delivered or Decimal(0)) for one in products if one.ordered is not None
    }
    return counting.overall(_rating_ballot(ballot), quantities, rules, months_late=late)


def _rating_ballot(ballot: Ballot) -> RatingBallot:
    rows = ballot.answers.get("products", {})
    rated = tuple(
        counting.ProductRating(name, Level(row["quality"]), Level(row["kind"]), Level(row["quantity"]))
        for name, row in rows.items()
    )
    return RatingBallot(str(ballot.seat_id), rated, Level(ballot.answers["report"]))


def _levels(ballots: Sequence[Ballot], product: str) -> dict[str, dict[str, int]]:
    """How many gave which level, for each aspect of a product."""
    told: dict[str, dict[str, int]] = {}
    for ballot in ballots:
        for aspect, level in ballot.answers.get("products", {}).get(product, {}).items():
            row = told.setdefault(aspect, {str(one): 0 for one in Level})
            row[level] += 1
    return told


def places(subjects: Sequence[Subject]) -> dict[str, tuple[int, str]]:
    """dossier -> place and what decided it, for subjects that compete and were counted."""
    contenders = []
    for subject in subjects:
        contest = owner_of(subject.council.kind).contest(subject.dossier)
        if subject.score is not None:
            contenders.append(
                counting.Contender(
                    subject.dossier,
                    subject.score,
                    subject.outcome == PASSED,
                    contest.state_money,
                    contest.excellent,
                    Decimal(subject.counted.get("key_points") or 0),
                )
            )
    ties = numbers(subjects[0].council).ties if subjects else ()
    return {one.dossier: (one.place, one.by) for one in counting.rank(contenders, ties)}
