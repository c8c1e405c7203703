"""What is asked about an application besides the council: a look at the place, the opinion of independent experts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now


class SiteCheck(models.Model):
    """A group of experts looks at what an applicant says it has (form B2-9): set up by decision, then its minutes."""

    application = models.OneToOneField("missions.Application", models.CASCADE, related_name="site_check")
    leader = models.ForeignKey("directory.Person", models.PROTECT, related_name="+")
    members: models.ManyToManyField = models.ManyToManyField(  # type: ignore[type-arg]
        "directory.Person", related_name="site_checks"
    )
    """Everybody of the group, the leader too."""
    decision_sign = models.CharField(max_length=60)
    decided_on = models.DateField()
    visits_on = models.DateField()
    """When the group means to go there."""
    place = models.CharField(max_length=200)
    visited_on = models.DateField(null=True, blank=True)
    findings = models.TextField(blank=True)
    fit = models.BooleanField(null=True, blank=True)
    """Whether the place is fit for the mission, as the minutes conclude; None before the visit."""
    conclusion = models.TextField(blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visited_on=None, fit=None)
                | Q(visited_on__isnull=False, fit__isnull=False) & ~Q(findings="") & ~Q(conclusion=""),
                name="site_check_visited_with_minutes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.place}"


class ExpertOpinion(models.Model):
    """What an independent expert, who has no contact with the applicants, says of an application."""

    class Conclusion(models.TextChoices):
        FOR = "for", _("Worth carrying out")
        CHANGED = "changed", _("Worth carrying out after changes")
        AGAINST = "against", _("Not worth carrying out")

    application = models.ForeignKey("missions.Application", models.CASCADE, related_name="expert_opinions")
    person = models.ForeignKey("directory.Person", models.PROTECT, related_name="expert_opinions")
    question = models.TextField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    due_on = models.DateField()
    text = models.TextField(blank=True)
    conclusion = models.CharField(max_length=8, choices=Conclusion, blank=True)
    no_contact = models.BooleanField(default=False)
    """The expert states that there was no contact with the applicants."""
    given_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    """Who typed it: the expert, or an officer who has it on paper."""

    class Meta:
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="expert_opinion_once"),
            models.CheckConstraint(
                condition=Q(given_at=None) | ~Q(text="") & ~Q(conclusion="") & Q(no_contact=True),
                name="expert_opinion_given_whole",
            ),
        ]
        indexes = [models.Index(fields=["person", "given_at"], name="expert_opinion_of_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.application}"
