"""Who may not judge what: kinship that was declared, sanctions, conflicts found or declared."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.directory.models import ends_after_it_begins


class Kinship(models.Model):
    """A declared relation of two people; it counts both ways."""

    class Kind(models.TextChoices):
        SPOUSE = "spouse", _("Husband or wife")
        PARENT = "parent", _("Parent")
        CHILD = "child", _("Child")
        SIBLING = "sibling", _("Brother or sister")

    person = models.ForeignKey("directory.Person", models.CASCADE, related_name="kin")
    relative = models.ForeignKey("directory.Person", models.CASCADE, related_name="kin_of")
    kind = models.CharField(max_length=8, choices=Kind)
    declared_on = models.DateField()
    declared_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "relative"], name="kinship_once"),
            models.CheckConstraint(condition=~Q(person=F("relative")), name="kinship_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.relative}"


class Sanction(models.Model):
    """An administrative sanction in science and technology, a prosecution or a conviction that still stands."""

    person = models.ForeignKey("directory.Person", models.CASCADE, related_name="sanctions")
    reason = models.CharField(max_length=300)
    document = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_it_begins("sanction_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.reason


class Conflict(models.Model):
    """A reason why a person may not judge a dossier. Suspected ones keep the person out until somebody decides."""

    class State(models.TextChoices):
        SUSPECTED = "suspected", _("To be judged")
        CONFIRMED = "confirmed", _("Confirmed")
        DISMISSED = "dismissed", _("Dismissed")

    class Source(models.TextChoices):
        COMPUTED = "computed", _("Found in the records")
        DECLARED = "declared", _("Declared by the member")
        REPORTED = "reported", _("Reported by somebody else")

    person = models.ForeignKey("directory.Person", models.CASCADE, related_name="conflicts")
    dossier = models.CharField(max_length=80)
    ground = models.SlugField(max_length=40)
    """`participant`, `staff`, `family`, `sanction`, `interest`: names in the version's provisions."""
    source = models.CharField(max_length=10, choices=Source)
    state = models.CharField(max_length=10, choices=State, default=State.SUSPECTED)
    evidence = models.JSONField(default=list)
    """Sentences and what they rest on: `{"text": …, "person": 3, "unit": 5, "from": …, "to": …}`."""
    found_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["dossier", "person"]
        constraints = [
            models.UniqueConstraint(fields=["person", "dossier", "ground"], name="conflict_once_a_ground"),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(reason="") & Q(decided_by__isnull=False),
                name="conflict_dismissed_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier"], condition=~Q(state="dismissed"), name="conflict_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.dossier} ({self.ground})"
