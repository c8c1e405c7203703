"""What was decided about several spellings of one organisation or person in missions of the past."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now


class Spelling(models.Model):
    """Spellings that mean the same, with what they were put to; or that do not, so that nobody is asked again."""

    class Kind(models.TextChoices):
        HOST = "host", _("Lead organisation")
        PERSON = "person", _("Principal investigator")

    class Verdict(models.TextChoices):
        SAME = "same", _("One and the same")
        DIFFERENT = "different", _("Different ones")

    kind = models.CharField(max_length=6, choices=Kind)
    names = ArrayField(models.CharField(max_length=250))
    verdict = models.CharField(max_length=9, choices=Verdict)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("directory.Person", models.PROTECT, null=True, blank=True, related_name="+")
    missions = ArrayField(models.BigIntegerField(), default=list)
    """Numbers of the missions that were put to the unit or person by this decision."""
    aliases = ArrayField(models.BigIntegerField(), default=list)
    """Numbers of the names that the directory learned by it."""
    decided_at = models.DateTimeField(default=now)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="different")
                | Q(kind="host", unit__isnull=False)
                | Q(kind="person", person__isnull=False),
                name="spelling_put_to_somebody",
            )
        ]

    def __str__(self) -> str:
        return " = ".join(self.names)
