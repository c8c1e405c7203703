"""What was reported, figure by figure, and the sums above it that the database keeps by itself."""

from typing import Any

from django.conf import settings
from django.db import models

from khue.core.clock import now
from khue.indicators.models.indicator import Category
from khue.indicators.models.report import UnitReport
from khue.indicators.models.rolling import BOTH, NEW, OLD, after, kept_by

COUNTED = ("submitted", "approved")
"""States whose figures are part of the sums."""


def summed(to: str) -> "models.ForeignKey[Any, Any]":
    """A reference of a sum: the figures behind it have the foreign keys and their indexes."""
    return models.ForeignKey(to, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)


class Observation(models.Model):
    """One figure of one unit in one period; NULL with a note says that there is none."""

    State = UnitReport.State

    period = models.ForeignKey("indicators.Period", models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey("indicators.Indicator", models.PROTECT, related_name="observations", db_index=False)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(
        "indicators.Category", models.PROTECT, related_name="+", db_index=False, default=Category.TOTAL
    )
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    state = models.CharField(max_length=10, choices=UnitReport.State, default=UnitReport.State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """NULL: counted by the system, or brought in with an old list."""
    at = models.DateTimeField(default=now)
    proof = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=400, blank=True)
    override = models.CharField(max_length=400, blank=True)
    """Why a figure that a check warned of is right."""
    mark = models.CharField(max_length=400, blank=True)
    """What the department asks about it when it returns the report."""
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["period", "indicator", "unit", "category"]
        constraints = [
            models.UniqueConstraint(fields=["period", "indicator", "unit", "category"], name="observation_once"),
        ]
        triggers = kept_by(
            "roll", new=after(NEW, "new_rows"), changed=after(BOTH, "new_rows"), gone=after(OLD, "old_rows")
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} · {self.unit_id} · {self.period_id}: {self.value}"


class Rollup(models.Model):
    """Sums over the units below `unit`, without its own figure; kept by triggers in the writing transaction.

    `of` is the figure that is summed: the indicator itself, or a part of it where it is a formula (then only of units
    that have every part, so that a share is one of sums over the same units). A formula's own row has no total, it
    counts its units.
    """

    period = models.ForeignKey(
        "indicators.Period", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    unit = summed("directory.Unit")
    indicator = models.ForeignKey(
        "indicators.Indicator", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    of = models.ForeignKey(
        "indicators.Indicator", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    category = models.ForeignKey(
        "indicators.Category", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    total = models.DecimalField(max_digits=30, decimal_places=6)
    units = models.IntegerField()
    """Units that reported a figure."""
    positive = models.IntegerField()
    """Those whose figure is more than zero."""
    approved = models.IntegerField()
    """Those whose figure is approved."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "unit", "indicator", "of", "category"], name="rollup_once"),
        ]
        indexes = [
            models.Index(
                fields=["indicator", "category", "unit", "period"],
                include=["of", "total", "units", "positive", "approved"],
                name="rollup_over_time",
            )
        ]
        """With the sums themselves: those of one indicator lie all over the table, written period by period."""

    def __str__(self) -> str:
        return f"{self.indicator_id} · {self.unit_id} · {self.period_id}: {self.total}"


class Tally(models.Model):
    """How many units below `unit` were asked in a cycle, and how far they are; kept by triggers as well."""

    cycle = models.ForeignKey(
        "indicators.Cycle", models.DO_NOTHING, related_name="tallies", db_index=False, db_constraint=False
    )
    unit = summed("directory.Unit")
    asked = models.IntegerField()
    submitted = models.IntegerField()
    """Sent and waiting for approval."""
    approved = models.IntegerField()
    late = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "unit"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.cycle_id} · {self.unit_id}: {self.submitted + self.approved}/{self.asked}"
