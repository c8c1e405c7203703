"""A document's text as it was read, and the directives proposed from it before anyone confirmed them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.documents.models.directive import Directive


class Extraction(models.Model):
    """The text of a document with its lines, and the state of turning it into directives."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READ = "read", _("Read")
        FAILED = "failed", _("Could not be read")

    document = models.OneToOneField("documents.Document", models.CASCADE, related_name="extraction")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    text = models.TextField(blank=True)
    """NFC; every offset of proposals and directives counts code points in it."""
    lines = models.JSONField(default=list)
    """`[start, end, style, depth, table, row, column]` of each line, as `language.source.Line` has them."""
    warnings = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    """Why it could not be read and what to do, when it failed."""
    version = models.PositiveIntegerField(default=0)
    """Grows with every change to a proposal; pages ask with it whether somebody else changed anything."""
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(problem=""), name="extraction_failure_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.state}"


class Proposal(models.Model):
    """A directive as read or as an officer marked it, waiting to be accepted and assigned."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("To be looked at")
        ACCEPTED = "accepted", _("Accepted for assignment")
        REJECTED = "rejected", _("Left out")
        MERGED = "merged", _("Merged into another")
        ASSIGNED = "assigned", _("Assigned")

    class Spread(models.TextChoices):
        TOGETHER = "together", _("One directive for all of them")
        EACH = "each", _("One directive for each unit")

    extraction = models.ForeignKey(Extraction, models.CASCADE, related_name="proposals")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    content = models.TextField()
    due_text = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    recurs = models.CharField(max_length=10, blank=True)
    """`month`, `quarter`, `half`, `year` when the text asks for it every period; empty for once."""
    priority = models.CharField(max_length=12, default="normal")
    field = models.SlugField(max_length=40, blank=True)
    product = models.CharField(max_length=300, blank=True)
    spread = models.CharField(max_length=10, choices=Spread, default=Spread.EACH)
    confidence = models.FloatField(default=1)
    by_hand = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["start", "end", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="proposal_span_not_empty"),
            models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name="proposal_confidence"),
        ]

    def __str__(self) -> str:
        return self.content[:80]

    @property
    def recurs_words(self) -> str:
        """How often, for people."""
        return str(dict(Directive.Every.choices).get(self.recurs, ""))

    @property
    def priority_words(self) -> str:
        """The priority, for people."""
        return str(dict(Directive.Priority.choices).get(self.priority, self.priority))


class ProposalUnit(models.Model):
    """Somebody named as assignee: the words in the text, and the unit or group they were resolved to."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Lead")
        SUPPORT = "support", _("Support")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="units")
    part = models.CharField(max_length=8, choices=Part)
    name = models.CharField(max_length=300)
    """As the text has it."""
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    group = models.SlugField(max_length=40, blank=True)
    """Name of a group in `processes/directives.toml` when the words mean many units."""
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["part", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(unit=None) | Q(group=""), name="proposal_unit_or_group"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name_now(self) -> str:
        """The unit's own name once it is known, else the words."""
        return self.unit.name if self.unit else self.name


class ExtractionChange(models.Model):
    """What one act on the extraction page changed, with what was there before, so that it can be undone."""

    extraction = models.ForeignKey(Extraction, models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    verb = models.CharField(max_length=20)
    before = models.JSONField()
    """Each touched proposal as it was: `{"id": …, fields…, "units": […]}`; `null` fields for one that was new."""
    after = models.JSONField()
    """The version each touched proposal had afterwards, by id; undoing asks that nobody changed it since."""
    undone = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["extraction", "version"], name="extraction_change_once")]

    def __str__(self) -> str:
        return f"{self.verb} #{self.version}"
