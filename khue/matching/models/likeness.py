"""Two records that look the same, and what an officer made of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.core.clock import now
from khue.matching.models.entry import Entry
from khue.matching.models.feedback import Feedback
from khue.matching.ranking.record import Band


class Likeness(models.Model):
    """A pair of records found to say the same, or nearly. What was judged is kept, and never asked again."""

    class State(models.TextChoices):
        OPEN = "open", _("To be judged")
        LINKED = "linked", _("Kept side by side")
        MERGED = "merged", _("Merged")
        DISMISSED = "dismissed", _("Not the same")

    class BandChoice(models.TextChoices):
        SAME = Band.SAME.value, _("Says the same")
        RELATED = Band.RELATED.value, _("Related")
        OTHER = Band.OTHER.value, _("Shares some words")

    one = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    other = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    """Always the entry with the higher number, so that a pair is there once."""
    score = models.FloatField()
    """How near they are, 0 to 1, as `search.similar` tells it."""
    band = models.CharField(max_length=10, choices=BandChoice)
    why = ArrayField(models.TextField(), default=list)
    found_at = models.DateTimeField(default=now)
    """When a sweep last met the pair."""
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    verdict = models.ForeignKey(Feedback, models.PROTECT, null=True, blank=True, related_name="+")
    """The last word about it: who, when, and what was written to it."""

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likeness_in_order"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="likeness_score"),
            models.CheckConstraint(
                condition=Q(state="open", verdict__isnull=True) | (~Q(state="open") & Q(verdict__isnull=False)),
                name="likeness_judged",
            ),
        ]
        indexes = [models.Index(fields=["state", "-score", "id"], name="likeness_waiting")]

    def __str__(self) -> str:
        return f"{self.one} ↔ {self.other}"

    @property
    def pair(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """The two records, each as (kind, number)."""
        return (self.one.kind, self.one.record), (self.other.kind, self.other.record)
