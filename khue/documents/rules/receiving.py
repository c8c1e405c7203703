"""Who may acknowledge, and whose acknowledgement is late."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.refusals import Refusal
from khue.documents.models import Acknowledgement, Recipient


def may_acknowledge(by: User, recipient: Recipient, of: str = Acknowledgement.Of.RECEIPT) -> Refusal | None:
    """Anybody who acts for the receiving unit, or the person it was sent to."""
    if recipient.user_id != by.pk and recipient.unit_id not in units_where(by, "document:see"):
        return Refusal("recipient-not-yours", _("Only %(name)s can acknowledge this.") % {"name": recipient.name})
    if recipient.sent_at is None:
        return Refusal("not-sent", _("The document has not been sent yet."))
    if of == Acknowledgement.Of.RECALL and recipient.document.recalled_at is None:
        return Refusal("not-recalled", _("The document has not been recalled."))
    return None


def silent(*, sent_before: datetime) -> QuerySet[Recipient]:
    """Recipients with an account behind them that were sent a document before a moment and have not acknowledged."""
    said = Acknowledgement.objects.filter(recipient=OuterRef("pk"), of=Acknowledgement.Of.RECEIPT)
    return (
        Recipient.objects.filter(~Exists(said), sent_at__lt=sent_before, document__recalled_at=None)
        .exclude(unit=None, user=None)
        .select_related("document", "unit", "user")
        .order_by("sent_at", "pk")
    )
