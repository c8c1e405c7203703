"""Keeping the periods of a year as rows."""

from django.db import transaction

from khue.core import periods
from khue.indicators.models import Period


@transaction.atomic
def ensure(year: int) -> list[Period]:
    """Every period of `year`, as `processes/reporting/` says; those that are there already keep their days."""
    rows = [
        Period(
            code=one.code, kind=one.kind, year=one.year, number=one.number, label=one.label, first=one.first,
            last=one.last, basis=one.basis, verified=one.verified,
        )
        for one in periods.of_year(year)
    ]  # fmt: skip
    Period.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Period.objects.filter(year=year))


def named(code: str) -> Period:
    """The period called `2026-Q2`, made when it is not there yet. Raises Refused `period-unknown`."""
    wanted = periods.period(code)
    found = Period.objects.filter(code=wanted.code).first()
    return found or next(one for one in ensure(wanted.year) if one.code == wanted.code)
