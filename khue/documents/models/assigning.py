"""An assignment of so many directives that nobody should wait for it with the page open."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.documents.models.extraction import Extraction

GIVEN_UP = timedelta(minutes=10)
"""Work that is still going on after this long was broken off: its worker was stopped."""


class Assigning(models.Model):
    """One such assignment on its way; wholly done or not at all."""

    class State(models.TextChoices):
        WORKING = "working", _("Being assigned")
        DONE = "done", _("Assigned")
        REFUSED = "refused", _("Refused")
        BROKEN = "broken", _("Broken off")

    extraction = models.ForeignKey(Extraction, models.CASCADE, related_name="assignings")
    state = models.CharField(max_length=10, choices=State, default=State.WORKING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    """Directives."""
    units = models.PositiveIntegerField(default=0)
    """How many units got one, once it is done."""
    problem = models.TextField(blank=True)
    """What was refused, for the person."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["extraction"], condition=Q(state="working"), name="assigning_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.extraction_id}: {self.done}/{self.total}"

    @property
    def given_up(self) -> bool:
        """Whether nobody works on it any more."""
        return self.state == self.State.WORKING and self.at < now() - GIVEN_UP
