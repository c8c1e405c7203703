"""A proposed mission (forms A1-A3), the order proposal of a unit (B1-B2), the duplicate search (C0)."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.core.labels import Labelled
from khue.language.text import fold, nfc


class Proposal(Labelled):
    """A mission somebody proposes. Its form is the one of the version its case is pinned to; `type` is a mission type
    of `processes/missions.toml`."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent")
        SEARCHING = "searching", _("Duplicates being looked up")
        IN_COUNCIL = "in-council", _("Before the council")
        COMPLETING = "completing", _("Recommendation being completed")
        REVIEWING = "reviewing", _("Procedure being reviewed")
        RECOMMENDED = "recommended", _("Recommended")
        ORDERED = "ordered", _("On an approved order list")
        REFUSED = "refused", _("Not taken up")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    number = models.PositiveIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    """The plan year it is meant for."""
    type = models.SlugField(max_length=40)
    title = models.CharField(max_length=500)
    folded = models.CharField(max_length=500, editable=False)
    answers = models.JSONField(default=dict)
    """To the form of its type, as `khue.flow.answers` keeps them."""
    field = models.SlugField(max_length=40, blank=True)
    place = models.ForeignKey("directory.Place", models.PROTECT, null=True, blank=True, related_name="+")
    needs: models.ManyToManyField = models.ManyToManyField("needs.Need", related_name="proposals", blank=True)  # type: ignore[type-arg]
    directive = models.ForeignKey(
        "documents.Directive", models.PROTECT, null=True, blank=True, related_name="mission_proposals"
    )
    round = models.ForeignKey("needs.Round", models.PROTECT, null=True, blank=True, related_name="proposals")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="mission_proposals")
    """Who proposes it."""
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="mission_proposals")
    order_proposal = models.ForeignKey(
        "needs.OrderProposal", models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    """Its place in the order proposal of the unit, the most wanted first."""
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    """Counts what was kept of the draft, so that two who write at once do not overwrite each other."""
    submitted_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.JSONField(default=dict, blank=True)
    """What the council recommends: `name`, `objective`, `products`, `way`, `reasons`."""
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="mission_proposal")
    """None while it is a draft."""

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="proposal_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, number__isnull=False),
                name="proposal_sent_is_dated",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="proposal_has_title"),
            models.CheckConstraint(condition=Q(state="draft") | Q(case__isnull=False), name="proposal_sent_has_case"),
            models.UniqueConstraint(
                fields=["order_proposal", "rank"], condition=Q(rank__isnull=False), name="proposal_rank_once"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "year"], name="proposal_state_year"),
            models.Index(fields=["unit", "state"], name="proposal_of_unit"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="proposal_folded_trgm"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = nfc(self.title)
        self.folded = fold(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("needs:proposal", args=[self.pk])

    @property
    def code(self) -> str:
        """`ĐX-2026-0007`; empty for a draft."""
        return f"ĐX-{self.year}-{self.number:04d}" if self.number else ""

    @property
    def dossier(self) -> str:
        """How the journal, councils and files call it."""
        return f"proposal:{self.pk}"


class OrderProposal(Labelled):
    """The letter with the summary list by which a unit asks for several missions to be ordered (B1 of a proposer, B2 of
    the managing body)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="order_proposals")
    round = models.ForeignKey("needs.Round", models.PROTECT, null=True, blank=True, related_name="order_proposals")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True, blank=True)
    form = models.SlugField(max_length=4, default="b1")
    """`b1`, or `b2` of the managing body."""
    process_version = models.ForeignKey("flow.ProcessVersion", models.PROTECT, related_name="+")
    """Whose form it answers."""
    answers = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.TextField(blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="order_proposal_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, number__isnull=False),
                name="order_proposal_sent_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="order_proposal_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("needs:order-proposal", args=[self.pk])

    @property
    def code(self) -> str:
        """`ĐH-2026-0003`; empty for a draft."""
        return f"ĐH-{self.year}-{self.number:04d}" if self.number else ""

    @property
    def dossier(self) -> str:
        """How the journal and files call it."""
        return f"order-proposal:{self.pk}"


class DuplicateSearch(models.Model):
    """Form C0: what was found beside a proposal, filled by the system, judged and signed by an officer."""

    class Conclusion(models.TextChoices):
        NONE = "none", _("Nothing like it")
        RELATED = "related", _("Related, not the same")
        SAME = "same", _("The same exists")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="searches")
    made_at = models.DateTimeField(default=now)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    hits = models.JSONField(default=list)
    """What stood in the record when it was made: kind, number, title, host, years, band, score, reasons, judgement."""
    searched = models.JSONField(default=dict)
    """How many records of which kind were looked through, and the text that was looked for."""
    conclusion = models.CharField(max_length=8, choices=Conclusion, blank=True)
    remark = models.TextField(blank=True)
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(signed_by__isnull=False) & ~Q(conclusion=""),
                name="duplicate_search_signed_with_conclusion",
            )
        ]

    def __str__(self) -> str:
        return f"C0 · {self.proposal}"


class SecondOpinion(models.Model):
    """What another body or expert says about a proposal when the council's view is not enough."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="opinions")
    person = models.ForeignKey("directory.Person", models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    question = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(unit__isnull=False), name="second_opinion_of_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person or self.unit}"
