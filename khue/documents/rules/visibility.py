"""Which documents a person may see, as one query; what is not allowed here is refused."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal
from khue.documents.models import Document, Recipient, Secrecy
from khue.documents.rules.parts import everywhere, units_where

SEE_NARROW = ("document:sign", "document:register")
"""What those may do who see documents marked secret or "seen by few": heads, leaders, clerks."""


def visible_to(user: User) -> QuerySet[Document]:
    """Documents of the registers of the person's units, sent to those units or to the person, or all for overseers.

    A restricted document is left to leaders, and to heads and clerks of the units that hold or received it. What a
    person registered or got by name is always seen.
    """
    own, narrow = units_where(user, "document:see"), units_where(user, *SEE_NARROW)
    addressed = Recipient.objects.filter(document=OuterRef("pk"), sent_at__isnull=False)
    everything = Q(pk__isnull=False)
    of_units: Combinable | Q = Q(unit__in=own) | Exists(addressed.filter(unit__in=own))
    of_heads: Combinable | Q = Q(unit__in=narrow) | Exists(addressed.filter(unit__in=narrow))
    ordinary = everything if everywhere(user, "document:see") else of_units
    restricted = everything if everywhere(user, "document:sign") else of_heads
    personal = Exists(addressed.filter(user=user)) | Q(created_by=user)
    plain = Q(restricted=False, secrecy=Secrecy.NONE)
    return Document.objects.filter((plain & ordinary) | (~plain & restricted) | personal)


def may_see(user: User, document: Document) -> Refusal | None:
    """None when `document` is among those the person may see."""
    if visible_to(user).filter(pk=document.pk).exists():
        return None
    return Refusal("document-not-yours", _("This document was not sent to you or to a unit you act for."))
