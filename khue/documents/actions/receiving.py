"""Taking a document that another organisation sent in the system into one's own register of arrivals."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal, Refused, require
from khue.documents.actions.handling import acknowledge
from khue.documents.actions.incoming import register_incoming
from khue.documents.models import Direction, Document, Recipient
from khue.documents.rules.receiving import may_acknowledge
from khue.files import store

CARRIED = (
    "family", "type", "number", "sign", "issued_on", "issuer_name", "issuer", "signer", "signer_post", "subject",
    "urgency", "secrecy", "pages", "addressees", "due_on",
)  # fmt: skip
"""Facts that the sender gave and the receiver need not type again."""


@transaction.atomic
def take_in(recipient: Recipient, *, by: User) -> Document:
    """Register a document that was sent to `recipient` in its unit's register, with its signed copy, and acknowledge.

    Raises:
        Refused: `recipient-not-yours`, `not-sent`, `recalled`, `register-not-yours`, `document-duplicate` when it is
            registered there already.
    """
    recipient = Recipient.objects.select_for_update(of=["self"]).select_related("document", "unit").get(pk=recipient.pk)
    require(may_acknowledge(by, recipient))
    sent = recipient.document
    if recipient.unit is None or sent.direction != Direction.OUT:
        raise Refused(Refusal("not-sent", _("Only a document that was sent to a unit is taken into its register.")))
    if sent.recalled_at is not None:
        raise Refused(Refusal("recalled", _("The document was recalled.")))
    document = register_incoming(
        unit=recipient.unit, by=by, upload=_copy(sent), typed={name: getattr(sent, name) for name in CARRIED}
    )
    acknowledge(recipient, by=by)
    return document


def _copy(sent: Document) -> "ContentFile[bytes] | None":
    """The signed copy as a file to attach; none where the sender keeps paper only."""
    signed = getattr(sent, "signed_copy", None)
    if signed is None:
        return None
    version = signed.version
    try:
        return ContentFile(store.load(version.sha256), name=version.name)
    except store.Damaged as damaged:
        sentence = _("The sender's signed copy is missing or damaged. Ask the sender to attach it again.")
        raise Refused(Refusal("files.damaged", sentence)) from damaged
