"""Locks with a name, kept by the database until the transaction ends: for what has no row that could be locked."""

from django.db import connection

ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
TOGETHER = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"


def hold(name: str) -> None:
    """Wait until nobody else holds or shares `name`, and hold it."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [name])


def share(name: str) -> None:
    """Wait until nobody holds `name`; others may share it."""
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER, [name])
