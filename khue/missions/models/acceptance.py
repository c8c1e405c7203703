"""Acceptance of a mission, its results, and what becomes of them."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.core.labels import Labelled
from khue.language.text import fold, nfc
from khue.missions.models.mission import Mission


class Acceptance(Labelled):
    """One attempt at acceptance, a case of `mission-accept`."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="acceptances")
    attempt = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    """When the file has to be in."""
    submitted_on = models.DateField(null=True, blank=True)
    valid_on = models.DateField(null=True, blank=True)
    self_rating = models.CharField(max_length=10, choices=Mission.Rating, blank=True)
    self_evaluation = models.TextField(blank=True)
    spent = models.BigIntegerField(null=True, blank=True)
    rating = models.CharField(max_length=10, choices=Mission.Rating, blank=True)
    """What the council concluded."""
    concluded_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    """When, and by whom of the council, it was confirmed that the file was completed as the council asked."""
    recognised_on = models.DateField(null=True, blank=True)
    recognition_sign = models.CharField(max_length=60, blank=True)
    completion = models.JSONField(default=list, blank=True)
    """How the council's remarks were met: rows of `remark` and `answer`."""
    effect = models.TextField(blank=True)
    effect_conclusion = models.TextField(blank=True)
    effect_on = models.DateField(null=True, blank=True)
    """What the department found of the effect afterwards (output evaluation), and when."""
    effect_answers = models.JSONField(default=dict, blank=True)
    """To the version's form `output-evaluation`."""
    effect_due_on = models.DateField(null=True, blank=True)
    """When the output is to be evaluated; None under rules that do not ask for it."""
    excuses = models.JSONField(default=dict, blank=True)
    """Parts of the file that do not apply to this mission -> why (names as in `DossierPart.part`)."""
    edits = models.PositiveIntegerField(default=0)
    """Counts the savings of the file, so that two who write at once do not overwrite each other."""
    case = models.OneToOneField("flow.Case", models.PROTECT, null=True, related_name="acceptance")

    class Meta:
        ordering = ["mission", "attempt"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "attempt"], name="acceptance_attempt_once"),
            models.CheckConstraint(
                condition=Q(confirmed_on=None, confirmed_by="") | Q(confirmed_on__isnull=False) & ~Q(confirmed_by=""),
                name="acceptance_confirmed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="acceptance_due"),
            models.Index(fields=["effect_due_on"], condition=Q(effect_on=None), name="acceptance_effect_waits"),
        ]

    def __str__(self) -> str:
        return str(self.mission)

    def get_absolute_url(self) -> str:
        return reverse("missions:acceptance", args=[self.pk])


class ProductCheck(models.Model):
    """What was delivered of a promised product, by the lead organisation's own account."""

    acceptance = models.ForeignKey(Acceptance, models.CASCADE, related_name="products")
    product = models.ForeignKey("missions.PlanProduct", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    quality = models.TextField(blank=True)
    proof = models.CharField(max_length=300, blank=True)
    self_rating = models.CharField(max_length=10, choices=Mission.Rating, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["acceptance", "product"], name="product_check_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="product_check_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.product)


class DossierPart(models.Model):
    """Which part of the acceptance file an attached file is: a name in `processes/missions.toml`, group `dossier`."""

    acceptance = models.ForeignKey(Acceptance, models.CASCADE, related_name="parts")
    file = models.OneToOneField("files.File", models.CASCADE, related_name="+")
    part = models.SlugField(max_length=40)

    def __str__(self) -> str:
        return f"{self.part}: {self.file}"


class Result(models.Model):
    """Something a mission gave that can be used: technology, variety, software, method, policy advice."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="results")
    product = models.ForeignKey("missions.PlanProduct", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.SlugField(max_length=40)
    title = models.CharField(max_length=300)
    folded = models.TextField(editable=False)
    description = models.TextField(blank=True)
    readiness = models.PositiveSmallIntegerField(null=True, blank=True)
    """Technology readiness level 1-9 (ISO 16290)."""
    usable_where = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    registration_number = models.CharField(max_length=60, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="results_owned")
    ownership_basis = models.CharField(max_length=200, blank=True)
    public = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration_number"], condition=~Q(registration_number=""), name="result_registered_once"
            ),
            models.CheckConstraint(
                condition=Q(readiness=None) | Q(readiness__gte=1, readiness__lte=9), name="result_readiness"
            ),
        ]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="result_folded_trgm")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = nfc(self.title)
        self.folded = fold(f"{self.title} {self.description}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("missions:result", args=[self.pk])


class UseReport(Labelled):
    """The yearly account of where a mission's results are used; owed for the years the rules say."""

    class State(models.TextChoices):
        DUE = "due", _("Waiting")
        SUBMITTED = "submitted", _("Submitted")
        ACCEPTED = "accepted", _("Accepted")

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="use_reports")
    result = models.ForeignKey(Result, models.SET_NULL, null=True, blank=True, related_name="uses")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    used = models.BooleanField(null=True)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey("directory.Place", models.PROTECT, null=True, blank=True, related_name="+")
    effect = models.TextField(blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    """Benefit of the year in đồng, where it can be counted."""
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["mission", "year"]
        constraints = [models.UniqueConstraint(fields=["mission", "year"], name="use_report_once_a_year")]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="due"), name="use_report_waiting")]

    def __str__(self) -> str:
        return f"{self.mission} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("missions:use-report", args=[self.pk])
