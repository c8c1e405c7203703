"""Cases on their way through pinned versions of processes; who holds each, since when, until when due."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now
from khue.directory.models import Unit
from khue.flow.shelf.reading import read
from khue.flow.shelf.values import Process, Step

ONE_OF_UNIT_AND_USER = Q(unit__isnull=False, user=None) | Q(unit=None, user__isnull=False)

_definitions: dict[str, Process] = {}
"""Read once for each text; a text never changes."""


class ProcessVersion(models.Model):
    """A version of a process as it was when the first case could open on it."""

    process = models.SlugField(max_length=60)
    version = models.DateField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["process", "version"]
        constraints = [models.UniqueConstraint(fields=["process", "version"], name="process_version_once")]

    def __str__(self) -> str:
        return f"{self.process}/{self.version}"

    @property
    def definition(self) -> Process:
        """The process that the kept text describes."""
        if self.digest not in _definitions:
            _definitions[self.digest] = read(self.text.files)[0]
        return _definitions[self.digest]


class ProcessText(models.Model):
    """The files of a version. In a table of their own: every case is read with its version, hardly ever with these
    tens of thousands of characters."""

    of = models.OneToOneField(ProcessVersion, models.CASCADE, primary_key=True, related_name="text")
    files = models.JSONField()
    """Path inside the version's folder -> text."""

    def __str__(self) -> str:
        return str(self.of)


class Case(models.Model):
    """One dossier on its way; pinned to the version it opened under."""

    process_version = models.ForeignKey(ProcessVersion, models.PROTECT, related_name="cases")
    step = models.SlugField(max_length=60)
    dossier = models.CharField(max_length=80)
    """`kind:number`, as in the journal."""
    title = models.CharField(max_length=500)
    url = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=[("done", "done"), ("cancelled", "cancelled")])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(closed_at=None), name="case_one_open_a_dossier"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="case_closed_has_outcome",
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="case_not_its_own_parent"),
        ]
        indexes = [
            models.Index(fields=["dossier"], name="case_dossier"),
            models.Index(fields=["due_on"], condition=Q(closed_at=None), name="case_open_due"),
            models.Index(
                fields=["id"], include=["process_version", "dossier"], condition=Q(closed_at=None),
                name="case_open_process",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def definition(self) -> Process:
        """The process as this case is pinned to it."""
        return self.process_version.definition

    @property
    def step_now(self) -> Step:
        """The step the case is at."""
        return self.definition.steps[self.step]

    @property
    def holding(self) -> "Holding | None":
        """Who has it now; None when it is closed."""
        open_ones = [row for row in self.holdings.all() if row.until is None]
        return open_ones[0] if open_ones else None


class CaseParty(models.Model):
    """Who takes a part in a case: a unit or a person."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    party = models.SlugField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "party"], name="case_party_once"),
            models.CheckConstraint(condition=ONE_OF_UNIT_AND_USER, name="case_party_unit_or_user"),
        ]
        indexes = [models.Index(fields=["unit", "case"], name="case_party_unit")]

    def __str__(self) -> str:
        return f"{self.party}: {self.unit or self.user}"

    @property
    def unit_path(self) -> str:
        """Where the unit stands in the tree; nothing for a person."""
        return self.unit.path if self.unit else ""


class Holdings(models.QuerySet["Holding"]):
    """Holdings, by urgency."""

    def current(self) -> Self:
        """Those that still wait."""
        return self.filter(until=None)

    def asking(self) -> Self:
        """Those that want something of their holder."""
        return self.current().filter(rests=False)

    def by_urgency(self) -> Self:
        """What hurts first: the earliest due day, then the longest wait."""
        return self.order_by(F("due_on").asc(nulls_last=True), "since", "pk")

    def for_lists(self) -> Self:
        """With what a list row shows, in one query."""
        return self.select_related("case__process_version", "unit", "user")


class Holding(models.Model):
    """A unit (its holders of `roles`, or everyone in it) or a person has a case at a step; `until` NULL means now.
    The desk is a query over these rows."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="holdings")
    step = models.SlugField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    roles = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    divisions = models.BooleanField(default=False)
    """The divisions of the unit hold it too (`flow.divisions`)."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    rests = models.BooleanField(default=False)
    """Nothing is asked of the holder (`Process.rests_at`, `let_rest`): no desk shows it, no reminder speaks of it."""

    objects = Holdings.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until=None), name="holding_one_open_a_case"),
            models.CheckConstraint(condition=ONE_OF_UNIT_AND_USER, name="holding_unit_or_user"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="holding_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_on"], condition=Q(until=None), name="holding_unit_desk"),
            models.Index(fields=["user", "due_on"], condition=Q(until=None), name="holding_user_desk"),
            models.Index(
                fields=["due_on"], include=["case", "unit", "user", "roles", "divisions"], condition=Q(until=None),
                name="holding_due",
            ),
            models.Index(fields=["unit"], name="holding_unit"),
            models.Index(fields=["user"], name="holding_user"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}: {self.holder}"

    @property
    def holder(self) -> Unit | User:
        """The unit or the person."""
        holder = self.unit or self.user
        assert holder is not None  # noqa: S101 - the table's CHECK
        return holder


class StepRecord(models.Model):
    """One move that was made."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="records")
    from_step = models.SlugField(max_length=60, blank=True)
    """Empty for the opening."""
    to_step = models.SlugField(max_length=60)
    move = models.SlugField(max_length=60, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    comment = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    """The answers to the move's form."""

    class Meta:
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.from_step} → {self.to_step}"


class ReminderSent(models.Model):
    """That a reminder rule spoke for a holding on the day it falls on; a rerun says nothing twice."""

    holding = models.ForeignKey(Holding, models.CASCADE, related_name="reminders")
    rule = models.SlugField(max_length=60)
    falls_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holding", "rule", "falls_on"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.holding_id} {self.rule} {self.falls_on}"


def name_of(holder: Unit | User | Actor) -> str:
    """How a holder or an actor is named in sentences."""
    return holder.name if isinstance(holder, Unit) else holder.actor_name


Data = dict[str, Any]
"""Checked answers to a move's form: JSON values."""
