"""A directive somebody has to carry out, and what was said about it on the way."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.core.labels import Labelled
from khue.core.periods import ROMAN
from khue.language.directives.title import title_of
from khue.language.text import fold

if TYPE_CHECKING:
    from datetime import date

OPEN_STATES = ("assigned", "acknowledged", "in-progress")


class Directive(Labelled):
    """One instruction to one lead unit. State columns repeat what the case says, so that boards count by index."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("Assigned")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        IN_PROGRESS = "in-progress", _("In progress")
        REPORTED = "reported", _("Reported done")
        ACCEPTED = "accepted", _("Accepted as done")
        CANCELLED = "cancelled", _("Withdrawn")
        RECURRING = "recurring", _("Recurring")

    class Every(models.TextChoices):
        MONTH = "month", _("Every month")
        QUARTER = "quarter", _("Every quarter")
        HALF = "half", _("Every six months")
        YEAR = "year", _("Every year")

    class Priority(models.TextChoices):
        NORMAL = "normal", _("Normal")
        URGENT = "urgent", _("Urgent")
        VERY_URGENT = "very-urgent", _("Very urgent")

    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="directives")
    number = models.PositiveIntegerField()
    """Its place among the directives of the document, from 1."""
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    every = models.CharField(max_length=10, choices=Every, blank=True)
    """Set on a recurring directive: it is not worked on itself, each period has an occurrence below it."""
    due_before_end = models.PositiveSmallIntegerField(default=0)
    """Days between the deadline of an occurrence and the last day of its period."""
    period_from = models.DateField(null=True, blank=True)
    """Set on an occurrence: the first day of the period that it stands for."""
    proposal = models.ForeignKey(
        "documents.Proposal", models.SET_NULL, null=True, blank=True, related_name="directives"
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    passage = models.TextField(blank=True)
    """The exact words of the document, kept even if the file is replaced."""
    content = models.TextField()
    folded = models.TextField(editable=False)
    product = models.CharField(max_length=300, blank=True)
    field = models.SlugField(max_length=40, blank=True)
    priority = models.CharField(max_length=12, choices=Priority, default=Priority.NORMAL)
    issuer = models.ForeignKey("directory.Unit", models.PROTECT, related_name="directives_issued")
    lead = models.ForeignKey("directory.Unit", models.PROTECT, related_name="directives_led")
    due_on = models.DateField(null=True, blank=True)
    due_text = models.CharField(max_length=200, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    """The deadline before any extension."""
    state = models.CharField(max_length=12, choices=State, default=State.ASSIGNED)
    percent = models.PositiveSmallIntegerField(default=0)
    assigned_on = models.DateField()
    acknowledged_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    """Day the lead unit reported it done; emptied when the report is returned."""
    closed_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    returned = models.PositiveSmallIntegerField(default=0)
    touched_at = models.DateTimeField(db_index=True, editable=False, default=now)
    """When the row was last written, by a trigger: the newest one tells whether counted figures still hold."""
    late = models.GeneratedField(
        expression=models.Case(
            models.When(done_on__gt=F("due_on"), then=models.Value(True)), default=models.Value(False)
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="directive")
    """NULL only inside the transaction that opens it."""

    supports: models.ManyToManyField = models.ManyToManyField(  # type: ignore[type-arg]
        "directory.Unit", through="documents.DirectiveUnit", related_name="directives_supported"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="directive_number_once"),
            models.UniqueConstraint(fields=["parent", "period_from"], name="directive_once_a_period"),
            models.CheckConstraint(
                condition=Q(state="recurring") & ~Q(every="") | ~Q(state="recurring"), name="directive_recurs_somehow"
            ),
            models.UniqueConstraint(
                fields=["proposal", "lead", "period_from"],
                nulls_distinct=False,
                name="directive_once_a_proposal",
                condition=Q(proposal__isnull=False),
            ),
            models.CheckConstraint(condition=~Q(content=""), name="directive_has_content"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="directive_percent"),
            models.CheckConstraint(
                condition=Q(state__in=("reported", "accepted"), done_on__isnull=False)
                | Q(state__in=(*OPEN_STATES, "cancelled", "recurring"), done_on=None),
                name="directive_done_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("accepted", "cancelled"), closed_on__isnull=False)
                | (~Q(state__in=("accepted", "cancelled")) & Q(closed_on=None)),
                name="directive_closed_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("assigned_on")), name="directive_due_later"
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="directive_not_its_own_parent"),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "lead", "issuer", "field", "priority", "document"],
                condition=Q(state__in=OPEN_STATES),
                name="directive_open",
            ),
            models.Index(fields=["issuer", "lead"], condition=Q(state="reported"), name="directive_reported"),
            models.Index(
                fields=["assigned_on"],
                include=["lead", "issuer"],
                condition=~Q(state="recurring"),
                name="directive_assigned",
            ),
            models.Index(
                fields=["done_on"],
                include=["lead", "issuer", "field", "priority", "document", "due_on"],
                condition=Q(late=True),
                name="directive_done_late",
            ),
            models.Index(fields=["done_on", "late"], include=["lead", "issuer"], name="directive_done"),
            models.Index(fields=["lead", "state", "due_on"], name="directive_of_lead"),
            models.Index(fields=["issuer", "state", "due_on"], name="directive_of_issuer"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="directive_folded_trgm"),
        ]

        triggers = [
            pgtrigger.Trigger(
                name="touch",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="NEW.touched_at := clock_timestamp(); RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.prepare()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("documents:directive", args=[self.pk])

    def prepare(self) -> "Directive":
        """Fill what is derived from the content; saving does it, writing many at once calls it."""
        self.folded = fold(self.content)
        return self

    @property
    def title(self) -> str:
        """What is to be done, in few words: lists, desks and notices tell who does it beside it."""
        return title_of(self.content)

    @property
    def period_words(self) -> str:
        """The period that an occurrence stands for, as people call it; empty for what is done once."""
        if self.period_from is None or self.parent is None:
            return ""
        first = self.period_from
        facts = {"month": first.month, "roman": ROMAN[(first.month + 2) // 3], "year": first.year}
        half = _("first half of %(year)s") if first.month == 1 else _("second half of %(year)s")
        words = {
            self.Every.MONTH: _("month %(month)s/%(year)s"),
            self.Every.QUARTER: _("quarter %(roman)s/%(year)s"),
            self.Every.HALF: half,
            self.Every.YEAR: _("year %(year)s"),
        }
        return str(words[self.Every(self.parent.every)]) % facts

    @property
    def dossier(self) -> str:
        """Its name in the journal, files and notices."""
        return f"directive:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Work still waits at the lead unit."""
        return self.state in OPEN_STATES

    def overdue_on(self, day: "date") -> bool:
        """Still open on `day` with a deadline that has passed."""
        return self.is_open and self.due_on is not None and self.due_on < day


class DirectiveUnit(models.Model):
    """A unit that supports the lead, with what it has done of its own share."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="support_rows")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="support_rows")
    acknowledged_on = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "unit"], name="directive_unit_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="directive_unit_percent"),
        ]
        indexes = [models.Index(fields=["unit", "directive"], name="directive_of_support")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.directive_id}"


class Report(models.Model):
    """What a unit says it did, with how far it is."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("Progress")
        DONE = "done", _("Completion")

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="reports")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    percent = models.PositiveSmallIntegerField()
    reply = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="replies_to")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    answer = models.TextField(blank=True)
    """The issuer's comment when a report of completion was returned."""

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="report_percent"),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.percent}% · {self.text[:60]}"


class Reminder(models.Model):
    """Somebody, or the calendar, asked a unit about a directive."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="reminders")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    """Empty when the calendar reminded by itself."""
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "unit", "on"], name="reminder_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.on} · {self.unit}"
