"""From an order to whoever carries it out: call, sealed applications, opening, eligibility, council, approval."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.core.labels import Labelled
from khue.language.text import fold, nfc


class Call(Labelled):
    """One call for applications to one or several orders, with one closing moment."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    title = models.CharField(max_length=250)
    folded = models.CharField(max_length=250, editable=False, default="")
    text = models.TextField(blank=True)
    sign = models.CharField(max_length=60, blank=True)
    """Number and sign of the notice as it was issued, where it has one."""
    host = models.ForeignKey("directory.Unit", models.PROTECT, related_name="calls")
    repeats = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeated_by")
    """The call that found nobody."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(closes_at__gt=F("published_at")), name="call_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = nfc(self.title)
        self.folded = fold(self.title)[:250]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("missions:call", args=[self.pk])

    @property
    def dossier(self) -> str:
        """How the journal calls it."""
        return f"call:{self.pk}"


class Selection(models.Model):
    """One attempt to find who carries out one order, by call or by direct assignment. It is a case of
    `mission-select`."""

    order = models.ForeignKey("missions.Order", models.PROTECT, related_name="selections")
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="selections")
    attempt = models.PositiveSmallIntegerField(default=1)
    invited = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    """Whom a direct assignment asks for a file."""
    folded = models.CharField(max_length=500, editable=False, default="")
    """The name of the order, for finding it."""
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    """When the applications were opened, a recorded act; before it nobody but the applicants reads them."""
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opening_note = models.TextField(blank=True)
    witnesses = models.CharField(max_length=400, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    """Where the applications were opened."""
    completed = models.OneToOneField(
        "missions.Plan", models.PROTECT, null=True, blank=True, related_name="completed_for"
    )
    """The winner's outline as completed after the council; the application keeps the one applied with."""
    winner = models.OneToOneField("missions.Application", models.PROTECT, null=True, blank=True, related_name="won")
    explained = models.JSONField(default=dict, blank=True)
    """How the winner answers the remarks, by the step at which it was written: the answers of form `explanation`."""
    decision_sign = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="selection")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "attempt"], name="selection_attempt_once"),
            models.CheckConstraint(
                condition=Q(call__isnull=False) | Q(invited__isnull=False), name="selection_by_call_or_invitation"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(opened_at__gte=F("closes_at")), name="selection_opens_after_closing"
            ),
        ]

    def __str__(self) -> str:
        return self.order.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.order.name)[:500]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("missions:selection", args=[self.pk])

    @property
    def dossier(self) -> str:
        """How the journal, its case and its files call it."""
        return f"selection:{self.pk}"

    @property
    def host(self) -> Any:
        """The department: whose order list it comes from."""
        return self.order.list.host


class Application(Labelled):
    """An application (hồ sơ) of one lead organisation for one selection. Sealed until the opening."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        INVALID = "invalid", _("Not valid")
        ELIGIBLE = "eligible", _("Eligible")
        EVALUATED = "evaluated", _("Evaluated")
        WON = "won", _("Chosen")
        LOST = "lost", _("Not chosen")

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="applications")
    lead = models.ForeignKey("directory.Unit", models.PROTECT, related_name="applications")
    investigator = models.ForeignKey("directory.Person", models.PROTECT, null=True, blank=True, related_name="+")
    """Who leads it, in the directory; known from the opening on."""
    investigator_name = models.CharField(max_length=185, blank=True)
    """With the title, as the outline writes it."""
    plan = models.OneToOneField("missions.Plan", models.PROTECT, related_name="application")
    folded = models.CharField(max_length=800, editable=False, default="")
    """Name and lead organisation, for finding it."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    receipt_number = models.PositiveIntegerField(null=True, blank=True)
    receipt_sha256 = models.CharField(max_length=64, blank=True)
    """Over the plan and the files as they were handed in."""
    invalid_because = models.TextField(blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)

    authors: models.ManyToManyField = models.ManyToManyField(  # type: ignore[type-arg]
        settings.AUTH_USER_MODEL, related_name="applications", blank=True
    )
    """Who may write in the draft besides the officers of the lead organisation."""

    class Meta:
        ordering = ["selection", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "lead"], name="application_one_an_organisation"),
            models.UniqueConstraint(fields=["selection", "receipt_number"], name="application_receipt_once"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "withdrawn")) | Q(submitted_at__isnull=False) & ~Q(receipt_sha256=""),
                name="application_submitted_has_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["lead", "state"], name="application_of_lead"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="application_folded_trgm"),
        ]

    def __str__(self) -> str:
        return f"{self.lead}: {self.selection}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(f"{self.plan.name} {self.lead.name}")[:800]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("missions:application", args=[self.pk])

    @property
    def dossier(self) -> str:
        """How the journal, the councils and its files call it."""
        return f"application:{self.pk}"


