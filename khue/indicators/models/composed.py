"""A report that was composed from a template: its blocks, what people made of them, and what became of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.language.text import fold


class Composed(models.Model):
    """A report of one unit on one period, from one version of a template; its blocks hold the text."""

    template = models.SlugField(max_length=60)
    template_version = models.DateField()
    label = models.CharField(max_length=200)
    """What the template is called."""
    subject = models.CharField(_("What it is about"), max_length=500)
    layout = models.CharField(max_length=10)
    """`state` or `party`."""
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="composed_reports")
    programme = models.ForeignKey(
        "indicators.Programme", models.PROTECT, null=True, blank=True, related_name="composed_reports"
    )
    """NULL: a report that is not about one programme."""
    period = models.ForeignKey("indicators.Period", models.PROTECT, related_name="composed_reports")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    document = models.CharField(max_length=80, blank=True)
    """The dossier of the outgoing document that it became: `document:42`."""
    handed_over = models.PositiveIntegerField(default=0)
    """The version of that document's text as it was handed over last."""
    folded = models.TextField(blank=True, editable=False)
    """What it is about, to be searched without accents."""
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    refreshed_at = models.DateTimeField(default=now)
    """When its figures were read last."""

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "unit", "period", "programme", "corrects"],
                name="composed_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(fields=["document"], condition=~Q(document=""), name="composed_of_document"),
        ]
        indexes = [models.Index(fields=["unit", "-created_at"], name="composed_of_unit")]

    def __str__(self) -> str:
        return self.subject

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the words for search in step."""
        self.folded = fold(f"{self.subject} {self.label}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("indicators:composed", args=[self.pk])

    @property
    def dossier(self) -> str:
        """As the journal names it."""
        return f"composed-report:{self.pk}"


class ComposedBlock(models.Model):
    """One block of a composed report, under the name that its template gives it; empty while it does not apply."""

    report = models.ForeignKey(Composed, models.CASCADE, related_name="blocks")
    name = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    """heading, paragraph, text, table, chart, annex."""
    level = models.PositiveSmallIntegerField(default=1)
    italic = models.BooleanField(default=False)
    made = models.TextField(blank=True)
    """What the system wrote when it read the figures last; of a table or chart, its caption."""
    tokens = models.JSONField(default=list)
    """`[from, to, source]` for each number in `made`."""
    data = models.JSONField(default=dict)
    """Of a table: head, sides, rows of cells; of a chart: its specification."""
    edited = models.TextField(null=True)  # noqa: DJ001 - NULL: nobody edited it; empty: somebody took all words away
    other = models.TextField(null=True)  # noqa: DJ001 - NULL: nothing waits
    """The text with new figures where somebody had changed the same words, until one of both is chosen."""
    dropped = models.BooleanField(default=False)
    added = models.BooleanField(default=False)
    """A person put it into this report; its template does not know it."""
    recipe = models.JSONField(default=dict, blank=True)
    """Of a table or chart that was added: the block as a template would write it, so that its figures follow too."""
    revision = models.PositiveIntegerField(default=0)
    """Grows with every change by a person or by new figures: a page that is older is told so."""
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report", "place"]
        constraints = [
            models.UniqueConstraint(fields=["report", "name"], name="composed_block_once"),
            models.CheckConstraint(
                condition=Q(other=None) | Q(edited__isnull=False), name="composed_waits_beside_an_edit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} · {self.name}"

    @property
    def text(self) -> str:
        """As it stands in the report."""
        return self.made if self.edited is None else self.edited

    @property
    def is_text(self) -> bool:
        """Whether people edit it; the figures of tables and charts are only read."""
        return self.kind not in {"table", "chart"}

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing in this period."""
        return not self.data if not self.is_text else not self.text.strip()
