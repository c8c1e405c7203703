"""Sheets that somebody brought in, from the upload to the end."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core.clock import now


class Import(models.Model):
    """One uploaded sheet: what it would do, or did. Its content goes when it is done with; what it did stays."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        APPLYING = "applying", _("Being entered")
        APPLIED = "applied", _("Entered")
        FAILED = "failed", _("Broken off")

    kind = models.SlugField(max_length=40)
    """The name of the exchange."""
    name = models.CharField(max_length=200)
    content = models.BinaryField(blank=True)
    by = models.ForeignKey(User, models.CASCADE, related_name="imports")
    at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    """Rows of the sheet."""
    blanks = models.JSONField(default=dict, blank=True)
    """What stands in an empty cell, by the key of its column: the page where the sheet was dropped knows it."""
    back = models.CharField(max_length=200, blank=True)
    """The address of the page where it was dropped, where that is not the page of its kind."""
    outcome = models.JSONField(default=dict)
    """`problems`: lists of row, column, reason; `changes`: lists of row, effect, what, details."""

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["by", "kind", "-at"], name="import_of_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def working(self) -> bool:
        """Whether a job is at it."""
        return self.state in {self.State.CHECKING, self.State.APPLYING}

    @property
    def problems(self) -> list[list[Any]]:
        """What stands in the way."""
        found: list[list[Any]] = self.outcome.get("problems", [])
        return found

    @property
    def changes(self) -> list[list[Any]]:
        """What would be, or was, entered or changed; rows that change nothing are not kept."""
        found: list[list[Any]] = self.outcome.get("changes", [])
        return found
