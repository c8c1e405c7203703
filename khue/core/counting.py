"""How many rows a list has. Where there are many, they are counted anew at most once a minute: to the person who leafs
through two hundred thousand rows it is the same whether one more was written since; a short list is always exact."""

from collections.abc import Callable, Hashable, Mapping
from time import monotonic
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Count, Func, Model, QuerySet, Sum

from khue.core.described import described

MANY = 500
"""Longer lists than ten pages are not counted for every page."""
KEEP = 60.0
"""Seconds."""
MOST_KEPT = 1_000

_kept: dict[Hashable, tuple[float, dict[str, int]]] = {}
"""The question -> until when its answer is good, and the answer. Of this process alone."""


def count_of(rows: QuerySet[Any]) -> int:
    """The number of rows, at most a minute old where there are more than `MANY`."""
    return _asked(lambda: _question(rows, ""), lambda: {"count": rows.count()})["count"]


def count_named(question: Hashable, rows: Callable[[], QuerySet[Any]]) -> int:
    """As `count_of`, of rows that the words of `question` tell whole, who looks included: they are described once, as
    to put a long question into SQL for every page takes longer than to answer it."""
    return _asked(lambda: question, lambda: {"count": _counted(question, rows)})["count"]


def summed(rows: "QuerySet[Model]", sums: Mapping[str, str], start: int, stop: int) -> tuple[dict[str, int], list[int]]:
    """`count`, the number of rows, with the sums of columns by name, in one query; as old as `count_of`. And, where it
    was asked for just now, the numbers of the rows from `start` to `stop` in their order, which it meets anyway."""
    columns: dict[str, Any] = {name: Sum(column) for name, column in sums.items()}
    in_order = ArrayAgg("pk", order_by=[*rows.query.order_by])
    numbers: list[int] = []

    def ask() -> dict[str, int]:
        found = rows.order_by().aggregate(count=Count("pk"), numbers=_Part(in_order, start, stop), **columns)
        numbers.extend(found.pop("numbers") or [])
        return {name: int(value or 0) for name, value in found.items()}

    return _asked(lambda: _question(rows, str(sorted(sums.items()))), ask), numbers


class _Part(Func):
    """Some elements of an array."""

    def __init__(self, array: Any, start: int, stop: int) -> None:
        super().__init__(array, output_field=ArrayField(BigIntegerField()))
        self.template = f"(%(expressions)s)[{start + 1}:{stop}]"


def _asked(question: Callable[[], Hashable], ask: Callable[[], dict[str, int]]) -> dict[str, int]:
    if _kept:
        until, answer = _kept.get(question(), (0.0, {}))
        if until > monotonic():
            return answer
    answer = ask()
    if answer["count"] > MANY:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[question()] = (monotonic() + KEEP, answer)
    return answer


def _counted(question: Hashable, rows: Callable[[], QuerySet[Any]]) -> int:
    chosen, values = described(question, lambda: rows().order_by().values("pk"))
    if not chosen:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({chosen}) chosen", values)
        return int(cursor.fetchone()[0])


def _question(rows: QuerySet[Any], what: str) -> str:
    """What is asked, as it would be asked of the database: who may see what is part of it."""
    try:
        return f"{rows.db} {what} {rows.order_by().query}"
    except EmptyResultSet:
        return ""
