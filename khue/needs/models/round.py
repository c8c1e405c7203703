"""A yearly call for needs and proposals: who is asked, until when, who has answered."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from khue.core.clock import now


class Round(models.Model):
    """One collecting round of the department."""

    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    """The plan year that is asked for."""
    host = models.ForeignKey("directory.Unit", models.PROTECT, related_name="rounds")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="rounds")
    """The letter that calls for it."""
    guidance = models.TextField(blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="round_closes_later")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("needs:round", args=[self.pk])


class RoundAddressee(models.Model):
    """A unit that is asked; it answers with needs or proposals, or says that it has none."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="addressees")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    nothing_because = models.CharField(max_length=300, blank=True)
    """Set when the unit has nothing to propose."""
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="round_addressee_once")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.round}"
