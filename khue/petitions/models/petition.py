"""A difficulty or a request that a unit brings forward, and the answer that it got."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.core.labels import Labelled
from khue.language.text import fold, nfc

OPEN_STATES = ("sent", "asked-back", "in-review")
SETTLED_STATES = ("answered", "declined")
CLOSED_STATES = (*SETTLED_STATES, "withdrawn")
_CLOSED, _SETTLED = Q(state__in=CLOSED_STATES), Q(state__in=SETTLED_STATES)


class Petition(Labelled):
    """Who is troubled by what or asks for what, and who has to answer until when. State columns repeat what the case
    says, so that lists use an index."""

    class Kind(models.TextChoices):
        DIFFICULTY = "difficulty", _("Difficulty")
        REQUEST = "request", _("Something asked for")

    class State(models.TextChoices):
        SENT = "sent", _("Waiting to be taken up")
        ASKED_BACK = "asked-back", _("Asked back")
        IN_REVIEW = "in-review", _("Being worked on")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Declined with reasons")
        WITHDRAWN = "withdrawn", _("Taken back by who voiced it")

    number = models.PositiveIntegerField()
    """In one series a year."""
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    """The first sentence: what lists call it."""
    text = models.TextField()
    folded = models.TextField(editable=False)
    field = models.SlugField(max_length=40, blank=True)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="petitions")
    """Who voices it, the unit of that day; empty for a voice that is no unit."""
    through = models.ForeignKey("directory.Unit", models.PROTECT, related_name="petitions_through")
    """The unit under which it is counted: the one that voices it; for a voice that is no unit the one of the place that
    it names, else the one whose document tells it, else the one that took it into its register."""
    voice = models.CharField(max_length=300)
    """Who voices it, in words, as it was called then."""
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="petitions")
    """Who wrote it; empty where it was read in a document."""
    recipient = models.ForeignKey("directory.Unit", models.PROTECT, related_name="petitions_received")
    """Who has to answer; another one after it was passed on."""
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="petitions")
    """In which it was voiced."""
    found = models.ForeignKey("petitions.Voiced", models.PROTECT, null=True, blank=True, related_name="petitions")
    """The passage of the document that it was taken from."""
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    raised_on = models.DateField()
    """The day on which it was voiced, which is the document's where it was read in one."""
    created_at = models.DateTimeField(default=now)
    due_on = models.DateField()
    """Until when it should be answered."""
    closed_on = models.DateField(null=True, blank=True)
    late = models.GeneratedField(
        expression=models.Case(
            models.When(closed_on__gt=F("due_on"), then=models.Value(True)), default=models.Value(False)
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    """Closed after the day it was due."""
    answer = models.TextField(blank=True)
    """What was answered, or why nothing can be done."""
    answer_document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    answer_directive = models.ForeignKey(
        "documents.Directive", models.PROTECT, null=True, blank=True, related_name="petitions_answered"
    )
    """The order by which what was asked for is being done."""
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="petition")
    """NULL only inside the transaction that opens it."""

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="petition_number_once"),
            models.UniqueConstraint(
                fields=["found", "voice"], name="petition_voice_taken_once", condition=Q(found__isnull=False)
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(voice=""), name="petition_says_who_and_what"),
            models.CheckConstraint(
                condition=Q(unit=None) | Q(unit=F("through")), name="petition_of_a_unit_counts_there"
            ),
            models.CheckConstraint(
                condition=_SETTLED & ~Q(answer="") | ~_SETTLED & Q(answer=""), name="petition_settled_by_an_answer"
            ),
            models.CheckConstraint(
                condition=_CLOSED & Q(closed_on__isnull=False) | ~_CLOSED & Q(closed_on=None),
                name="petition_closed_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("raised_on")), name="petition_closed_after_raised"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("raised_on")), name="petition_due_after_raised"),
            models.CheckConstraint(
                condition=Q(state="answered") | Q(answer_document=None, answer_directive=None),
                name="petition_proof_of_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(found=None) | Q(document__isnull=False), name="petition_found_in_a_document"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "state", "due_on"], name="petition_of_recipient"),
            models.Index(fields=["unit", "raised_on"], name="petition_of_unit"),
            models.Index(fields=["through", "raised_on"], name="petition_counted_under"),
            models.Index(fields=["due_on"], condition=Q(state__in=OPEN_STATES), name="petition_open"),
            models.Index(fields=["raised_on"], name="petition_raised"),
            models.Index(fields=["closed_on"], condition=Q(closed_on__isnull=False), name="petition_closed"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="petition_folded_trgm"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text, self.voice = nfc(self.text), nfc(self.voice)
        self.folded = fold(f"{self.text} {self.voice} {self.answer}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("petitions:petition", args=[self.pk])

    @property
    def code(self) -> str:
        """`KN-2026-0012`: how people name it."""
        return f"KN-{self.year}-{self.number:04d}"

    @property
    def dossier(self) -> str:
        """As the journal, the engine and notices name it."""
        return f"petition:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Somebody still has to answer."""
        return self.state in OPEN_STATES
