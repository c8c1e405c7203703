"""Who gets a document, and that they got it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.directory.models import Unit
from khue.documents.models.document import Document


class Recipient(models.Model):
    """A unit or person named under "Kính gửi" or "Nơi nhận", or to whom an incoming document was forwarded."""

    class Part(models.TextChoices):
        ACTION = "action", _("To act")
        COPY = "copy", _("For information")
        KEEP = "keep", _("To keep on file")

    document = models.ForeignKey(Document, models.CASCADE, related_name="recipients")
    part = models.CharField(max_length=10, choices=Part, default=Part.ACTION)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="received_documents")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="received_documents")
    name = models.CharField(max_length=250)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["document", "id"]
        indexes = [models.Index(fields=["unit", "-sent_at"], name="recipient_post")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "unit"], name="recipient_unit_once", condition=Q(unit__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["document", "user"], name="recipient_user_once", condition=Q(user__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Acknowledgement(models.Model):
    """A recipient's word that the document, or its recall, has arrived (Decree 30/2020/NĐ-CP art. 18 and 21)."""

    class Of(models.TextChoices):
        RECEIPT = "receipt", _("Receipt")
        RECALL = "recall", _("Destruction after recall")

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="acknowledgements")
    of = models.CharField(max_length=10, choices=Of, default=Of.RECEIPT)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "of"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.of}"
