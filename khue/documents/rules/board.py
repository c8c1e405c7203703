"""The figures of the leader's board, counted in the database in a fixed number of queries.

Open directives are few beside all that ever were: one pass over the partial index of open ones gives every table at
once (grouping sets). What was done is counted by month over the index of days done.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, Count, DateField, QuerySet, Value, When
from django.db.models.functions import Cast, TruncMonth

from khue.documents.models import Directive
from khue.documents.models.directive import OPEN_STATES
from khue.documents.rules.figures import Figures

Directives = QuerySet[Directive, Directive]
AXES = ("lead_id", "document_id", "field", "priority")
ROWS = 10
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of the board: a unit, document, field or priority, and how its directives stand."""

    key: Any
    overdue: int
    due_soon: int
    on_time: int
    done_late: int

    @property
    def open(self) -> int:
        return self.overdue + self.due_soon + self.on_time


@dataclass(frozen=True, slots=True)
class Month:
    """What was assigned and done in one month."""

    first: date
    assigned: int
    done: int
    done_late: int


@dataclass(slots=True)
class Board:
    """Everything the board shows."""

    figures: Figures = field(default_factory=Figures)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    late_units: int = 0
    months: list[Month] = field(default_factory=list)


def board(rows: Directives, today: date, soon: date, *, limit: int = ROWS) -> Board:
    """The board over `rows` on `today`; four queries, whatever the number of rows.

    Recurring directives themselves count nowhere: they are neither open nor done, their occurrences are.
    """
    rows = rows.order_by()
    made = Board(months=_months(rows, today))
    made.figures.counts.update(_done(made.months, today))
    made.figures.counts["reported"] = rows.filter(state=Directive.State.REPORTED).count()
    for axis, key, units, *counts in _grouped(rows, today, soon, limit):
        line = Line(key, *counts)
        if axis == "all":
            made.figures.counts.update({"overdue": line.overdue, "due-soon": line.due_soon, "on-time": line.on_time})
            continue
        made.lines.setdefault(axis, []).append(line)
        if axis == "lead_id":
            made.late_units = units
    made.figures.late_units = Counter(
        {line.key: line.overdue for line in made.lines.get("lead_id", []) if line.overdue}
    )
    return made


def _done(months: list[Month], today: date) -> dict[str, int]:
    """What was done this year."""
    year = [month for month in months if month.first.year == today.year]
    late = sum(month.done_late for month in year)
    return {"done-late": late, "done": sum(month.done for month in year) - late}


def _grouped(rows: Directives, today: date, soon: date, limit: int) -> list[tuple[Any, ...]]:
    """(axis, key, late keys, overdue, due soon, on time, done late) for all and for the worst of each axis."""
    late_ones = rows.filter(late=True, done_on__gte=date(today.year, 1, 1))
    columns = ("due_on", *AXES)
    still = rows.filter(state__in=OPEN_STATES).values_list(*columns, Value(value=False, output_field=BooleanField()))
    late = late_ones.values_list(*columns, Value(value=True, output_field=BooleanField()))
    try:
        sql, parameters = still.union(late, all=True).query.sql_with_params()
    except EmptyResultSet:  # somebody who may see none, as an administrator
        return []
    names = ", ".join((*columns, "late"))
    query = f"""
        WITH chosen({names}) AS ({sql}),
        grouped AS (
            SELECT grouping({", ".join(AXES)}) AS axis,
                   coalesce(lead_id::text, document_id::text, field, priority) AS key,
                   count(*) FILTER (WHERE NOT late AND due_on < %s) AS overdue,
                   count(*) FILTER (WHERE NOT late AND due_on BETWEEN %s AND %s) AS due_soon,
                   count(*) FILTER (WHERE NOT late AND (due_on > %s OR due_on IS NULL)) AS on_time,
                   count(*) FILTER (WHERE late) AS done_late
            FROM chosen GROUP BY GROUPING SETS ((), (lead_id), (document_id), (field), (priority))
        ),
        ranked AS (
            SELECT *, row_number() OVER (
                       PARTITION BY axis ORDER BY overdue DESC, due_soon DESC, on_time DESC, key COLLATE "C"
                   ) AS place,
                   count(*) FILTER (WHERE overdue > 0) OVER (PARTITION BY axis) AS late_keys
            FROM grouped
        )
        SELECT axis, key, late_keys, overdue, due_soon, on_time, done_late FROM ranked WHERE place <= %s
        ORDER BY axis, place
    """  # noqa: S608 - only column names of ours and a compiled queryset are put in
    with connection.cursor() as cursor:
        cursor.execute(query, [*parameters, today, today, soon, soon, limit])
        return [(_axis(row[0]), _key(row[0], row[1]), *row[2:]) for row in cursor.fetchall()]


def _axis(bits: int) -> str:
    """Which column the row is grouped by: `grouping()` sets the bit of every column that is not."""
    every = 2 ** len(AXES) - 1
    return next((name for place, name in enumerate(reversed(AXES)) if bits == every - 2**place), "all")


def _key(bits: int, key: str) -> Any:
    return int(key) if _axis(bits) in {"lead_id", "document_id"} else key


def _months(rows: Directives, today: date) -> list[Month]:
    """The last twelve months, this one included."""
    first = _months_back(today, MONTHS - 1)
    done = {
        row["month"]: row
        for row in rows.filter(done_on__gte=first)
        .annotate(month=_month("done_on"))
        .values("month")
        .annotate(n=Count("*"), late_ones=Count(Case(When(late=True, then=Value(1)))))
    }
    assigned = dict(
        rows.filter(assigned_on__gte=first)
        .exclude(state=Directive.State.RECURRING)
        .annotate(month=_month("assigned_on"))
        .values("month")
        .annotate(n=Count("*"))
        .values_list("month", "n")
    )
    months = [_months_back(today, back) for back in range(MONTHS - 1, -1, -1)]
    nothing = {"n": 0, "late_ones": 0}
    return [
        Month(month, assigned.get(month, 0), done.get(month, nothing)["n"], done.get(month, nothing)["late_ones"])
        for month in months
    ]


def _month(column: str) -> Cast:
    return Cast(TruncMonth(column), DateField())


def _months_back(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
