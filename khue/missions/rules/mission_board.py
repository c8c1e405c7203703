"""The numbers of the board over missions that are carried out: each group with how many, how many late, and the money
planned, paid and confirmed. Whole đồng."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
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
    """The sum of everything, and the groups of each axis, the latest ones first: one query."""
    everything = Line(None, 0, 0, 0, 0, 0)
    by_axis: dict[str, list[Line]] = {axis: [] for axis in AXES}
    for axis, key, *sums in _summed(rows, today):
        line = Line(key, *sums)
        if axis is None:
            everything = line
        else:
            by_axis[axis].append(line)
    return everything, {axis: _latest_first(found) for axis, found in by_axis.items()}


def _summed(rows: "Missions", today: date) -> list[tuple[Any, ...]]:
    """(axis, key, count, late, planned, paid, confirmed) of all and of every group: one pass over the rows."""
    columns = (*AXES, "next_due_on", *MONEY)
    try:
        chosen, parameters = rows.order_by().values_list(*columns).query.sql_with_params()
    except EmptyResultSet:  # somebody who may see none
        return []
    axes = ", ".join(AXES)
    query = f"""
        WITH chosen({", ".join(columns)}) AS ({chosen})
        SELECT grouping({axes}), {axes}, count(*), count(*) FILTER (WHERE next_due_on < %s),
               {", ".join(f"coalesce(sum({name}), 0)::bigint" for name in MONEY)}
        FROM chosen GROUP BY GROUPING SETS ((), {", ".join(f"({name})" for name in AXES)})
    """  # noqa: S608 - only column names of ours and a compiled queryset are put in
    with connection.cursor() as cursor:
        cursor.execute(query, [*parameters, today])
        return [_of_axis(bits, *row) for bits, *row in cursor.fetchall()]


def _of_axis(bits: int, *row: Any) -> tuple[Any, ...]:
    """The row with the one axis it is grouped by: `grouping()` sets the bit of every column that is not."""
    keys, sums = dict(zip(AXES, row, strict=False)), row[len(AXES) :]
    every = 2 ** len(AXES) - 1
    axis = next((name for place, name in enumerate(reversed(AXES)) if bits == every - 2**place), None)
    return axis, keys[axis] if axis else None, *sums


def _latest_first(found: list[Line]) -> list[Line]:
    return sorted(found, key=lambda line: (-line.late, -line.count, line.key is None, line.key))[:LONGEST]


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
