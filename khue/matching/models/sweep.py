"""A comparison of all records with each other, on its way."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now

SILENT = timedelta(minutes=10)
"""A sweep that has not told of itself for so long was broken off: whoever did it was stopped."""


class Sweep(models.Model):
    """All pairs among the records of some kinds, found part by part; what is done stays done when it is broken off."""

    class State(models.TextChoices):
        WORKING = "working", _("Being compared")
        DONE = "done", _("Compared")
        BROKEN = "broken", _("Broken off")

    kinds = ArrayField(models.CharField(max_length=40), default=list)
    """Kinds of record compared; none named means all."""
    state = models.CharField(max_length=10, choices=State, default=State.WORKING)
    starts = ArrayField(models.BigIntegerField(), default=list)
    waiting = ArrayField(models.BigIntegerField(), default=list)
    """Where the parts begin, all of them and those still to be compared, by number of the entry."""
    last = models.BigIntegerField(default=0)
    """The highest entry when it began."""
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    """Entries, in all and compared."""
    found = models.PositiveIntegerField(default=0)
    """Pairs met."""
    problem = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    """Who asked for it; nobody when it came from the command line or by the calendar."""
    at = models.DateTimeField(default=now)
    told_at = models.DateTimeField(default=now)
    """When it last wrote what it had found."""
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(F("state"), condition=Q(state="working"), name="sweep_one_at_a_time"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="sweep_done"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.done}/{self.total}"

    @property
    def given_up(self) -> bool:
        """Whether nobody works on it any more."""
        return self.state == self.State.WORKING and self.told_at < now() - SILENT
