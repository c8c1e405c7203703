"""Numbers of records: one series a year, without gaps, and two who number at once wait for each other."""

from typing import Any

from django.db import connection
from django.db.models import Max, Model


def next_number(model: type[Model], year: int) -> int:
    """The next `number` of the records of a `year`; nobody else gets one until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{model.__name__}:{year}"])
    rows: Any = model._default_manager.filter(year=year)
    last: int | None = rows.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
