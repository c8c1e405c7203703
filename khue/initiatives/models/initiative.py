"""A solution that a unit is asked to recognise as an initiative: its application, its authors, its range of effect."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.core.labels import Labelled
from khue.language.text import fold, nfc

WHOLE = Decimal(100)
"""Per cent: what the shares of all authors add up to."""
UNREAD = ("draft", "submitted")
DECIDED = ("recognised", "refused")
CLOSED = (*DECIDED, "withdrawn")
_SHARES = """
    IF EXISTS (SELECT 1 FROM initiatives_initiative i WHERE i.id = {number} AND i.state <> 'draft' AND
               (SELECT COALESCE(SUM(share), 0) FROM initiatives_author WHERE initiative_id = i.id) <> 100) THEN
        RAISE EXCEPTION 'the shares of the authors of initiative % are not 100 per cent', {number}
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def _shares_are_whole(name: str, number: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """What was filed never has shares that are less or more than the whole, asked for at the end of a transaction."""
    return pgtrigger.Trigger(
        name=name, operation=operation, when=pgtrigger.After, timing=pgtrigger.Deferred,
        func=_SHARES.format(number=number),
    )  # fmt: skip


class Initiative(Labelled):
    """An application for recognition, and what became of it. State columns repeat what the case says."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting to be received")
        CHECKING = "checking", _("Being checked")
        CORRECTING = "correcting", _("Waiting for corrections")
        DECIDING = "deciding", _("Being judged")
        RECOGNISED = "recognised", _("Recognised")
        REFUSED = "refused", _("Recognition refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Ground(models.TextChoices):
        INVESTED = "invested", _("The unit invested in it")
        TRANSFERRED = "transferred", _("Transferred by an investor who refused it")
        AUTHOR = "author", _("The author invested in it")

    title = models.CharField(max_length=300)
    field = models.SlugField(max_length=40, blank=True)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="initiatives")
    """Which is asked to recognise it."""
    applicant = models.ForeignKey("accounts.User", models.PROTECT, related_name="initiatives")
    """Who wrote and filed the application; what is asked back is asked of them."""
    answers = models.JSONField(default=dict)
    """What the form of the version asks for; the columns below repeat what is compared or added up."""
    revision = models.PositiveIntegerField(default=0)
    folded = models.TextField(editable=False)
    ground = models.CharField(max_length=12, choices=Ground, blank=True)
    investor = models.CharField(max_length=200, blank=True)
    """Where it is neither the unit nor the author."""
    state_money = models.BooleanField(default=False)
    first_applied_on = models.DateField(null=True, blank=True)
    trial_ends_on = models.DateField(null=True, blank=True)
    money = models.BigIntegerField(null=True, blank=True)
    """Estimated benefit of a year, in đồng."""
    content_secret = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    """In the unit's register, one series a year."""
    received_on = models.DateField(null=True, blank=True)
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    accepted_on = models.DateField(null=True, blank=True)
    """The day on which the application was found valid."""
    consent_body = models.CharField(max_length=200, blank=True)
    consent_sign = models.CharField(max_length=60, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    council_sign = models.CharField(max_length=60, blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    """The average of the members of the unit's council."""
    reasons = models.TextField(blank=True)
    """Why it was refused."""
    decision_sign = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    certificate = models.PositiveIntegerField(null=True, blank=True)
    """Number of the certificate, one series a unit and year of the decision."""
    certificate_year = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    round = models.ForeignKey("initiatives.Round", models.PROTECT, null=True, blank=True, related_name="initiatives")
    """The round that was open when it was filed; NULL outside any."""
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="initiative")
    """None while it is a draft, and for what was decided on paper and came in with the unit's register."""

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="initiative_number_once"),
            models.UniqueConstraint(
                fields=["unit", "certificate_year", "certificate"], name="initiative_certificate_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(submitted_at__isnull=False, first_applied_on__isnull=False) & ~Q(ground="") & ~Q(title=""),
                name="initiative_filed_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(ground="transferred") | ~Q(investor=""),
                name="initiative_investor_is_named",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(*UNREAD, "withdrawn"))
                | Q(number__isnull=False, year__isnull=False, received_on__isnull=False),
                name="initiative_handled_is_registered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED)
                | Q(decided_on__isnull=False, decided_on__gte=F("received_on")) & ~Q(decision_sign=""),
                name="initiative_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state="recognised") & Q(certificate=None, certificate_year=None)
                | Q(state="recognised", certificate__isnull=False, certificate_year__isnull=False),
                name="initiative_recognised_has_certificate",
            ),
            models.CheckConstraint(
                condition=~Q(state="recognised")
                | Q(state_money=False)
                | Q(consent_on__isnull=False, consent_on__lte=F("decided_on")) & ~Q(consent_sign=""),
                name="initiative_state_money_has_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reasons=""), name="initiative_refusal_has_reasons"
            ),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=0), name="initiative_score_not_negative"),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="initiative_of_unit"),
            models.Index(fields=["applicant", "state"], name="initiative_of_applicant"),
            models.Index(fields=["state", "decided_on"], name="initiative_decided"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="initiative_folded_trgm"),
        ]
        triggers = [_shares_are_whole("shares_of_filed", "NEW.id", pgtrigger.Insert | pgtrigger.Update)]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> "Initiative":
        """Write what lists search by; `save` does it, many at once are prepared one by one."""
        self.title = nfc(self.title)
        people = " ".join(str(row.get("name", "")) for row in self.answers.get("authors") or [])
        self.folded = fold(f"{self.title} {people} {self.code}")
        return self

    def get_absolute_url(self) -> str:
        return reverse("initiatives:initiative", args=[self.pk])

    @property
    def code(self) -> str:
        """Its number in the unit's register; empty until it is received."""
        return f"{self.number:02d}/{self.year}" if self.number else ""

    @property
    def certificate_code(self) -> str:
        """The number of its certificate; empty unless recognised."""
        return f"{self.certificate:02d}/{self.certificate_year}" if self.certificate else ""

    @property
    def dossier(self) -> str:
        """As the journal, the engine and the files name it."""
        return f"initiative:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Filed and not closed yet."""
        return self.state != self.State.DRAFT and self.state not in CLOSED


