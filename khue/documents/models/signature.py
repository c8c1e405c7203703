"""The signed copy of an outgoing document and what was found in its digital signatures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.documents.models.document import Document
from khue.files.models import Version


class SignedCopy(models.Model):
    """The scan with signature and seal, or the PDF with digital signatures."""

    class Kind(models.TextChoices):
        SCAN = "scan", _("Scan of the signed paper")
        DIGITAL = "digital", _("Digitally signed PDF")

    document = models.OneToOneField(Document, models.CASCADE, related_name="signed_copy")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.document}: {self.get_kind_display()}"


class Signature(models.Model):
    """One digital signature in a PDF, as it was checked when the copy was attached."""

    class Trust(models.TextChoices):
        TRUSTED = "trusted", _("Certificate of a trusted issuer")
        UNKNOWN = "unknown", _("Issuer of the certificate unknown here")
        EXPIRED = "expired", _("Certificate not valid on the day of signing")

    copy = models.ForeignKey(SignedCopy, models.CASCADE, related_name="signatures")
    signer = models.CharField(max_length=250)
    organisation = models.CharField(max_length=250, blank=True)
    certificate_issuer = models.CharField(max_length=250, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    timestamped = models.BooleanField(default=False)
    intact = models.BooleanField()
    covers_whole = models.BooleanField()
    trust = models.CharField(max_length=10, choices=Trust)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["copy", "id"]

    def __str__(self) -> str:
        return self.signer
