"""A yearly call for needs and proposals: who is asked, until when, who has answered."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from khue.core.clock import now, today


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

    @property
    def code(self) -> str:
        """`ĐT-2027-3`: what the column of the sheet says; it stays when the title is corrected."""
        return f"ĐT-{self.year}-{self.pk}"

    @property
    def dossier(self) -> str:
        """As the journal and the files name it."""
        return f"round:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether units may answer: late answers count until it is closed."""
        return self.published_at is not None and self.closed_at is None


class RoundAddressee(models.Model):
    """A unit that is asked; it answers with needs or proposals, or says that it has none."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="addressees")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    nothing_because = models.CharField(max_length=300, blank=True)
    """Set when the unit has nothing to propose."""
    reminded_on = models.DateField(null=True, blank=True)
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="round_addressee")
    """Of the process `round-answer`, so that it stands on the unit's desk; None before the round is published."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="round_addressee_once"),
            models.CheckConstraint(
                condition=Q(nothing_because="") | Q(answered_at__isnull=False), name="round_nothing_is_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("needs:round-answer", args=[self.round_id, self.pk])

    @property
    def dossier(self) -> str:
        """As the journal names it."""
        return f"round-answer:{self.pk}"

    @property
    def late(self) -> bool:
        """Whether the answer came, or still has not come, after the closing day."""
        return (timezone.localtime(self.answered_at).date() if self.answered_at else today()) > self.round.closes_on
