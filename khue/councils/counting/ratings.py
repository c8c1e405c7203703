"""Ratings at acceptance: of a product, by a member, by the council (Circular 11/2014/TT-BKHCN, article 13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Level(StrEnum):
    """How good something is."""

    EXCELLENT = "excellent"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many were ordered and delivered of a product."""

    ordered: Decimal
    delivered: Decimal


@dataclass(frozen=True, slots=True)
class ProductRating:
    """A member's view of one product: its kind and quality, and how many there are."""

    product: str
    quality: Level
    kind: Level
    quantity: Level


@dataclass(frozen=True, slots=True)
class RatingBallot:
    """One member's ballot."""

    seat: str
    products: tuple[ProductRating, ...]
    report: Level


@dataclass(frozen=True, slots=True)
class RatingRules:
    """The shares of article 13. `quantity`: of the quantity criteria that must be passed, and of the ordered number
    that the others must reach. `excellent`: of members present, for the council. `fail`: more than this sinks it.
    `late_months`: a file later than this is not passed, whatever its quality."""

    quantity: Fraction
    excellent: Fraction
    fail: Fraction
    late_months: int


@dataclass(frozen=True, slots=True)
class RatingCount:
    """What members say and what the council concludes."""

    by_seat: Mapping[str, Level]
    excellent: int
    passed: int
    failed: int
    rating: Level


def overall(
    ballot: RatingBallot, quantities: Mapping[str, Quantity], rules: RatingRules, *, months_late: int = 0
) -> Level:
    """A member's overall rating, which follows from the ratings of the products and the report."""
    if months_late > rules.late_months or ballot.report is Level.FAILED or not ballot.products:
        return Level.FAILED
    criteria = [level for row in ballot.products for level in (row.quality, row.kind, row.quantity)]
    if all(level is Level.EXCELLENT for level in criteria):
        return Level.EXCELLENT
    if any(Level.FAILED in (row.quality, row.kind) for row in ballot.products):
        return Level.FAILED
    short = [row for row in ballot.products if row.quantity is Level.FAILED]
    enough = len(ballot.products) - len(short) >= rules.quantity * len(ballot.products)
    near = all(_reaches(quantities.get(row.product), rules.quantity) for row in short)
    return Level.PASSED if enough and near else Level.FAILED


def _reaches(quantity: Quantity | None, share: Fraction) -> bool:
    return quantity is not None and Fraction(quantity.delivered) >= share * Fraction(quantity.ordered)


def count_ratings(ratings: Mapping[str, Level], rules: RatingRules, *, present: int) -> RatingCount:
    """The council's rating: excellent when enough of those present say so and nobody says not passed; not passed when
    more than the share says so; passed otherwise. Raises ValueError without any ballot."""
    if not ratings:
        raise ValueError("no ballots")
    said = list(ratings.values())
    excellent, failed = said.count(Level.EXCELLENT), said.count(Level.FAILED)
    if failed > rules.fail * present:
        rating = Level.FAILED
    elif excellent >= rules.excellent * present and not failed:
        rating = Level.EXCELLENT
    else:
        rating = Level.PASSED
    return RatingCount(dict(ratings), excellent, said.count(Level.PASSED), failed, rating)
