"""A mission: what was ordered, who carries it out, until when, for how much, what came of it."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.core.addresses import record_address
from khue.core.clock import now
from khue.core.labels import Labelled
from khue.language.text import fold, nfc

LIVING = Q(case__isnull=False) & (~Q(state__in=["closed", "terminated"]) | Q(next_due_on__isnull=False))
"""Carried out here and not settled, or settled with money still to be paid back: few among all that ever were."""


class Mission(Labelled):
    """A mission of the past (imported) or one that is carried out here. State columns repeat what its case says."""

    class State(models.TextChoices):
        CONTRACTING = "contracting", _("Waiting for its contract")
        RUNNING = "running", _("Running")
        SUSPENDED = "suspended", _("Suspended")
        ENDED = "ended", _("Ended, not accepted yet")
        ACCEPTING = "accepting", _("Being accepted")
        ACCEPTED = "accepted", _("Results recognised")
        CLOSED = "closed", _("Settled and closed")
        TERMINATED = "terminated", _("Terminated")
        FAILED = "failed", _("Not accepted")

    class Rating(models.TextChoices):
        EXCELLENT = "excellent", _("Excellent")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")

    code = models.CharField(max_length=60, blank=True)
    """`01C-02/02-2024-3`: as the contract or the old lists give it."""
    title = models.CharField(max_length=500)
    folded = models.CharField(max_length=500, editable=False)
    abstract = models.TextField(blank=True)
    type = models.SlugField(max_length=40)
    field = models.SlugField(max_length=40, blank=True)
    level = models.SlugField(max_length=20, default="city")
    host = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="missions")
    host_name = models.CharField(max_length=250, blank=True)
    """As the record of its day has it."""
    investigator = models.ForeignKey(
        "directory.Person", models.PROTECT, null=True, blank=True, related_name="missions_led"
    )
    investigator_name = models.CharField(max_length=160, blank=True)
    orderer = models.ForeignKey(
        "directory.Unit", models.PROTECT, null=True, blank=True, related_name="missions_ordered"
    )
    place = models.ForeignKey("directory.Place", models.PROTECT, null=True, blank=True, related_name="missions")
    order = models.OneToOneField("missions.Order", models.PROTECT, null=True, blank=True, related_name="mission")
    application = models.OneToOneField(
        "missions.Application", models.PROTECT, null=True, blank=True, related_name="mission"
    )
    plan = models.ForeignKey("missions.Plan", models.PROTECT, null=True, blank=True, related_name="missions")
    """The plan in force."""
    year = models.PositiveSmallIntegerField()
    """The first year."""
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    first_ends_on = models.DateField(null=True, blank=True)
    """Before any extension."""
    budget_state = models.BigIntegerField(default=0)
    budget_other = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    confirmed = models.BigIntegerField(default=0)
    """State money paid out, and confirmed as spent, so far; kept by the actions that pay and confirm."""
    state = models.CharField(max_length=12, choices=State, default=State.CONTRACTING)
    next_due_on = models.DateField(null=True, blank=True)
    """The nearest deadline of anything it owes, for lists."""
    rating = models.CharField(max_length=10, choices=Rating, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    imported = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, blank=True, related_name="mission")
    """A case of `mission-carry-out`; None for one of the past."""

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="mission_code_once"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="mission_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(budget_state__gte=0, budget_other__gte=0, paid__gte=0, confirmed__gte=0),
                name="mission_money_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_due_on"], name="mission_state_due"),
            models.Index(fields=["host", "state"], name="mission_of_host"),
            models.Index(fields=["field", "year"], name="mission_field_year"),
            models.Index(fields=["year", "state"], name="mission_year_state"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="mission_folded_trgm"),
            # Boards add these up, and read no row to do so.
            models.Index(
                fields=["next_due_on", "id"], condition=LIVING, name="mission_living",
                include=[
                    "case", "state", "field", "host", "orderer", "year", "place", "budget_state", "paid", "confirmed",
                    "ends_on",
                ],
            ),
            # The newest that bear some words, whose rows are read only once they are found.
            models.Index(fields=["-year", "-id"], include=["folded"], name="mission_newest"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return record_address("missions:mission", self.pk)

    def prepare(self) -> None:
        """Fill what is derived."""
        self.title = nfc(self.title)
        self.folded = fold(self.title)
