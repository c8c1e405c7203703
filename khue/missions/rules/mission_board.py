"""The numbers of the board over missions that are carried out: each group with how many, how many late, and the money
planned, paid and confirmed. Whole đồng."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet, Sum

from khue.accounts.models import User
from khue.missions.models import Mission, ProgressReport
from khue.missions.rules.reports import SENT, percent_of
from khue.missions.rules.visibility import inside_of

if TYPE_CHECKING:
    Missions = QuerySet[Mission, Mission]

AXES = ("state", "field", "host_id", "year", "place_id")
LONGEST = 10
NOT_DONE_WITH = Q(case__isnull=False) & (Q(case__closed_at=None) | Q(next_due_on__isnull=False))
"""Carried out here, and something is still to come of it; of a closed one the money that has to be paid back."""
MONEY = {"planned": "budget_state", "paid": "paid", "confirmed": "confirmed"}


@dataclass(frozen=True, slots=True)
class Line:
    """One group of missions; `key` is the value of its axis, None for all of them."""

    key: Any
    count: int
    late: int
    planned: int
    paid: int
    confirmed: int


def open_ones(user: User) -> "Missions":
    """Missions that are carried out here and not done with, whose inside the person sees."""
    return inside_of(user).filter(NOT_DONE_WITH)


def all_of(rows: "Missions", today: date) -> Line:
    """The sum of everything: one query."""
    return _line(None, rows.aggregate(**_sums(today)))


def groups(rows: "Missions", axis: str, today: date) -> list[Line]:
    """The groups of an axis, the latest ones first: one query."""
    grouped = rows.order_by().values(axis).annotate(**_sums(today)).order_by("-late", "-count", axis)
    return [_line(row[axis], row) for row in grouped[:LONGEST]]


def _sums(today: date) -> dict[str, Any]:
    sums: dict[str, Any] = {name: Sum(column) for name, column in _named().items()}
    return {"count": Count("pk"), "late": Count("pk", filter=Q(next_due_on__lt=today)), **sums}


def _named() -> dict[str, Any]:
    """`paid` is both a column and a sum: the columns are named apart."""
    return {name: F(column) for name, column in MONEY.items()}


def _line(key: Any, row: Mapping[str, Any]) -> Line:
    return Line(key, row["count"], row["late"], *(int(row[name] or 0) for name in MONEY))


def late_first(rows: "Missions", today: date) -> "Missions":
    """Those with something overdue, what hurts longest first."""
    return rows.filter(next_due_on__lt=today).select_related("host").order_by("next_due_on", "pk")


def percents(missions: Sequence[Mission]) -> dict[int, int]:
    """How far each mission is by its last sent report: two queries for all."""
    reports = ProgressReport.objects.filter(mission__in=missions, state__in=SENT).order_by("number")
    return {report.mission_id: percent_of(report) for report in reports.prefetch_related("stages__stage")}
