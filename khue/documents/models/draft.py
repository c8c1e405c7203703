"""An outgoing document while it is written: its text, every version of it, and what was said about it."""

from django.db import models
from django.db.models import Q

from khue.accounts.models import User
from khue.core.clock import now
from khue.documents.models.document import Document
from khue.documents.models.words import OnBehalf

CONTENT = (
    "place",
    "addressees",
    "basis",
    "body",
    "on_behalf",
    "authority",
    "post",
    "signer",
    "copies_to",
    "drafting_code",
)
"""The parts of a draft that people write, as they stand in a version."""


class Draft(models.Model):
    """The text of an outgoing document, in the parts of Decree 30/2020/NĐ-CP appendix I (or of a Party document)."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="draft")
    paper = models.SlugField(max_length=40)
    """Name of a paper in `processes/documents.toml`."""
    place = models.CharField(max_length=60, blank=True)
    addressees = models.TextField(blank=True)
    """After "Kính gửi", one a line."""
    basis = models.TextField(blank=True)
    """Legal and factual bases (căn cứ), one a line."""
    body = models.TextField(blank=True)
    """Paragraphs in simple markup: `# ` heading, `- ` list, `**bold**`, `*italic*`, `| a | b |` table rows."""
    on_behalf = models.CharField(max_length=12, choices=OnBehalf, blank=True)
    authority = models.CharField(max_length=120, blank=True)
    """In whose name it is signed, after `TM.`, `KT.`, `TL.`, `TUQ.` or `Q.`."""
    post = models.CharField(max_length=150, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    copies_to = models.TextField(blank=True)
    """Under "Nơi nhận", one a line."""
    council = models.CharField(max_length=40, blank=True)
    """Sign of the council that is printed as the issuing body; blank for the organisation itself."""
    council_name = models.CharField(max_length=200, blank=True)
    """Its name, as it is printed in the head of the document."""
    drafting_code = models.CharField(max_length=20, blank=True)
    """Abbreviation of the unit that drafts it: in the sign of a letter and after "Lưu: VT"."""
    version = models.PositiveIntegerField(default=1)
    """Grows with every save; a save that did not see the last one is refused."""
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.document} ({self.version})"

    def content(self) -> dict[str, str]:
        """The parts that people write, by name."""
        return {name: getattr(self, name) for name in CONTENT}


class DraftVersion(models.Model):
    """A draft as it stood when it was handed on, or before somebody else changed it. Never changed."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=500, blank=True)
    content = models.JSONField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["draft", "-number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_version_once")]

    def __str__(self) -> str:
        return f"{self.draft} #{self.number}"


class Comment(models.Model):
    """Something said about a draft; answers hang under it, and it stays open until somebody resolves it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    quote = models.CharField(max_length=500, blank=True)
    """The passage it is about."""
    body = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["document", "at", "id"]
        constraints = [
            models.CheckConstraint(
                name="comment_resolved_by_somebody",
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
            models.CheckConstraint(name="only_threads_are_resolved", condition=Q(parent=None) | Q(resolved_at=None)),
        ]

    def __str__(self) -> str:
        return self.body[:80]
