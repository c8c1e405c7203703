"""A problem that somebody has, in plain words, and what was said about it."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.core.addresses import record_address
from khue.core.clock import now
from khue.core.labels import Labelled
from khue.language.text import fold, nfc

CLOSED_STATES = ("answered", "merged", "withdrawn")
ASIDE_STATES = ("draft", "withdrawn")
"""Needs in which no other is looked for: not sent yet, or taken back."""
OPEN_STATES = ("submitted", "asked-back", "in-review", "proposed")
RANK = models.Case(
    models.When(urgency="urgent", then=0), models.When(urgency="soon", then=1), default=2,
    output_field=models.SmallIntegerField(),
)  # fmt: skip
"""By urgency, what hurts first."""


class Need(Labelled):
    """What hurts, where, whom, how urgently. State columns repeat what the case says, so that lists use an index."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent")
        ASKED_BACK = "asked-back", _("Asked back")
        IN_REVIEW = "in-review", _("Being looked at")
        PROPOSED = "proposed", _("Being made a proposal")
        ANSWERED = "answered", _("Answered")
        MERGED = "merged", _("Merged with another")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Urgency(models.TextChoices):
        NORMAL = "normal", _("Can wait a year")
        SOON = "soon", _("This year")
        URGENT = "urgent", _("Now: it does harm every day")

    number = models.PositiveIntegerField(null=True, blank=True)
    """Given when it is sent, in one series a year."""
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200)
    problem = models.TextField(blank=True)
    affected = models.CharField(max_length=300, blank=True)
    """Whom it hurts."""
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    livelihood = models.BooleanField(default=False)
    """It touches how people earn their living, their health or their safety: such needs are looked at first."""
    tried = models.TextField(blank=True)
    hoped = models.TextField(blank=True)
    field = models.SlugField(max_length=40, blank=True)
    folded = models.TextField(editable=False)
    places: models.ManyToManyField = models.ManyToManyField("directory.Place", related_name="needs", blank=True)  # type: ignore[type-arg]
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="needs")
    author_name = models.CharField(max_length=120, blank=True)
    """As it was then; the only name where the public writes."""
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="needs")
    contact = models.CharField(max_length=200, blank=True)
    round = models.ForeignKey("needs.Round", models.PROTECT, null=True, blank=True, related_name="needs")
    directive = models.ForeignKey("documents.Directive", models.PROTECT, null=True, blank=True, related_name="needs")
    """The order of a leader behind it, if one is."""
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="need")
    """None while it is a draft."""

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="need_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, number__isnull=False, year__isnull=False),
                name="need_sent_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | ~Q(state="merged") & Q(merged_into=None),
                name="need_merged_into_one",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="need_not_its_own_original"),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED_STATES, closed_on__isnull=False)
                | ~Q(state__in=CLOSED_STATES) & Q(closed_on=None),
                name="need_closed_is_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "urgency", "submitted_at"], name="need_triage"),
            models.Index(
                RANK,
                F("livelihood").desc(),
                "submitted_at",
                "id",
                name="need_in_order",
                condition=Q(state__in=OPEN_STATES),
            ),
            # Each column of the board in its order, and what is counted of the open ones without reading their rows.
            models.Index(
                "state", RANK, F("livelihood").desc(), "submitted_at", "id", name="need_column",
                condition=Q(state__in=OPEN_STATES),
            ),
            models.Index(
                fields=["case"], name="need_open", condition=Q(state__in=OPEN_STATES),
                include=["id", "state", "urgency", "livelihood", "submitted_at", "author", "unit"],
            ),
            models.Index(fields=["unit", "state"], name="need_of_unit"),
            models.Index(fields=["author", "state"], name="need_of_author"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="need_folded_trgm"),
            GinIndex(
                fields=["folded"],
                opclasses=["gin_trgm_ops"],
                name="need_aside_trgm",
                condition=Q(state__in=ASIDE_STATES),
            ),
            # The newest with words that many have are met along this one after a few.
            models.Index(F("id").desc(), name="need_aside_newest", condition=Q(state__in=ASIDE_STATES)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = nfc(self.title)
        self.folded = fold(f"{self.title} {self.problem} {self.affected} {self.hoped}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return record_address("needs:need", self.pk)

    @property
    def code(self) -> str:
        """`VĐ-2026-0012`: how people name it; empty for a draft."""
        return f"VĐ-{self.year}-{self.number:04d}" if self.number else ""

    @property
    def dossier(self) -> str:
        """As the journal, the engine and the files name it."""
        return f"need:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Sent and not closed yet."""
        return self.state != self.State.DRAFT and self.state not in CLOSED_STATES


class Question(models.Model):
    """The department asks its author back; the answer stands beside it."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.text


class Answer(Labelled):
    """What became of a need, with the reasons that its author reads. Every closed need has one."""

    class Kind(models.TextChoices):
        SOLVED = "solved", _("There is a solution already")
        ORDERED = "ordered", _("It becomes a proposal for an order")
        PASSED = "passed", _("Another authority is responsible")
        MERGED = "merged", _("Handled together with another need")
        DECLINED = "declined", _("Not taken up")

    need = models.ForeignKey(Need, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind)
    reasons = models.TextField()
    solved_by = models.CharField(max_length=80, blank=True)
    """`mission:12`, `result:3`: what solves it."""
    passed_to = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="need_answer_has_reasons")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reasons}"
