"""Which documents a person may see, as one query; what is not allowed here is refused."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import everywhere, units_where
from khue.core.refusals import Refusal
from khue.documents.models import Document, Recipient, Secrecy
from khue.flow.models import CaseParty
from khue.matching.sources import AllBut

SEE_NARROW = ("document:sign", "document:register")
"""What those may do who see documents marked secret or "seen by few": heads, leaders, clerks."""

PLAIN = Q(restricted=False, secrecy=Secrecy.NONE)
"""What everybody sees who sees documents of a unit."""


def visible_to(user: User) -> QuerySet[Document]:
    """Documents of the registers of the person's units, sent to those units or to the person, drafted or handled by
    them, or all for overseers.

    A restricted document is left to leaders, and to heads and clerks of the units that hold or received it. What a
    person registered or got by name is always seen.
    """
    own, narrow = units_where(user, "document:see"), units_where(user, *SEE_NARROW)
    everything = Q(pk__isnull=False)
    ordinary = everything if everywhere(user, "document:see") else _reached(own)
    restricted = everything if everywhere(user, "document:sign") else _reached(narrow)
    personal = _sent(user=user) | Q(created_by=user)
    return Document.objects.filter((PLAIN & ordinary) | (~PLAIN & restricted) | personal)


def found_by(user: User) -> "QuerySet[Document] | AllBut | None":
    """What search, which knows no secret ones, shows the person: for those who see all but a few only these are told,
    so that no list of all documents is made."""
    if not everywhere(user, "document:see"):
        return visible_to(user)
    kept = kept_from(user)
    return None if kept is None else AllBut(kept)


def kept_from(user: User) -> QuerySet[Document] | None:
    """What is marked secret or "seen by few" and is not for `user`; None where nothing is."""
    return None if everywhere(user, "document:sign") else kept_back(user.pk, units_where(user, *SEE_NARROW))


def kept_back(user: int, units: Collection[int]) -> QuerySet[Document]:
    """What is marked secret or "seen by few" and is not for the account `user`, who sees that of `units`."""
    shown = _reached(units) | _sent(user=user) | Q(created_by=user)
    return Document.objects.exclude(PLAIN).exclude(shown)


def _reached(units: Collection[int]) -> Q:
    """Held by, sent to, or drafted or handled by one of the units."""
    parts = CaseParty.objects.filter(unit__in=units).values("case")
    return Q(unit__in=units) | _sent(unit__in=units) | Q(case__in=parts)


def keepers(document: Document) -> set[int]:
    """The organisation in whose register the document stands, and the one that took over the work when it ended."""
    took = CaseParty.objects.filter(case=document.case_id, party__in=("receiver", "issuer"), unit__isnull=False)
    return {document.unit_id, *took.values_list("unit_id", flat=True)}


def is_inside(user: User, document: Document) -> bool:
    """Whether the person belongs to the house: sees drafts, comments and history, which recipients elsewhere do not."""
    if document.created_by_id == user.pk or everywhere(user, "document:see"):
        return True
    own = units_where(user, "document:see")
    return document.unit_id in own or CaseParty.objects.filter(case=document.case_id, unit__in=own).exists()


def _sent(**to: Any) -> Q:
    """Sent to such recipients. A list of numbers, asked for once, is far cheaper than a question for each document."""
    return Q(pk__in=Recipient.objects.filter(sent_at__isnull=False, **to).values("document"))


def may_see(user: User, document: Document) -> Refusal | None:
    """None when `document` is among those the person may see."""
    if visible_to(user).filter(pk=document.pk).exists():
        return None
    return Refusal("document-not-yours", _("This document was not sent to you or to a unit you act for."))
