"""Numbers of proposals: one series a year, without gaps, two who send at once wait for each other."""

from django.db import connection
from django.db.models import Max

from khue.needs.models import OrderProposal, Proposal


def next_number(model: type[Proposal] | type[OrderProposal], year: int) -> int:
    """The next number of the year; locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{model.__name__}:{year}"])
    last = model.objects.filter(year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