class Receipt(models.Model):
    """That an application was handed in: number, moment and hash stay, also when it is withdrawn later.

    Before the opening the department counts these and sees nothing else of them.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="receipts")
    selection = models.ForeignKey(Selection, models.PROTECT, related_name="receipts")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["selection", "number"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "number"], name="receipt_number_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(withdrawn_at=None), name="receipt_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y}-{self.selection_id:04d}-{self.number:02d}"


class Attachment(models.Model):
    """What a file of an application is; the file itself belongs to the dossier `application:…`."""

    class Kind(models.TextChoices):
        CV = "cv", _("Scientific CV")
        CONSENT = "consent", _("Consent of a partner")
        QUOTATION = "quotation", _("Quotation")
        COFUNDING = "cofunding", _("Proof of co-funding")
        FINANCE = "finance", _("Finance statements")
        LEGAL = "legal", _("Legal papers of the organisation")
        OTHER = "other", _("Other")

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=10, choices=Kind)
    file = models.OneToOneField("files.File", models.PROTECT, related_name="+")
    who = models.CharField(max_length=120, blank=True)
    """Whose CV it is: the name of one of the people of the outline."""
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    """Whose consent it is."""
    issued_on = models.DateField(null=True, blank=True)
    """The day on a quotation."""

    class Meta:
        ordering = ["application", "kind", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file}"


class ApprovedLine(models.Model):
    """What the budget team approved of one line of the winner's budget."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="approved_lines")
    item = models.SlugField(max_length=40)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    proposed = models.BigIntegerField()
    approved = models.BigIntegerField()
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["selection", "item", "year"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "item", "note", "source", "year"], name="approved_line_once"),
            models.CheckConstraint(
                condition=Q(approved__gte=0, approved__lte=F("proposed")), name="approved_line_at_most_proposed"
            ),
            models.CheckConstraint(
                condition=Q(approved=F("proposed")) | ~Q(remark=""), name="approved_line_cut_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.year}: {self.approved}"


class Eligibility(models.Model):
    """One bar of the rules, checked for one application: not barred, barred, or not to be known from the records."""

    class Finding(models.TextChoices):
        CLEAR = "clear", _("Nothing against it")
        BARRED = "barred", _("Barred")
        UNKNOWN = "unknown", _("Not known: look it up")

    application = models.ForeignKey(Application, models.CASCADE, related_name="eligibility")
    bar = models.SlugField(max_length=60)
    """A name in the version's provisions."""
    finding = models.CharField(max_length=8, choices=Finding)
    reason = models.TextField()
    evidence = models.JSONField(default=list)
    """Dossiers that show it: `mission:12`."""
    checked_at = models.DateTimeField(default=now)
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    """The officer who judged otherwise than the system; then `judgement` says why."""
    judgement = models.TextField(blank=True)

    class Meta:
        ordering = ["application", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "bar"], name="eligibility_once_a_bar")]

    def __str__(self) -> str:
        return f"{self.bar}: {self.finding}"
