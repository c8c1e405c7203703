"""Programmes and plans that promise numbers, and what their files said on which day."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now


class Programme(models.Model):
    """What promises numbers: a programme of the Party committee, a plan of the people's committee, a yearly plan."""

    class Kind(models.TextChoices):
        POLICY = "policy", _("Policy programme")
        PLAN = "plan", _("Plan")
        RESEARCH = "research", _("Research programme")
        INDEX = "index", _("Index")
        STATISTICS = "statistics", _("Statistics")

    code = models.SlugField(max_length=60, unique=True)
    """Permanent: the name of its folder on the shelf, `07-ctr-tu`."""
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.POLICY)
    title = models.CharField(max_length=400)
    number = models.CharField(max_length=60, blank=True)
    """Number and sign of the document behind it: `07-CTr/TU`."""
    issuer = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    behind = models.CharField(max_length=80, blank=True)
    """The dossier of that document, `document:42`, where it is in the register."""
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    lead = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="programmes")
    """Who receives, returns and approves reports; NULL: the department that the site serves."""
    summary = models.TextField(blank=True)
    source = models.CharField(max_length=400, blank=True)
    verified = models.BooleanField(default=True)
    """Whether somebody held it against the document itself; shown on screen when not."""
    shelved = models.BooleanField(default=False)
    """Defined by files of the shelf; then it is changed there, not on a page."""

    class Meta:
        ordering = ["-last_year", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="programme_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("indicators:programme", args=[self.code])

    @property
    def dossier(self) -> str:
        """As the journal and the files name it."""
        return f"programme:{self.pk}"


class ProgrammeVersion(models.Model):
    """The text of a programme's file, from its day on; never changed once figures were reported under it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="versions")
    version = models.DateField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["programme", "version"]
        constraints = [models.UniqueConstraint(fields=["programme", "version"], name="programme_version_once")]

    def __str__(self) -> str:
        return f"{self.programme.code}/{self.version}"


class Objective(models.Model):
    """What a programme wants, above its indicators."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="objectives")
    code = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=400)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="objective_once")]

    def __str__(self) -> str:
        return self.title


class ReportSet(models.Model):
    """Figures that the same units report together, as often: one page for an officer, one line on the board."""

    class Every(models.TextChoices):
        MONTH = "month", _("Every month")
        QUARTER = "quarter", _("Every quarter")
        HALF = "half", _("Every six months")
        NINE_MONTHS = "nine-months", _("Nine months")
        YEAR = "year", _("Every year")
        STATISTICAL_YEAR = "statistical-year", _("Every calendar year (statistics)")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sets")
    code = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=250)
    every = models.CharField(max_length=20, choices=Every)
    """A kind of reporting period; its days are those of `processes/reporting/`."""
    levels = models.JSONField(default=list)
    """Kinds of units that report (`commune`, `district`, `department` …), all of them that exist in the period."""
    units = models.ManyToManyField("directory.Unit", blank=True, related_name="report_sets")
    """Units that report besides, by name."""
    named = models.JSONField(default=list)
    """Units that report besides, by the name that the shelf gives them: looked up on the last day of each period;
    `department` is the one that the site serves."""
    approvals = models.JSONField(default=list)
    """Who approves, one after another: `head` (of the reporting unit), `above` (the unit above), `lead`."""
    texts = models.JSONField(default=list)
    """Text parts of the report: `{"name": …, "label": …, "from": "directives"|"missions"|…}`."""
    basis = models.CharField(max_length=400, blank=True)
    verified = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["programme", "code"]

    def __str__(self) -> str:
        return self.label
