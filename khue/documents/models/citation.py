"""What a document says of other documents."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.documents.models.document import Document


class Citation(models.Model):
    """One document named by another. `cited` is empty while the named document is not held here."""

    class Kind(models.TextChoices):
        BASIS = "basis", _("is based on")
        MENTION = "mention", _("mentions")
        REPLY = "reply", _("replies to")
        CORRECTION = "correction", _("corrects")
        REPLACEMENT = "replacement", _("replaces")
        RECALL = "recall", _("recalls")

    document = models.ForeignKey(Document, models.CASCADE, related_name="citations")
    cited = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="cited_by")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MENTION)
    text = models.CharField(max_length=200)
    """As printed in the document."""
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    sign = models.CharField(max_length=80)
    sign_key = models.CharField(max_length=80)
    family = models.CharField(max_length=10, blank=True)
    type = models.CharField(max_length=10, blank=True)
    issuer_name = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    linked_by = models.CharField(max_length=120, blank=True)
    """Who linked it: the reader's name, or the person who accepted a proposal."""

    class Meta:
        ordering = ["document", "start", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "sign_key", "kind"], name="citation_once"),
            models.CheckConstraint(name="citation_not_of_itself", condition=~Q(document=F("cited"))),
        ]
        indexes = [
            models.Index(
                fields=["sign_key"], condition=Q(cited=None), name="citation_waiting", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.sign


class CitationProposal(models.Model):
    """A registered document that may be the one cited, for a person to accept or reject."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a person")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")

    citation = models.ForeignKey(Citation, models.CASCADE, related_name="proposals")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["citation", "document"], name="citation_proposal_once")]

    def __str__(self) -> str:
        return f"{self.citation} ? {self.document}"
