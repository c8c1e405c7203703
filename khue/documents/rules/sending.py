"""Who numbers, issues, sends and recalls; and when."""

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.refusals import Refusal
from khue.documents.models import Document
from khue.documents.rules.visibility import keepers, may_see


def may_issue(by: User, document: Document) -> Refusal | None:
    """The clerk numbers and issues what bears a signature, once."""
    if document.issued_at is not None:
        return Refusal("document-issued", _("The document is issued already."))
    if keepers(document).isdisjoint(units_where(by, "document:number")):
        return Refusal(
            "issuing-not-yours", _("Only the clerk of %(unit)s numbers and issues it.") % {"unit": document.unit}
        )
    if not hasattr(document, "signed_copy") and not document.secret:
        return Refusal(
            "not-signed", _("Attach the signed scan or the signed PDF first; the number comes after the signature.")
        )
    return may_see(by, document)


def may_send(by: User, document: Document) -> Refusal | None:
    """The clerk sends what is issued and not recalled."""
    if document.issued_at is None:
        return Refusal("not-issued", _("The document is not issued yet."))
    if document.recalled_at is not None:
        return Refusal("recalled", _("The document was recalled."))
    if keepers(document).isdisjoint(units_where(by, "document:send")):
        return Refusal("sending-not-yours", _("Only the clerk of %(unit)s sends it.") % {"unit": document.unit})
    return None


def may_recall(by: User, document: Document) -> Refusal | None:
    """A document is recalled by the organisation that issued it, once."""
    return may_send(by, document)
