"""Case files (hồ sơ): documents of one matter kept together, a document in as many as it belongs to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.directory.models import Unit
from khue.documents.models.document import Document
from khue.language.text import fold, sort_key


class CaseFile(models.Model):
    """A file of the organisation's list of files (Decree 30/2020/NĐ-CP appendices V and VI)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="case_files")
    year = models.PositiveSmallIntegerField(_("Year of the list of files"))
    notation = models.CharField(_("Number and sign of the file"), max_length=20)
    title = models.CharField(_("Title"), max_length=500)
    retention = models.CharField(_("Retention"), max_length=30)
    rights = models.CharField(_("Rights of use"), max_length=30, blank=True)
    keeper = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="case_files", verbose_name=_("Kept by")
    )
    language = models.CharField(_("Language"), max_length=50, default="Tiếng Việt")
    started_on = models.DateField(_("Begun"))
    ended_on = models.DateField(_("Ended"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_reason = models.CharField(max_length=300, blank=True)
    documents = models.ManyToManyField(Document, through="Filing", related_name="case_files")
    folded = models.CharField(max_length=700, editable=False)
    sort_title = models.CharField(max_length=1000, editable=False, db_collation="C")

    class Meta:
        ordering = ["-year", "notation"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "notation"], name="case_file_code_once"),
            models.CheckConstraint(
                name="case_file_ends_after_it_begins", condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on"))
            ),
            models.CheckConstraint(
                name="case_file_frozen_for_a_reason", condition=Q(frozen_at=None) | ~Q(frozen_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notation} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the keys for search and order in step."""
        self.folded = fold(f"{self.notation} {self.title}")
        self.sort_title = sort_key(self.title[:120])
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def dossier(self) -> str:
        """The name under which the journal knows it."""
        return f"casefile:{self.pk}"


class Filing(models.Model):
    """A document's place in a file."""

    case_file = models.ForeignKey(CaseFile, models.CASCADE, related_name="filings")
    document = models.ForeignKey(Document, models.PROTECT, related_name="filings")
    ordinal = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["case_file", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["case_file", "document"], name="filed_once"),
            models.UniqueConstraint(fields=["case_file", "ordinal"], name="filing_ordinal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_file} #{self.ordinal}"
