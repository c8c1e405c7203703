"""How far an import is, written beside its transaction so that others see it while it runs."""

import time
from types import TracebackType
from typing import Self

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from khue.office.models import Import

PAUSE = 0.5
"""Seconds between two writes."""


class Progress:
    """Call it with the number of rows done; it has a connection of its own."""

    def __init__(self, brought: Import) -> None:
        self._pk = brought.pk
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
            cursor.execute("UPDATE office_import SET done = %s WHERE id = %s", [done, self._pk])