class Author(models.Model):
    """One of those who made it, with the share of the contribution; the application says the same in its answers."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="authors")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    share = models.DecimalField(max_digits=5, decimal_places=2)
    """Per cent."""
    workplace = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="initiative_authors")
    """The account of the author, who then sees the file too."""

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="initiative_author_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=WHOLE), name="initiative_share_is_a_part"),
        ]
        triggers = [
            _shares_are_whole("shares_given", "NEW.initiative_id", pgtrigger.Insert | pgtrigger.Update),
            _shares_are_whole("shares_taken", "OLD.initiative_id", pgtrigger.Delete | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.name


class Reach(Labelled):
    """How far an initiative has effect, recognised by a decision of its own; the recognition itself does not say so."""

    class Level(models.TextChoices):
        UNIT = "unit", _("Unit")
        CITY = "city", _("City")
        NATIONAL = "national", _("Whole country")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="reaches")
    level = models.CharField(max_length=8, choices=Level)
    decision_sign = models.CharField(max_length=60)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200)
    """The body that decided."""
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "level"], name="initiative_reach_once"),
            models.CheckConstraint(
                condition=~Q(decision_sign="") & ~Q(decided_by=""), name="initiative_reach_is_decided"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_level_display())


class Sheet(models.Model):
    """By what a unit's council gives points, and the average that recognition needs there, from a day on."""

    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="initiative_sheets")
    criteria = models.JSONField(default=list)
    """Rows `{"label": "Tính mới", "most": 30}`."""
    points_pass = models.DecimalField(max_digits=5, decimal_places=2)
    decision_sign = models.CharField(max_length=60)
    decided_on = models.DateField()
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(points_pass__gte=0), name="initiative_sheet_pass_not_negative"),
            models.CheckConstraint(condition=~Q(decision_sign=""), name="initiative_sheet_is_decided"),
        ]

    def __str__(self) -> str:
        return self.decision_sign
