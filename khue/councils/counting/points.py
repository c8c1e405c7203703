"""Points: the mean of the ballots that are not far off it (Circular 20/2023/TT-BKHCN, articles 11 and 12)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PointsBallot:
    """One member's points: criterion -> points."""

    seat: str
    points: Mapping[str, Decimal]

    @property
    def total(self) -> Fraction:
        """All points together."""
        return sum((Fraction(points) for points in self.points.values()), Fraction(0))


@dataclass(frozen=True, slots=True)
class PointsRules:
    """The numbers of the counting.

    A ballot is dropped when it differs from the mean of all by more than `outlier` of that mean. `threshold` points
    are needed; `bonus` of the mean is added for whoever proposed the mission, once the threshold is reached. An
    application falls when more than `zero` of the members present gave 0 to one criterion. `decimals` are kept.
    """

    outlier: Fraction
    threshold: int
    bonus: Fraction
    zero: Fraction
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class PointsCount:
    """The count, with each of its steps as the count sheet prints them."""

    mean_of_all: Decimal
    dropped: tuple[str, ...]
    valid: int
    average: Decimal | None
    """Of the valid ballots, without bonus; None when no ballot is valid."""
    bonus: Decimal
    final: Decimal | None
    zeros: Mapping[str, int]
    """Criterion -> how many gave it 0, where any did."""
    fallen_by_zero: tuple[str, ...]
    reached: bool
    """The threshold is reached, and no criterion makes it fall."""
    by_criterion: Mapping[str, Decimal]
    """Mean points of the valid ballots for each criterion."""


def mean(values: Iterable[Fraction | Decimal | int]) -> Fraction:
    """The exact mean; raises ValueError when there is nothing."""
    kept = [Fraction(value) for value in values]
    if not kept:
        raise ValueError("the mean of nothing")
    return sum(kept, Fraction(0)) / len(kept)


def count_points(ballots: Sequence[PointsBallot], rules: PointsRules, *, present: int, proposer: bool) -> PointsCount:
    """Count the ballots of one application. `present` members sat in the meeting; `proposer` tells whether the
    applicant is the body that proposed the mission. Raises ValueError without any ballot."""
    middle = mean(ballot.total for ballot in ballots)
    far = rules.outlier * middle
    valid = [ballot for ballot in ballots if abs(ballot.total - middle) <= far]
    zeros = _zeros(ballots)
    fallen = tuple(name for name, times in zeros.items() if times > rules.zero * present)
    average = rounded(mean(ballot.total for ballot in valid), rules.decimals) if valid else None
    high_enough = average is not None and average >= rules.threshold
    bonus = (
        rounded(rules.bonus * Fraction(average), rules.decimals) if average and high_enough and proposer else Decimal(0)
    )
    return PointsCount(
        mean_of_all=rounded(middle, rules.decimals),
        dropped=tuple(ballot.seat for ballot in ballots if ballot not in valid),
        valid=len(valid),
        average=average,
        bonus=bonus,
        final=None if average is None else average + bonus,
        zeros=zeros,
        fallen_by_zero=fallen,
        reached=high_enough and not fallen,
        by_criterion=_by_criterion(valid, rules.decimals),
    )


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Rounded half up, as people do by hand."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _zeros(ballots: Sequence[PointsBallot]) -> dict[str, int]:
    names = dict.fromkeys(name for ballot in ballots for name in ballot.points)
    counted = {name: sum(ballot.points.get(name) == 0 for ballot in ballots) for name in names}
    return {name: times for name, times in counted.items() if times}


def _by_criterion(ballots: Sequence[PointsBallot], decimals: int) -> dict[str, Decimal]:
    names = dict.fromkeys(name for ballot in ballots for name in ballot.points)
    return {name: rounded(mean(ballot.points.get(name, Decimal(0)) for ballot in ballots), decimals) for name in names}
