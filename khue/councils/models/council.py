"""A council that a decision sets up, and what it has to judge."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.core.labels import Labelled
from khue.language.text import fold


class Council(Labelled):
    """A council of one kind (`identify`, `select`, `budget`, `accept`, …) under the numbers of one process version.

    The version is the one that the judged cases are pinned to, so that a council of 2024 counts as in 2024.
    """

    class State(models.TextChoices):
        FORMING = "forming", _("Being formed")
        APPOINTED = "appointed", _("Appointed")
        PREPARING = "preparing", _("Reading the documents")
        MEETING = "meeting", _("In session")
        COUNTED = "counted", _("Votes counted")
        CONCLUDED = "concluded", _("Concluded")
        DISSOLVED = "dissolved", _("Dissolved")

    class Mode(models.TextChoices):
        IN_PERSON = "in-person", _("In person")
        ONLINE = "online", _("Online")
        MIXED = "mixed", _("In person and online")

    kind = models.SlugField(max_length=30)
    process_version = models.ForeignKey("flow.ProcessVersion", models.PROTECT, related_name="councils")
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, editable=False, default="")
    competing = models.BooleanField(default=False)
    """Its subjects stand against each other: who is in conflict with one of them judges none."""
    host = models.ForeignKey("directory.Unit", models.PROTECT, related_name="councils")
    """Whose council it is: the department."""
    decision_sign = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    standing = models.ForeignKey(
        "councils.Standing", models.PROTECT, null=True, blank=True, related_name="sittings"
    )  # fmt: skip
    """The standing council that sits; None for a council of one case."""
    term_to = models.DateField(null=True, blank=True)
    """It sits until then; None where the decision names no day."""
    meets_at = models.DateTimeField(null=True, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.IN_PERSON)
    venue = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)
    documents_sent_on = models.DateField(null=True, blank=True)
    comments_due_on = models.DateField(null=True, blank=True)
    """Until when reviews and written comments are to be in."""
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    """When the ballots were closed; nobody changes one after it."""
    state = models.CharField(max_length=10, choices=State, default=State.FORMING)
    guests = models.CharField(max_length=500, blank=True)
    discussion = models.TextField(blank=True)
    """What was said in the session, for the minutes."""
    conclusion = models.TextField(blank=True)
    agreed = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many of those who attended agree with the conclusion, where the rules ask for a share of them."""
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="council")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("forming", "dissolved")) | Q(decided_on__isnull=False) & ~Q(decision_sign=""),
                name="council_appointed_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="council_closes_after_it_opens"
            ),
        ]
        indexes = [models.Index(fields=["host", "state"], name="council_of_host")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.title)[:300]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("councils:council", args=[self.pk])

    @property
    def journal(self) -> str:
        """How the journal calls it."""
        return f"council:{self.pk}"


class Subject(Labelled):
    """One thing a council judges: a proposal, an application, an acceptance file. Counted once, then frozen."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")
        UNDECIDED = "undecided", _("No valid result")

    council = models.ForeignKey(Council, models.CASCADE, related_name="subjects")
    number = models.PositiveSmallIntegerField()
    dossier = models.CharField(max_length=80)
    """`proposal:12`."""
    title = models.CharField(max_length=500)
    folded = models.CharField(max_length=500, editable=False, default="")
    url = models.CharField(max_length=300, blank=True)
    type = models.SlugField(max_length=40, blank=True)
    """The mission type, which chooses the sheet."""
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    rating = models.CharField(max_length=10, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    """Rank among the subjects of the council, where they compete."""
    counted = models.JSONField(default=dict, blank=True)
    """Every step of the count, as the count sheet prints it."""
    counted_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.JSONField(default=dict, blank=True)
    """What the council says on it in words: fields that the kind's form asks for."""

    class Meta:
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="subject_number_once"),
            models.UniqueConstraint(fields=["council", "dossier"], name="subject_once_a_council"),
            models.CheckConstraint(
                condition=Q(outcome="", counted_at=None) | ~Q(outcome="") & Q(counted_at__isnull=False),
                name="subject_outcome_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["dossier"], name="subject_dossier")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.title)[:500]
        super().save(*args, **kwargs)
