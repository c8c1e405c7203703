"""Official documents: what came in, what went out, what stayed inside."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.labels import Labelled
from khue.directory.models import Unit
from khue.documents.models.series import NumberSeries
from khue.documents.models.sign import sign_key
from khue.documents.models.words import Direction, Family, Reading, Secrecy, Urgency
from khue.files.models import File
from khue.flow.models import Case
from khue.language.text import fold, sort_key

SORTED_PART = 120
"""Characters of a long text that take part in its sort key."""


class Document(Labelled):
    """One official document in one organisation's registers (Decree 30/2020/NĐ-CP, appendices IV and VI)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")
    """The organisation whose register holds it."""
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="document")
    """Its way through the office; empty for what was only entered to be found."""
    direction = models.CharField(max_length=10, choices=Direction)
    family = models.CharField(max_length=10, choices=Family, default=Family.STATE)
    type = models.CharField(max_length=10, blank=True)
    """Abbreviation of the type of document (`KH`, `QĐ`); blank for a letter of the state and for what has none."""
    number = models.CharField(max_length=11, blank=True)
    sign = models.CharField(_("Number and sign"), max_length=80, blank=True)
    sign_key = models.CharField(max_length=80, blank=True, editable=False)
    issued_on = models.DateField(_("Date of the document"), null=True, blank=True)
    issuer_name = models.CharField(_("Issuing body"), max_length=200, blank=True)
    issuer = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="issued_documents")
    signer = models.CharField(_("Signer"), max_length=120, blank=True)
    signer_post = models.CharField(_("Post of the signer"), max_length=150, blank=True)
    subject = models.CharField(_("Abstract"), max_length=500, blank=True)
    urgency = models.PositiveSmallIntegerField(_("Urgency"), choices=Urgency, default=Urgency.NORMAL)
    secrecy = models.PositiveSmallIntegerField(_("Secrecy"), choices=Secrecy, default=Secrecy.NONE)
    restricted = models.BooleanField(_("Seen by few"), default=False)
    language = models.CharField(_("Language"), max_length=30, default="Tiếng Việt")
    pages = models.PositiveSmallIntegerField(_("Pages"), null=True, blank=True)
    copies = models.PositiveSmallIntegerField(_("Copies issued"), null=True, blank=True)
    addressees = models.CharField(_("Addressed to"), max_length=1000, blank=True)
    due_on = models.DateField(_("Reply or resolution due"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    arrived_on = models.DateField(_("Date of arrival"), null=True, blank=True)
    arrival_number = models.PositiveIntegerField(_("Arrival number"), null=True, blank=True)
    register_year = models.PositiveSmallIntegerField(null=True, blank=True)
    series = models.ForeignKey(NumberSeries, models.PROTECT, null=True, blank=True, related_name="documents")
    serial = models.PositiveIntegerField(null=True, blank=True)
    """The number of an outgoing document as a figure; `number` is how it is printed."""

    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the file as it came, to know the same file again."""
    text = models.TextField(blank=True)
    """The text as somebody pasted it, where there is no file; the text of a file stands with the file's version."""
    main_file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    """The file that is the document itself, among those attached to it."""
    reading = models.CharField(max_length=10, choices=Reading, default=Reading.NONE)
    reading_problem = models.CharField(max_length=500, blank=True)
    typed_fields = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    """Fields a person typed or confirmed; the reader never writes them."""
    read_fields = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    """Fields the reader filled and nobody has confirmed."""
    duplicate_reason = models.CharField(max_length=500, blank=True)
    """Why it was registered although it looked like a duplicate."""

    issued_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="registered_documents")

    folded = models.TextField(editable=False, blank=True)
    sort_issuer = models.CharField(max_length=1000, editable=False, blank=True, db_collation="C")
    sort_subject = models.CharField(max_length=1000, editable=False, blank=True, db_collation="C")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "arrival_number"], name="arrival_number_once", condition=Q(direction="in")
            ),
            models.UniqueConstraint(fields=["series", "serial"], name="serial_once", condition=Q(direction="out")),
            models.CheckConstraint(
                name="incoming_has_arrival",
                condition=~Q(direction="in")
                | Q(arrived_on__isnull=False, arrival_number__isnull=False, register_year__isnull=False),
            ),
            models.CheckConstraint(
                name="secret_file_stays_out", condition=Q(secrecy=0) | Q(digest="", text="", main_file=None)
            ),
            models.CheckConstraint(
                name="issued_has_sign", condition=Q(issued_at=None) | (~Q(sign="") & Q(issued_on__isnull=False))
            ),
            models.CheckConstraint(
                name="recalled_was_issued", condition=Q(recalled_at=None) | Q(recalled_at__gte=F("issued_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "direction", "-register_year", "-arrival_number"], name="document_register"),
            models.Index(fields=["unit", "direction", "-issued_on", "-id"], name="document_by_date"),
            models.Index(fields=["direction", "-register_year", "-arrival_number", "-id"], name="document_arrivals"),
            models.Index(fields=["sign_key"], name="document_sign", opclasses=["varchar_pattern_ops"]),
            models.Index(
                fields=["id"], name="document_kept_back", condition=~Q(restricted=False, secrecy=Secrecy.NONE)
            ),
            models.Index(fields=["digest"], name="document_digest", condition=~Q(digest="")),
            models.Index(fields=["sort_issuer"], name="document_sort_issuer"),
            models.Index(fields=["sort_subject"], name="document_sort_subject"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="document_folded_trgm"),
        ]

    def __str__(self) -> str:
        return self.sign or self.subject or str(_("Document without number and sign"))

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the keys for search and order in step with what is printed."""
        self.prepare()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sign_key", "folded", "sort_issuer", "sort_subject"}  # type: ignore[misc]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.pk])

    def prepare(self) -> "Document":
        """Fill what is derived from what is printed; saving does it, entering many at once calls it."""
        self.sign_key = sign_key(self.sign)
        self.folded = fold(f"{self.sign} {self.sign_key.replace('-', ' ')} {self.subject} {self.issuer_name}")
        self.sort_issuer = sort_key(self.issuer_name)
        self.sort_subject = sort_key(self.subject[:SORTED_PART])
        return self

    @property
    def is_marked(self) -> bool:
        """Whether a row of a list says more of it than its columns do: urgency, secrecy, recalled, how it was read."""
        read = bool(self.read_fields) or self.reading == "failed"
        return bool(self.urgency or self.secrecy or self.recalled_at) or read

    @property
    def dossier(self) -> str:
        """The name under which the journal, files and notices know it."""
        return f"document:{self.pk}"

    @property
    def speaks_on(self) -> date | None:
        """The day that "this month" and the like are counted from: its own, or the day it came where it bears none."""
        return self.issued_on or self.arrived_on

    @property
    def secret(self) -> bool:
        """It bears a mark of state secrecy, so its content stays out of the system."""
        return self.secrecy != Secrecy.NONE
