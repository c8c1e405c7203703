"""Carrying out: reports every six months, inspections, changes."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.addresses import record_address
from khue.core.clock import now
from khue.core.labels import Labelled


class ProgressReport(Labelled):
    """What the lead organisation reports for a period; prefilled from the stages of the plan."""

    class State(models.TextChoices):
        DUE = "due", _("Waiting")
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        CONFIRMED = "confirmed", _("Confirmed")

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="reports")
    number = models.PositiveSmallIntegerField()
    period_from = models.DateField()
    period_to = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    text = models.TextField(blank=True)
    difficulties = models.TextField(blank=True)
    requests = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    volume_confirmed_on = models.DateField(null=True, blank=True)
    money_confirmed_on = models.DateField(null=True, blank=True)
    comment = models.TextField(blank=True)
    """Of whoever returned or confirmed it."""
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, blank=True, related_name="progress_report")
    """Brings it to the desks of those who write and confirm it; None of what was sent before reports stood there."""

    class Meta:
        ordering = ["mission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "number"], name="progress_report_once"),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="progress_report_period"),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state__in=("due", "draft", "returned")), name="report_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.mission} {self.number}"

    @property
    def dossier(self) -> str:
        """Its name in the journal and on desks."""
        return f"progress-report:{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("missions:report", args=[self.mission_id, self.number])


class StageProgress(models.Model):
    """How far one stage is, in one report."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="stages")
    stage = models.ForeignKey("missions.PlanStage", models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "stage"], name="stage_progress_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="stage_progress_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.percent}%"


class ProductProgress(models.Model):
    """What there is of one promised product by the end of a report's period, and where it is in use already."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="products")
    product = models.ForeignKey("missions.PlanProduct", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    """Finished since the mission began."""
    proof = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    """Where it is put to use."""
    effect = models.TextField(blank=True)

    class Meta:
        ordering = ["report", "product__number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "product"], name="product_progress_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="product_progress_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.quantity}"


class Inspection(models.Model):
    """A visit: due, announced, held, minuted."""

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="inspections")
    announced_on = models.DateField(null=True, blank=True)
    """None while the regular visit of a year is only due."""
    held_on = models.DateField()
    """Until it is announced, the day by which it is due."""
    regular = models.BooleanField(default=True)
    members = models.TextField(blank=True)
    findings = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, blank=True, related_name="inspection")
    """Brings it to the desk of the department; None of what was minuted before inspections stood there."""

    class Meta:
        ordering = ["mission", "held_on"]
        constraints = [
            models.CheckConstraint(condition=Q(held_on__gte=F("announced_on")), name="inspection_announced"),
            models.UniqueConstraint(
                fields=["mission"], condition=Q(announced_on=None), name="inspection_one_due_a_mission"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission} {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        act = f"conclude-{self.pk}" if self.announced_on else "announce-0"
        return f"{record_address('missions:mission', self.mission_id)}#{act}"

    @property
    def dossier(self) -> str:
        """Its name in the journal and on desks."""
        return f"inspection:{self.pk}"


class Adjustment(Labelled):
    """A change that is asked for; who decides, how often and how far is in the version's provisions (handbook 2.7)."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        NOTED = "noted", _("Made by the lead organisation itself")
        OBJECTED = "objected", _("Objected to")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Not answered before the mission was over")

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="adjustments")
    kind = models.SlugField(max_length=40)
    """`extension`, `shortening`, `name`, `objective`, `products`, `content`, `investigator`, `lead`, `members`,
    `budget`, `equipment`, `suspension`, `termination`: a name in the version's adjustment matrix."""
    ground = models.SlugField(max_length=40, blank=True)
    """One of the grounds that the matrix names for the kind, where it names some."""
    reason = models.TextField()
    consents = models.JSONField(default=dict, blank=True)
    """What the matrix needs beforehand: `council`, `orderer` -> the paper that has it."""
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    decides = models.SlugField(max_length=20)
    """`head` or `host`."""
    asked_on = models.DateField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answer_due_on = models.DateField(null=True, blank=True)
    decision_sign = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    plan_before = models.ForeignKey("missions.Plan", models.PROTECT, null=True, blank=True, related_name="+")
    plan_after = models.ForeignKey("missions.Plan", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, blank=True, related_name="adjustment")
    """Brings a request to the desk of whoever decides; None of what the lead organisation changed itself, and of what
    was answered before requests stood there."""

    class Meta:
        ordering = ["mission", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "kind"], condition=Q(state="asked"), name="adjustment_one_open_a_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.mission}: {self.kind}"

    @property
    def dossier(self) -> str:
        """Its name in the journal and on desks."""
        return f"adjustment-request:{self.pk}"

    def get_absolute_url(self) -> str:
        act = "supplement" if self.case and self.case.step == "supplementing" else "answer"
        return f"{record_address('missions:mission', self.mission_id)}#{act}-{self.pk}"
