"""What is so from a day to a day."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Func, Q, Value

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class ThroughTime(models.QuerySet[M_co]):
    """Rows that are valid from a day to a day, both included; an open end is NULL."""

    def as_of(self, day: date) -> Self:
        """Those valid on `day`."""
        return self.filter(valid_on(day))


def valid_on(day: date, prefix: str = "") -> Q:
    """The condition that a row (or the one reached by `prefix`, such as `membership__`) is valid on `day`."""
    begun, endless = Q(**{f"{prefix}valid_from__lte": day}), Q(**{f"{prefix}valid_to": None})
    return begun & (endless | Q(**{f"{prefix}valid_to__gte": day}))


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """The constraint that a row's last day is not before its first."""
    return models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name=name)


def days() -> Func:
    """The row's days as a PostgreSQL range, for exclusion constraints."""
    return Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange")
