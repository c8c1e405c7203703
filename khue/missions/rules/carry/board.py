"""The numbers of the board over missions that are carried out: each group with how many, how many late, and the money
planned, paid and confirmed. Whole đồng."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from khue.accounts.models import User
from khue.flow.models import Case
from khue.missions.models import Mission, ProgressReport, StageProgress
from khue.missions.models.mission import LIVING
from khue.missions.rules.carry.reports import SENT, weighed
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
_PLACES = {2 ** len(AXES) - 1 - 2**bit: len(AXES) - 1 - bit for bit in range(len(AXES))}
"""What `grouping()` says of a row -> the place of its axis among `AXES`."""


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
    """The sum of everything, and the latest groups of each axis: one query."""
    by_axis: dict[str | None, list[tuple[Any, ...]]] = {axis: [] for axis in (None, *AXES)}
    for axis, *sums in _summed(rows, today):
        by_axis[axis].append(tuple(sums))
    everything = [Line(*sums) for sums in by_axis[None]] or [Line(None, 0, 0, 0, 0, 0)]
    return everything[0], {axis: [Line(*sums) for sums in _latest_first(by_axis[axis])] for axis in AXES}


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
    place = _PLACES.get(bits)
    return *((None, None) if place is None else (AXES[place], row[place])), *row[len(AXES) :]


def _latest_first(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Of (key, count, late, …) the ten with most that is late."""
    return sorted(found, key=lambda sums: (-sums[2], -sums[1], sums[0] is None, sums[0]))[:LONGEST]


def late_first(rows: "Missions", today: date) -> "Missions":
    """Those with something overdue, what hurts longest first."""
    late = rows.filter(next_due_on__lt=today).select_related("host").order_by("next_due_on", "pk")
    return late.only("title", "state", "next_due_on", "host__name")


def percents(missions: Sequence[Mission]) -> dict[int, int]:
    """How far each mission is by its last sent report: two queries for all."""
    sent = ProgressReport.objects.filter(mission__in=missions, state__in=SENT)
    last = dict(sent.order_by("mission_id", "-number").distinct("mission_id").values_list("pk", "mission"))
    stages = StageProgress.objects.filter(report__in=last).values_list(
        "report", "stage__from_month", "stage__to_month", "percent"
    )
    reached: dict[int, list[tuple[int, int, int]]] = {report: [] for report in last}
    for report, *stage in stages:
        reached[report].append((stage[0], stage[1], stage[2]))
    return {mission: weighed(reached[report]) for report, mission in last.items()}
