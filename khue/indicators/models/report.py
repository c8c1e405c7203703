"""Reporting periods, the call for a set of figures in one of them, and each unit's report."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from khue.core import periods
from khue.core.clock import now, today
from khue.indicators.models.rolling import MINUS, PLUS, kept_by, tallying


class Period(models.Model):
    """The days whose figures count together, as `processes/reporting/` says; never simply a calendar month."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=12, unique=True)
    """`2026`, `2026-H1`, `2026-9M`, `2026-Q2`, `2026-06`; `2026-TK` is the statistical year."""
    kind = models.CharField(max_length=20)
    """As in `ReportSet.every`."""
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    basis = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=True)

    class Meta:
        ordering = ["last", "first", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="period_ends_after_it_begins"),
            models.UniqueConstraint(fields=["kind", "year", "number"], name="period_once"),
        ]
        indexes = [models.Index(fields=["kind", "last"], name="period_of_kind")]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """Its name for who reads now; `label` is the name on papers and in the journal."""
        return self.label if get_language() == "vi" else periods.period(self.code).called


class Cycle(models.Model):
    """A report set asked for in a period: until when it is open, and who locked it."""

    report_set = models.ForeignKey("indicators.ReportSet", models.PROTECT, related_name="cycles")
    period = models.ForeignKey(Period, models.PROTECT, related_name="cycles")
    opened_at = models.DateTimeField(default=now)
    locks_on = models.DateField()
    """From this day on nothing is entered without an exception, whether somebody locked it by hand or not."""
    lock_basis = models.CharField(max_length=300, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    """When somebody locked it before its day."""
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    lock_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-period__last", "report_set"]
        constraints = [
            models.UniqueConstraint(fields=["report_set", "period"], name="cycle_once"),
            models.CheckConstraint(condition=Q(locked_at=None) | ~Q(lock_reason=""), name="cycle_lock_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.report_set} · {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:cycle", args=[self.report_set.code, self.period.code])

    @property
    def dossier(self) -> str:
        """As the journal and the notices name it."""
        return f"cycle:{self.pk}"

    @property
    def is_locked(self) -> bool:
        """Whether nothing is entered any more without an exception."""
        return self.locked_at is not None or self.locks_on <= today()


class UnitReport(models.Model):
    """What one unit reports in a cycle. `revision` grows with every write: a page that is older is told so."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SUBMITTED = "submitted", _("Sent")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved by all")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reports")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="unit_reports")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    level = models.PositiveSmallIntegerField(default=0)
    """How many of the set's approvals it has passed."""
    revision = models.PositiveIntegerField(default=0)
    texts = models.JSONField(default=dict)
    """Text parts by name."""
    reason = models.TextField(blank=True)
    """Why it was returned last."""
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)
    late = models.GeneratedField(
        expression=models.Case(
            models.When(
                submitted_on__gt=F("due_on"),
                then=models.Value(True),
            ),
            default=models.Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    case = models.OneToOneField(
        "flow.Case", models.PROTECT, null=True, blank=True, related_name="unit_report", editable=False
    )
    """Brings it to the desks of those who write and approve it; None in a period that was locked when it was opened."""
    submitted_on = models.DateField(null=True, blank=True)
    """The day, at the place the site serves, on which it was first sent."""

    class Meta:
        ordering = ["cycle", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="unit_report_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(submitted_on=None), name="unit_report_sent_is_dated"
            ),
            models.CheckConstraint(
                condition=(Q(state="approved") & ~Q(approved_at=None)) | (~Q(state="approved") & Q(approved_at=None)),
                name="unit_report_approved_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "due_on"], name="unit_report_of_unit")]
        triggers = kept_by(
            "tally", new=tallying(PLUS), changed=tallying(f"{MINUS} UNION ALL {PLUS}"), gone=tallying(MINUS)
        )

    def __str__(self) -> str:
        return f"{self.unit} · {self.cycle_id}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:report", args=[self.pk])

    @property
    def dossier(self) -> str:
        """As the journal, files and notices name it."""
        return f"unit-report:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether figures may be written: it was not sent, or came back."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}


class Reopening(models.Model):
    """A dated exception: one unit may report although the period is locked, for one reason, until one day."""

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="reopenings")
    reason = models.CharField(max_length=400)
    until = models.DateField()
    """The last day."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When it was taken back, or used up by sending."""

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_a_reason"),
            models.UniqueConstraint(fields=["report"], condition=Q(ended_at=None), name="reopening_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.report} → {self.until}"
