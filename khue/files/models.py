"""Attachments of dossiers: a file has versions, a version has content that never changes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from khue.core.clock import now


class File(models.Model):
    """A file that belongs to a dossier. Removing or disposing of it keeps this row and what its versions were."""

    dossier_kind = models.SlugField(max_length=40)
    dossier_id = models.BigIntegerField()
    title = models.CharField(max_length=250)
    restricted = models.BooleanField(default=False)
    """Seen only by those whom the dossier's kind lets see restricted files."""
    created_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.CharField(max_length=250, blank=True)
    disposed_at = models.DateTimeField(null=True, blank=True)
    """When its content was destroyed; what was only removed keeps it."""

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["dossier_kind", "dossier_id"], name="file_of_dossier")]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(removal_reason=""), name="file_removed_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(disposed_at=None) | Q(removed_at__isnull=False), name="file_disposed_is_removed"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def dossier(self) -> str:
        """`kind:number`, as the journal names it."""
        return f"{self.dossier_kind}:{self.dossier_id}"

    @property
    def current(self) -> "Version":
        """The newest version; every file has one."""
        return max(self.versions.all(), key=lambda version: version.number)


class Version(models.Model):
    """One content of a file, named by its SHA-256, with the text that was read out of it."""

    class Text(models.TextChoices):
        WAITING = "waiting", "Đang đọc"
        READ = "read", "Đã đọc"
        UNREADABLE = "unreadable", "Không đọc được"
        NONE = "none", "Không có chữ để đọc"

    file = models.ForeignKey(File, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=12)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    """In bytes."""
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    text_state = models.CharField(max_length=12, choices=Text, default=Text.WAITING)
    text = models.TextField(blank=True)
    lines = models.JSONField(default=list, blank=True)
    """The `Line`s of the text, each as a list of its fields in order."""
    pages = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list, blank=True)
    read_done = models.PositiveIntegerField(default=0)
    read_total = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["file", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_version_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Opening(models.Model):
    """That somebody opened a version: the access log that Decree 30/2020, appendix VI, asks for."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.user} · {self.version}"
