"""Who may steer an incoming document, and write on its disposition slip."""

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import may_in, units_where
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.documents.models import Direction, Disposition, Document
from khue.documents.rules.registering import REGISTER
from khue.documents.rules.visibility import keepers, may_see
from khue.flow.models import CaseParty

WRITERS = {
    Disposition.Level.BODY: ("document:sign",),
    Disposition.Level.UNIT: ("document:sign",),
    Disposition.Level.OFFICER: ("document:draft", "document:extract"),
}
"""What those may do whose word each level is; the clerk may copy what was written on paper at every level."""


def may_dispose(by: User, document: Document, level: str) -> Refusal | None:
    """The head of the body writes in the organisation that holds it; the other levels where it was forwarded to."""
    if document.direction != Direction.IN:
        return Refusal("not-incoming", _("Only incoming documents have a disposition slip."))
    if refusal := may_see(by, document):
        return refusal
    reach = keepers(document)
    if not reach.isdisjoint(units_where(by, "document:register")):
        return None
    if level != Disposition.Level.BODY:
        sent, parts = document.recipients.all(), CaseParty.objects.filter(case=document.case_id)
        reach |= {pk for rows in (sent, parts) for pk in rows.exclude(unit=None).values_list("unit_id", flat=True)}
    needed = WRITERS[Disposition.Level(level)]
    if any(may_in(by, unit_id, *needed) for unit_id in reach):
        return None
    return Refusal("disposition-not-yours", _("This level of the slip is written by somebody else."))


def may_keep(by: Actor, document: Document) -> Refusal | None:
    """Those who keep the registers of its organisation may correct, forward and file a document."""
    if not isinstance(by, User):
        return None
    if not keepers(document).isdisjoint(units_where(by, *REGISTER)):
        return may_see(by, document)
    return Refusal("register-not-yours", _("Only those who keep the register of this document may change it."))
