"""The outline of a mission (thuyết minh): who does what, when, for how much, with which products.

One shape from application to contract: an application has a plan, the winner completes a copy, the contract binds a
copy, an adjustment makes a new one. Money is whole đồng.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.flow.shelf.words import words


class Source(models.TextChoices):
    """Whose money."""

    STATE = "state", _("State budget")
    HOST = "host", _("Own money of the lead organisation")
    OTHER = "other", _("Other money")


class Plan(models.Model):
    """One version of an outline; locked once it was handed in."""

    class Stand(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPLICATION = "application", _("As applied for")
        COMPLETED = "completed", _("Completed after the council")
        CONTRACT = "contract", _("As contracted")
        ADJUSTED = "adjusted", _("Adjusted")

    stand = models.CharField(max_length=12, choices=Stand, default=Stand.DRAFT)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    type = models.SlugField(max_length=40)
    name = models.CharField(max_length=500)
    months = models.PositiveSmallIntegerField(default=24)
    starts_on = models.DateField(null=True, blank=True)
    lump_sum = models.SlugField(max_length=20, blank=True)
    """`full`, `partial` or empty (khoán chi)."""
    answers = models.JSONField(default=dict)
    """To the outline form of the type, as `khue.flow.answers` keeps them."""
    revisions = models.JSONField(default=dict, blank=True)
    """Of each section that was written: how often, by whom and when last, so that nobody overwrites another."""
    locked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stand="draft") | Q(locked_at__isnull=False), name="plan_locked_unless_draft"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlanPerson(models.Model):
    """Somebody who takes a part, with months of work and share of contribution."""

    class Role(models.TextChoices):
        INVESTIGATOR = "investigator", _("Principal investigator")
        SECRETARY = "secretary", _("Scientific secretary")
        MAIN = "main", _("Main member")
        MEMBER = "member", _("Member")
        SUPPORT = "support", _("Technical staff")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="people")
    name = models.CharField(max_length=120)
    """As the outline writes it, and so it stays when the directory is corrected: receipts are hashed over it."""
    title = models.CharField(max_length=60, blank=True)
    """Academic title and degree: `PGS.TS.`."""
    person = models.ForeignKey(
        "directory.Person", models.PROTECT, null=True, blank=True, related_name="plan_parts"
    )  # fmt: skip
    """Who it is in the directory. Empty while the outline is a draft or sealed (decision 0012)."""
    role = models.CharField(max_length=12, choices=Role, default=Role.MAIN)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    task = models.CharField(max_length=300, blank=True)
    months = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    """Contribution in per cent; all shares of a plan add up to at most 100."""

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "person"], name="plan_person_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(role="investigator"), name="plan_one_investigator"),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gte=0, share__lte=100), name="plan_share_in_per_cent"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="plan_person_named"),
        ]

    def __str__(self) -> str:
        return f"{self.named} ({self.get_role_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.person is not None and not self.name:
            self.name, self.title = self.person.full_name, self.person.title
        super().save(*args, **kwargs)

    @property
    def named(self) -> str:
        """Title and name."""
        return f"{self.title} {self.name}".strip()


class PlanPartner(models.Model):
    """An organisation that works along, with its consent."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="partners")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    task = models.CharField(max_length=300, blank=True)
    consented_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="plan_partner_once")]

    def __str__(self) -> str:
        return str(self.unit)


class PlanStage(models.Model):
    """A piece of the work, from a month to a month of the mission, counted from 1."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    outcome = models.TextField(blank=True)
    from_month = models.PositiveSmallIntegerField()
    to_month = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=120, blank=True)
    """The name of one of the people of the outline."""

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_stage_once"),
            models.CheckConstraint(
                condition=Q(from_month__gte=1, to_month__gte=F("from_month")), name="plan_stage_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.content


class PlanProduct(models.Model):
    """A product that is promised, with what makes it good and how many."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="products")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=3)
    """Its class, a name of `products` in `processes/missions.toml`: I, II, III, IV."""
    name = models.CharField(max_length=300)
    quality = models.TextField(blank=True)
    unit_of_measure = models.CharField(max_length=40, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, default=1)
    comparator = models.CharField(max_length=300, blank=True)
    """Domestic and foreign level it is compared with (class III)."""
    due_month = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_product_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="plan_product_some"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def class_label(self) -> str:
        """Its class as the shelf names it."""
        return str(words("products").get(self.kind, self.kind))


class PlanBudget(models.Model):
    """Money for one item (a name in `processes/missions.toml`), one source, one year of the mission."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="budget")
    item = models.SlugField(max_length=40)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=5, choices=Source, default=Source.STATE)
    year = models.PositiveSmallIntegerField()
    """1 for the first year of the mission."""
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["plan", "item", "year"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "item", "source", "year", "note"], name="plan_budget_line_once"),
            models.CheckConstraint(condition=Q(amount__gte=0, year__gte=1), name="plan_budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.year}: {self.amount}"
