"""Indicators, what they meant between which days, and the numbers promised for them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.directory.models import ThroughTime, days, ends_after_it_begins

CODE = r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*"
"""What an indicator, and a name in a formula, looks like: `rd_spending`, `directives.on_time`."""


class Indicator(models.Model):
    """One figure that is followed. What it means may change; its versions say from when to when."""

    id = models.AutoField(primary_key=True)
    """Small: there are millions of observations."""
    code = models.CharField(max_length=60, unique=True, validators=[RegexValidator(rf"^{CODE}$")])
    programme = models.ForeignKey("indicators.Programme", models.PROTECT, related_name="indicators")
    objective = models.ForeignKey(
        "indicators.Objective", models.SET_NULL, null=True, blank=True, related_name="indicators"
    )
    report_set = models.ForeignKey(
        "indicators.ReportSet", models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    """The set it is reported with; NULL: only its formula gives it."""
    number = models.PositiveSmallIntegerField(default=0)
    """Its place in the programme."""
    name = models.CharField(max_length=300)
    """As its newest version says."""
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["programme", "number", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator", args=[self.code])

    @property
    def dossier(self) -> str:
        """As the journal and the files name it."""
        return f"indicator:{self.pk}"


class IndicatorVersion(models.Model):
    """What an indicator means from a day to a day. A period follows the version that is valid on its last day."""

    class Kind(models.TextChoices):
        ENTERED = "entered", _("Asked from units")
        MEASURED = "measured", _("Counted by the system")
        FORMULA = "formula", _("Calculated")

    class Direction(models.TextChoices):
        UP = "up", _("The more the better")
        DOWN = "down", _("The less the better")
        NONE = "none", _("Neither")

    class Across(models.TextChoices):
        SUM = "sum", _("Sum of the units")
        MEAN = "mean", _("Mean of the units")
        RATIO = "ratio", _("Calculated from the sums of its parts")
        COUNT = "count", _("Number of units that have any")

    class OverTime(models.TextChoices):
        SUM = "sum", _("Sum of the periods")
        LAST = "last", _("Value of the last period")
        MEAN = "mean", _("Mean of the periods")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="versions")
    name = models.CharField(max_length=300)
    unit_of_measure = models.CharField(max_length=60)
    direction = models.CharField(max_length=5, choices=Direction, default=Direction.UP)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ENTERED)
    measure = models.CharField(max_length=60, blank=True)
    """The registered measure that counts it, `missions.accepted`."""
    formula = models.CharField(max_length=500, blank=True)
    """Over other indicators: `rd_spending / grdp * 100`."""
    across = models.CharField(max_length=5, choices=Across, default=Across.SUM)
    over_time = models.CharField(max_length=4, choices=OverTime, default=OverTime.SUM)
    decimals = models.PositiveSmallIntegerField(default=0)
    least = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    most = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    jump = models.PositiveSmallIntegerField(null=True, blank=True)
    """A change against the period before of more than so many per cent asks for a reason."""
    proof_needed = models.BooleanField(default=False)
    proof = models.CharField(max_length=300, blank=True)
    """What proves it: the paper or register that the figure comes from."""
    why = models.CharField(max_length=400, blank=True)
    """What is counted and what not, for the person who fills it in."""
    breakdowns = models.ManyToManyField("indicators.Dimension", blank=True, related_name="+")
    basis = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=400, blank=True)
    verified = models.BooleanField(default=True)
    house = models.BooleanField(default=False)
    """Of an indicator that a file of the shelf defines: changed on a page by the office that runs the programme."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ThroughTime["IndicatorVersion"].as_manager()

    class Meta:
        ordering = ["indicator", "-valid_from"]
        constraints = [
            ends_after_it_begins("indicator_version_ends_after_it_begins"),
            ExclusionConstraint(name="indicator_one_version_a_day", expressions=[("indicator", "="), (days(), "&&")]),
            models.CheckConstraint(
                condition=Q(kind="entered", measure="", formula="")
                | (Q(kind="measured", formula="") & ~Q(measure=""))
                | (Q(kind="formula", measure="") & ~Q(formula="")),
                name="indicator_version_counted_one_way",
            ),
            models.CheckConstraint(
                condition=(Q(kind="formula") & Q(across="ratio")) | (~Q(kind="formula") & ~Q(across="ratio")),
                name="indicator_formula_is_of_sums",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """A reported figure that a formula asks for. A unit counts when it has one figure of every clause."""

    version = models.ForeignKey(IndicatorVersion, models.CASCADE, related_name="parts")
    leaf = models.ForeignKey(Indicator, models.PROTECT, related_name="part_of")
    """Never a formula itself: formulas inside formulas are taken apart when they are defined."""
    clause = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["version", "clause", "leaf"]
        constraints = [models.UniqueConstraint(fields=["version", "clause", "leaf"], name="part_once_a_clause")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.leaf_id}"


class Dimension(models.Model):
    """A way to break a figure down: by sex, by field."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label


class Category(models.Model):
    """One value of a breakdown. The one with number 1 is the whole, without a breakdown."""

    TOTAL = 1

    id = models.SmallAutoField(primary_key=True)
    dimension = models.ForeignKey(Dimension, models.PROTECT, null=True, blank=True, related_name="categories")
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["dimension", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="category_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(id=1, dimension=None) | ~Q(dimension=None), name="category_one_total"),
        ]

    def __str__(self) -> str:
        return self.label


class Target(models.Model):
    """A number promised for a unit and a year, in the words of the document."""

    class Bound(models.TextChoices):
        LEAST = "least", _("at least")
        MORE = "more", _("more than")
        ABOUT = "about", _("about")
        MOST = "most", _("at most")
        RANGE = "range", _("from … to …")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    """NULL: the whole city."""
    year = models.PositiveSmallIntegerField()
    bound = models.CharField(max_length=5, choices=Bound, default=Bound.LEAST)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    value_to = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    words = models.CharField(max_length=120, blank=True)
    """As the document has it: `trên 50 %`."""
    source = models.CharField(max_length=400, blank=True)
    verified = models.BooleanField(default=True)

    class Meta:
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "year"], name="target_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=(Q(bound="range") & Q(value_to__gt=models.F("value")))
                | (~Q(bound="range") & Q(value_to=None)),
                name="target_range_has_two_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.words or self.value}"
