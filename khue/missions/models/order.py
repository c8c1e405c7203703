"""The order list: what the city orders, approved and published by decision."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.language.text import fold, nfc


class Way(models.TextChoices):
    """How an order finds who carries it out."""

    SELECTION = "selection", _("Selection among applicants")
    DIRECT = "direct", _("Direct assignment")


class OrderList(models.Model):
    """One list of missions to order, under one decision."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")

    title = models.CharField(max_length=250)
    year = models.PositiveSmallIntegerField()
    host = models.ForeignKey("directory.Unit", models.PROTECT, related_name="order_lists")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    supplements = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supplemented_by")
    """The list of the same year that this one adds to."""
    ground = models.CharField(max_length=300, blank=True)
    """What the decision rests on, as it is written after «Căn cứ»."""
    process_version = models.ForeignKey("flow.ProcessVersion", models.PROTECT, null=True, blank=True, related_name="+")
    """Whose papers it is written on; None for a list of before the shelf began."""
    decision_sign = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(decided_on__isnull=False) & ~Q(decision_sign=""),
                name="order_list_approved_by_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_on__isnull=False), name="order_list_published_is_dated"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("missions:order-list", args=[self.pk])

    @property
    def dossier(self) -> str:
        """How the journal and files call it."""
        return f"order-list:{self.pk}"


class Order(models.Model):
    """One mission that is ordered: name, objective, expected products, way of assignment (the four elements)."""

    class State(models.TextChoices):
        LISTED = "listed", _("Listed")
        SELECTING = "selecting", _("Finding who carries it out")
        ASSIGNED = "assigned", _("Assigned")
        FAILED = "failed", _("Nobody found")
        CANCELLED = "cancelled", _("Cancelled")

    list = models.ForeignKey(OrderList, models.CASCADE, related_name="orders")
    number = models.PositiveSmallIntegerField()
    proposal = models.OneToOneField("needs.Proposal", models.PROTECT, null=True, blank=True, related_name="order")
    name = models.CharField(max_length=500)
    folded = models.CharField(max_length=500, editable=False, default="")
    objective = models.TextField()
    products = models.TextField()
    requirements = models.TextField(blank=True)
    type = models.SlugField(max_length=40)
    field = models.SlugField(max_length=40, blank=True)
    way = models.CharField(max_length=10, choices=Way, default=Way.SELECTION)
    ground = models.SlugField(max_length=60, blank=True)
    """Why it is assigned directly: a coded ground of `processes/missions.toml`."""
    orderer = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="orders")
    """The body that will use the results."""
    state = models.CharField(max_length=10, choices=State, default=State.LISTED)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_because = models.TextField(blank=True)

    class Meta:
        ordering = ["list", "number"]
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="order_number_once"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_on__isnull=False) & ~Q(cancelled_because=""),
                name="order_cancelled_for_a_reason",
            ),
        ]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="order_folded_trgm")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("missions:order", args=[self.pk])

    def prepare(self) -> "Order":
        """Fill what is derived from the name; saving does it, writing in bulk calls it."""
        self.name = nfc(self.name)
        self.folded = fold(self.name)[:500]
        return self

    @property
    def dossier(self) -> str:
        """How the journal calls it."""
        return f"order:{self.pk}"
