"""Counting ballots: pure functions over ballots and the numbers of the rules. No Django, no database.

Numbers come from the version of the process that the council works under; nothing of a circular stands here but the
order of the steps. Shares and means are exact (`Fraction`); what is compared and printed is rounded once, half up.
"""

from khue.councils.counting.passes import PassBallot, PassCount, count_passes
from khue.councils.counting.points import PointsBallot, PointsCount, PointsRules, count_points, mean
from khue.councils.counting.quorum import Attendance, QuorumRules, missing_for_quorum, needed_for_quorum
from khue.councils.counting.ranking import BREAKERS, Contender, Ranked, rank
from khue.councils.counting.ratings import (
    Level,
    ProductRating,
    Quantity,
    RatingBallot,
    RatingCount,
    RatingRules,
    count_ratings,
    overall,
)

__all__ = [
    "BREAKERS",
    "Attendance",
    "Contender",
    "Level",
    "PassBallot",
    "PassCount",
    "PointsBallot",
    "PointsCount",
    "PointsRules",
    "ProductRating",
    "Quantity",
    "QuorumRules",
    "Ranked",
    "RatingBallot",
    "RatingCount",
    "RatingRules",
    "count_passes",
    "count_points",
    "count_ratings",
    "mean",
    "missing_for_quorum",
    "needed_for_quorum",
    "overall",
    "rank",
]
