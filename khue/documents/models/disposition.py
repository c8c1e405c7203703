"""The disposition slip of an incoming document (phiếu giải quyết văn bản đến, Decree 30/2020/NĐ-CP appendix IV)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.directory.models import Unit
from khue.documents.models.document import Document


class Disposition(models.Model):
    """One dated line of the slip: what the head of the body, the head of the unit or the officer wrote."""

    class Level(models.TextChoices):
        BODY = "body", _("Head of the body")
        UNIT = "unit", _("Head of the unit")
        OFFICER = "officer", _("Officer in charge")

    document = models.ForeignKey(Document, models.CASCADE, related_name="dispositions")
    level = models.CharField(max_length=10, choices=Level)
    comment = models.TextField(_("Comment"))
    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit in charge")
    )
    supports = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("Coordinating units"))
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Person in charge")
    )
    due_on = models.DateField(_("Due"), null=True, blank=True)
    written_on = models.DateField(_("Date of the comment"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["document", "id"]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_level_display()}"
