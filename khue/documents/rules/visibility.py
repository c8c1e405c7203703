"""Which documents a person may see, as one query; what is not allowed here is refused."""

from typing import Any

from django.db.models import Q, QuerySet
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
    everything = Q(pk__isnull=False)
    ordinary = everything if everywhere(user, "document:see") else Q(unit__in=own) | _sent(unit__in=own)
    restricted = everything if everywhere(user, "document:sign") else Q(unit__in=narrow) | _sent(unit__in=narrow)
    personal = _sent(user=user) | Q(created_by=user)
    plain = Q(restricted=False, secrecy=Secrecy.NONE)
    return Document.objects.filter((plain & ordinary) | (~plain & restricted) | personal)


def _sent(**to: Any) -> Q:
    """Sent to such recipients. A list of numbers, asked for once, is far cheaper than a question for each document."""
    return Q(pk__in=Recipient.objects.filter(sent_at__isnull=False, **to).values("document"))


def may_see(user: User, document: Document) -> Refusal | None:
    """None when `document` is among those the person may see."""
    if visible_to(user).filter(pk=document.pk).exists():
        return None
    return Refusal("document-not-yours", _("This document was not sent to you or to a unit you act for."))
