"""Difficulties and requests that the reader found in a document, before anybody took them into the register."""

from django.db import models
from django.db.models import F, Q

from khue.core.clock import now
from khue.petitions.models.petition import Petition


class Reading(models.Model):
    """That a document was read for petitions, also where it holds none."""

    document = models.OneToOneField("documents.Document", models.CASCADE, related_name="petition_reading")
    read_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.document)


class Voiced(models.Model):
    """One passage in which somebody tells a difficulty or asks for something."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    """Code points of the text of the document's extraction."""
    text = models.TextField()
    kind = models.CharField(max_length=10, choices=Petition.Kind)
    voices = models.JSONField(default=list)
    """Who voiced it, as the document calls them; empty where it does not say."""
    confidence = models.FloatField(default=1)
    left_out_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    """Who said that it is none."""

    class Meta:
        ordering = ["start", "end", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "start", "end"], name="voiced_passage_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")) & ~Q(text=""), name="voiced_passage_not_empty"),
            models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name="voiced_confidence"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
