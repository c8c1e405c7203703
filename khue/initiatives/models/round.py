"""A receiving round: until when a unit takes applications, and which units it asks."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now, today


class Round(models.Model):
    """One round of a unit. What is filed with the unit, or with one that it asks, belongs to it until it is closed."""

    title = models.CharField(_("Title"), max_length=200)
    host = models.ForeignKey("directory.Unit", models.PROTECT, related_name="initiative_rounds")
    opens_on = models.DateField(_("Opens on"))
    closes_on = models.DateField(_("Closes on"))
    guidance = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="initiative_round_closes_later")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("initiatives:round", args=[self.pk])

    @property
    def dossier(self) -> str:
        """As the journal names it."""
        return f"initiative-round:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether applications belong to it today; late ones do until it is closed."""
        return self.closed_at is None and self.opens_on <= today()

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.closes_on < today()


class RoundUnit(models.Model):
    """A unit that is asked: it answers with an application, or says that it has none."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="asked")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    nothing_because = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    """When the unit said that it has none."""
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="initiative_round_asks_once"),
            models.CheckConstraint(
                condition=Q(nothing_because="", answered_at=None)
                | ~Q(nothing_because="") & Q(answered_at__isnull=False),
                name="initiative_round_nothing_is_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.round}"
