"""What is known to search: one row for each record of any kind, kept in step by the actions of its own app."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now


class _Transaction(Func):
    """The number of the writing transaction: nodes follow what was committed since they last looked."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


def this_transaction() -> Func:
    """The number of the transaction that writes a row, as an expression."""
    return _Transaction()


class Entry(models.Model):
    """A record as search sees it, written in the transaction that changed the record.

    `transaction` orders the changes: every node reads what was written by transactions it had not yet seen end.
    A record that is gone stays as a row with `gone`, so that nodes learn of it.
    """

    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    title = models.TextField()
    summary = models.TextField(blank=True)
    detail = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=400)
    sign = models.CharField(max_length=120, blank=True)
    host = models.CharField(max_length=400, blank=True)
    place = models.CharField(max_length=400, blank=True)
    field = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    words = ArrayField(models.CharField(max_length=60), default=list)
    """Its syllables without accents, each once."""
    gone = models.BooleanField(default=False)
    transaction = models.BigIntegerField(db_default=_Transaction())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="matching_entry_once")]
        indexes = [
            GinIndex(fields=["words"], name="matching_entry_words"),
            models.Index(fields=["transaction", "id"], name="matching_entry_news"),
        ]

    def __str__(self) -> str:
        return self.title


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
