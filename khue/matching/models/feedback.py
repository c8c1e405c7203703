"""What people said of two records held side by side."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now


class Feedback(models.Model):
    """What a person said of two records that were held side by side: one row for each pair and person, its former
    verdicts in the journal. The pair is kept in order, the smaller (kind, number) first."""

    class Verdict(models.TextChoices):
        """The bands of ranking, said by a person."""

        SAME = "same", _("The same")
        RELATED = "related", _("Related, not the same")
        OTHER = "other", _("Has nothing to do with it")

    kind_a = models.CharField(max_length=40, db_collation="C")
    pk_a = models.BigIntegerField()
    kind_b = models.CharField(max_length=40, db_collation="C")
    pk_b = models.BigIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict)
    note = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind_a", "pk_a", "kind_b", "pk_b", "by"], name="matching_feedback_once"),
            models.CheckConstraint(
                condition=Q(kind_a__lt=F("kind_b")) | Q(kind_a=F("kind_b"), pk_a__lt=F("pk_b")),
                name="matching_feedback_in_order",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["same", "related", "other"]), name="matching_feedback_said"
            ),
        ]
        indexes = [models.Index(fields=["kind_b", "pk_b"], name="matching_feedback_other")]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.verdict}"

    @property
    def dossier(self) -> str:
        """How the journal calls the pair: `pair:need:5+proposal:7`."""
        return f"pair:{self.kind_a}:{self.pk_a}+{self.kind_b}:{self.pk_b}"
