"""Where numbers come from: registers of arrival and series of outgoing numbers."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.directory.models import Unit
from khue.documents.models.words import Direction, Family


class NumberSeries(models.Model):
    """One run of numbers 01, 02, … of one organisation within one period.

    State series restart each year, Party series each term of the committee; a council that is printed as the issuing
    body has its own (Decree 30/2020/NĐ-CP art. 15; Guideline 05-HD/VPTW).
    """

    class Scope(models.TextChoices):
        YEAR = "year", _("Calendar year")
        TERM = "term", _("Term of the committee")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="number_series")
    direction = models.CharField(max_length=10, choices=Direction)
    family = models.CharField(max_length=10, choices=Family, default=Family.STATE)
    type = models.CharField(max_length=10, blank=True)
    """Abbreviation of the one type numbered here; blank when all types that have no series of their own share it."""
    council = models.CharField(max_length=40, blank=True)
    """Sign of the council, board or team numbered here (`HĐTVKHCN`); blank for the organisation itself."""
    secret = models.BooleanField(default=False)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.YEAR)
    period_name = models.CharField(max_length=40)
    """`2026`, or the term such as `XVII`."""
    period = DateRangeField()
    issuer_code = models.CharField(max_length=30, blank=True)
    """How the issuing body is abbreviated in signs (`SKHCN`, `UBND`, `TU`)."""
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["unit__sort_name", "direction", "family", "council", "type", "-period_name"]
        constraints = [
            ExclusionConstraint(
                name="series_do_not_overlap",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("direction", RangeOperators.EQUAL),
                    ("family", RangeOperators.EQUAL),
                    ("type", RangeOperators.EQUAL),
                    ("council", RangeOperators.EQUAL),
                    ("secret", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="outgoing_series_has_code", condition=~Q(direction="out") | ~Q(issuer_code="") | ~Q(council="")
            ),
            models.CheckConstraint(
                name="series_period_is_bounded_below", condition=Q(period__startswith__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.council or self.issuer_code, self.type, self.period_name) if part)

    @property
    def dossier(self) -> str:
        """The name under which the journal knows it."""
        return f"series:{self.pk}"


class ReservedNumber(models.Model):
    """A number that was set aside, or given back, instead of being taken in turn."""

    class State(models.TextChoices):
        RESERVED = "reserved", _("Reserved")
        RELEASED = "released", _("Given back")
        USED = "used", _("Used")

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="reserved_numbers")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["series", "number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="reserved_number_once")]

    def __str__(self) -> str:
        return f"{self.series}: {self.number:02d} ({self.state})"
