"""Which documents a person may see, as one query; what is not allowed here is refused."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal
from khue.documents.models import Document, Recipient
from khue.documents.rules.parts import unit_ids

SEE_ALL = ("leader", "monitor", "auditor")
"""Roles that look across units."""
SEE_RESTRICTED = ("leader", "unit-head", "clerk")
"""Roles that see what is marked secret or "seen by few", each within its own reach."""


def visible_to(user: User) -> QuerySet[Document]:
    """Documents of the registers of the person's units, sent to those units or to the person, or all for overseers.

    A restricted document is left to leaders, and to heads and clerks of the units that hold or received it.
    """
    own, narrow = unit_ids(user), unit_ids(user, *SEE_RESTRICTED)
    addressed = Recipient.objects.filter(document=OuterRef("pk"))
    open_ones: Combinable | Q = Q(unit__in=own) | Exists(addressed.filter(unit__in=own))
    if unit_ids(user, *SEE_ALL):
        open_ones = Q(pk__isnull=False)
    narrow_ones: Combinable | Q = Q(unit__in=narrow) | Exists(addressed.filter(unit__in=narrow))
    if unit_ids(user, "leader"):
        narrow_ones = Q(pk__isnull=False)
    personal = Exists(addressed.filter(user=user)) | Q(created_by=user)
    plain = Q(restricted=False, secrecy=0)
    return Document.objects.filter((plain & open_ones) | (~plain & narrow_ones) | personal)


def may_see(user: User, document: Document) -> Refusal | None:
    """None when `document` is among those the person may see."""
    if visible_to(user).filter(pk=document.pk).exists():
        return None
    return Refusal("document-not-yours", _("This document was not sent to you or to a unit you act for."))
