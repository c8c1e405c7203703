"""How far a long piece of work is, written beside its transaction so that others see it while it runs."""

import time
from types import TracebackType
from typing import Self

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

PAUSE = 0.5
"""Seconds between two writes."""


class Progress:
    """Call it with how much is done: it goes into the column `done` of `row`, over a connection of its own."""

    def __init__(self, row: Model) -> None:
        self._table, self._pk = connection.ops.quote_name(row._meta.db_table), row.pk
        self._told = time.monotonic()
        self._beside: BaseDatabaseWrapper = connection.copy()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._beside.close()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._told < PAUSE:
            return
        self._told = time.monotonic()
        with self._beside.cursor() as cursor:
            cursor.execute(f"UPDATE {self._table} SET done = %s WHERE id = %s", [done, self._pk])  # noqa: S608 - our own table


def untold(_done: int) -> None:
    """Nobody waits to be told."""
