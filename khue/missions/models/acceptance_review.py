"""What is found about an acceptance besides its council's ballots: products measured, experts' opinions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.missions.models.mission import Mission


class Measuring(models.Model):
    """What a group of the council's members measured of the products; or why there is nothing to measure, as an
    officer confirms with name and reason."""

    acceptance = models.OneToOneField("missions.Acceptance", models.CASCADE, related_name="measuring")
    members: models.ManyToManyField = models.ManyToManyField(  # type: ignore[type-arg]
        "directory.Person", related_name="+"
    )
    measured_on = models.DateField(null=True, blank=True)
    findings = models.TextField(blank=True)
    needless = models.TextField(blank=True)
    """Why nothing can be measured here."""
    told_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(measured_on=None, findings="") & ~Q(needless="")
                | Q(measured_on__isnull=False, needless="") & ~Q(findings=""),
                name="measuring_done_or_needless",
            )
        ]

    def __str__(self) -> str:
        return str(self.acceptance)


class AcceptanceOpinion(models.Model):
    """What an independent expert, or an independent organisation, says of an acceptance file."""

    acceptance = models.ForeignKey("missions.Acceptance", models.CASCADE, related_name="opinions")
    person = models.ForeignKey("directory.Person", models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    question = models.TextField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    due_on = models.DateField()
    text = models.TextField(blank=True)
    conclusion = models.CharField(max_length=10, choices=Mission.Rating, blank=True)
    no_contact = models.BooleanField(default=False)
    """The expert states that there was no contact with those who carry the mission out."""
    given_at = models.DateTimeField(null=True, blank=True)
    gone_without = models.TextField(blank=True)
    """Why the council sits without it, as an officer confirms."""
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["acceptance", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["acceptance", "person"], name="acceptance_opinion_once"),
            models.UniqueConstraint(fields=["acceptance", "unit"], name="acceptance_opinion_unit_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit=None) | Q(person=None, unit__isnull=False),
                name="acceptance_opinion_of_one",
            ),
            models.CheckConstraint(
                condition=Q(given_at=None) | ~Q(text="") & ~Q(conclusion="") & Q(no_contact=True),
                name="acceptance_opinion_given_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose}: {self.acceptance}"

    @property
    def whose(self) -> str:
        """The expert or the organisation."""
        return str(self.person or self.unit or _("nobody"))
