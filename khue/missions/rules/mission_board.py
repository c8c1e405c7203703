"""The numbers of the board over missions that are carried out: each group with how many, how many late, and the money
planned, paid and confirmed. Whole đồng."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from khue.accounts.models import User
from khue.flow.models import Case
from khue.missions.models import Mission, ProgressReport, StageProgress
from khue.missions.models.mission import LIVING
from khue.missions.rules.reports import SENT, percent_of
from khue.missions.rules.visibility import inside_of

if TYPE_CHECKING:
    Missions = QuerySet[Mission, Mission]

AXES = ("state", "field", "host_id", "year", "place_id")
LONGEST = 10
_STILL_OPEN = Exists(Case.objects.filter(pk=OuterRef("case"), closed_at=None))
NOT_DONE_WITH = LIVING & (~Q(state=Mission.State.FAILED) | Q(next_due_on__isnull=False) | Q(_STILL_OPEN))
"""Carried out here, and something is still to come of it; of a closed one the money that has to be paid back. What
was not accepted is closed by another step, or not yet."""
MONEY = ("budget_state", "paid", "confirmed")
"""Planned, paid, confirmed."""


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


def lines(rows: "Missions", today: date) -> tuple[Line, dict[str, list[Line]]]:
    """The sum of everything, and the groups of each axis, the latest ones first: one query, whose rows are added up
    here for every axis at once."""
    everything = _Sum()
    by_axis: dict[str, dict[Any, _Sum]] = {axis: {} for axis in AXES}
    for keys, due_on, money in _figures(rows):
        late = due_on is not None and due_on < today
        everything.add(late, money)
        for axis, key in zip(AXES, keys, strict=True):
            by_axis[axis].setdefault(key, _Sum()).add(late, money)
    return everything.line(None), {axis: _latest_first(sums) for axis, sums in by_axis.items()}


def _figures(rows: "Missions") -> Iterator[tuple[tuple[Any, ...], date | None, tuple[int, ...]]]:
    for row in rows.order_by().values_list(*AXES, "next_due_on", *MONEY):
        yield row[: len(AXES)], row[len(AXES)], row[len(AXES) + 1 :]


def _latest_first(sums: "Mapping[Any, _Sum]") -> list[Line]:
    found = [one.line(key) for key, one in sums.items()]
    return sorted(found, key=lambda line: (-line.late, -line.count, line.key is None, line.key))[:LONGEST]


@dataclass(slots=True)
class _Sum:
    count: int = 0
    late: int = 0
    planned: int = 0
    paid: int = 0
    confirmed: int = 0

    def add(self, late: bool, money: tuple[int, ...]) -> None:
        self.count += 1
        self.late += late
        self.planned += money[0]
        self.paid += money[1]
        self.confirmed += money[2]

    def line(self, key: Any) -> Line:
        return Line(key, self.count, self.late, self.planned, self.paid, self.confirmed)


def late_first(rows: "Missions", today: date) -> "Missions":
    """Those with something overdue, what hurts longest first."""
    return rows.filter(next_due_on__lt=today).select_related("host").order_by("next_due_on", "pk")


def percents(missions: Sequence[Mission]) -> dict[int, int]:
    """How far each mission is by its last sent report: two queries for all."""
    sent = ProgressReport.objects.filter(mission__in=missions, state__in=SENT)
    last = sent.order_by("mission_id", "-number").distinct("mission_id").only("mission")
    stages = StageProgress.objects.select_related("stage").only(
        "report", "percent", "stage__from_month", "stage__to_month"
    )
    return {report.mission_id: percent_of(report) for report in last.prefetch_related(Prefetch("stages", stages))}
