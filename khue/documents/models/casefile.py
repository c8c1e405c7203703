"""Case files (hồ sơ): documents of one matter kept together, a document in as many as it belongs to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.directory.models import Unit
from khue.documents.models.document import Document
from khue.language.keeping import kept_for_good, kept_until, years_kept
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
    keep_until = models.DateField(null=True, editable=False)
    """The last day of the retention; empty while it is open, is kept for good or by words that a person judges."""
    destroyed_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=80, blank=True)
    """Number and sign of the decision by which it was destroyed."""
    decided_on = models.DateField(null=True, blank=True)
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
            models.CheckConstraint(
                name="case_file_destroyed_by_a_decision",
                condition=Q(destroyed_at=None) | (~Q(decision="") & Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notation} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the keys for search and order, and the end of the retention, in step."""
        self.folded = fold(f"{self.notation} {self.title}")
        self.sort_title = sort_key(self.title[:120])
        self.keep_until = kept_until(self.retention, self.ended_on)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def dossier(self) -> str:
        """The name under which the journal knows it."""
        return f"casefile:{self.pk}"

    @property
    def until(self) -> str:
        """Until when it is kept, in words; nothing while it is open."""
        if kept_for_good(self.retention):
            return gettext("For good")
        if years_kept(self.retention) is None:
            return gettext("A person judges")
        return f"{self.keep_until:%d/%m/%Y}" if self.keep_until else ""


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
