"""Questions that pages ask again and again in the same words: to put one into SQL takes Django longer than the database
takes to answer it, so that is done once. Only the wording is kept, never an answer."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST_KEPT = 1_000

_kept: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}
"""The question -> the statement and its values. An empty statement where there can be no answer."""


def told(
    question: Hashable,
    rows: Callable[[], "QuerySet[Any, Any]"],
    start: int = 0,
    stop: int | None = None,
    *,
    given: Mapping[str, str] | None = None,
) -> list[tuple[Any, ...]]:
    """What the database answers to `rows`, a `values_list`; from `start` to `stop`, where not all of it is wanted.

    What is another each time, such as the words that are looked for, stands in `rows` as a blank, a text of its own;
    `given` says what is put in the place of each.

    Everything that may change the wording is in `question`, who looks and what is kept from them included. The
    conditions themselves will do: `Q` are compared by what they say, and a queryset in one of them is like no other.
    """
    statement, values = described(question, rows)
    if not statement:
        return []
    values = filled(values, given or {})
    if stop is not None:
        statement, values = f"{statement} LIMIT %s OFFSET %s", (*values, stop - start, start)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def filled(values: Iterable[Any], given: Mapping[str, str]) -> tuple[Any, ...]:
    """The values of a statement, with what is given in the place of each blank."""
    return tuple(given.get(value, value) if isinstance(value, str) else value for value in values)


def described(question: Hashable, rows: Callable[[], "QuerySet[Any, Any] | None"]) -> tuple[str, tuple[Any, ...]]:
    """The statement for `rows` and its values, as `told` asks it."""
    found = _kept.get(question)
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[question] = in_words(rows())
    return found


def in_words(rows: "QuerySet[Any, Any] | None") -> tuple[str, tuple[Any, ...]]:
    """The statement for `rows` and its values; an empty one where there can be no answer."""
    if rows is None:
        return "", ()
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return "", ()
