"""Who gets the right to the results of a mission."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now


class Ownership(models.Model):
    """The assignment of ownership or use of a mission's results, a case of `result-ownership`. Columns repeat what the
    moves of the case said."""

    class Right(models.TextChoices):
        OWNERSHIP = "ownership", _("Ownership")
        USE = "use", _("Right of use")

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="ownerships")
    applicant = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    """Who asks for the right, and has it once it is decided."""
    right = models.CharField(max_length=10, choices=Right, blank=True)
    plan = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    """Of the appraisal."""
    agrees = models.BooleanField(null=True)
    conditions = models.TextField(blank=True)
    decision_sign = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="ownership")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on=None) | ~Q(decision_sign=""), name="ownership_decision_is_signed"
            )
        ]

    def __str__(self) -> str:
        return str(self.mission)

    def get_absolute_url(self) -> str:
        return reverse("missions:ownership", args=[self.pk])

    @property
    def dossier(self) -> str:
        """As the journal and the engine name it."""
        return f"ownership:{self.pk}"
