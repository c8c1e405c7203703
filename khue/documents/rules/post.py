"""Who opens the post of a unit, and what lies there that nobody has acknowledged."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from khue.accounts.models import Membership, User
from khue.accounts.roles import all_roles
from khue.accounts.rules import acting_in
from khue.core.clock import now, today
from khue.directory.models import Unit, valid_on
from khue.documents.models import Acknowledgement, Recipient

OPEN_POST = ("clerk", "unit-head")
"""Roles that open a unit's post; where a unit has neither, everybody who sees its documents does."""
REMEMBERED = timedelta(days=60)
"""What was sent longer ago is no news any more; the register still shows it."""


def openers(unit: Unit) -> QuerySet[User]:
    """Who opens the unit's post today."""
    parts = Membership.objects.filter(valid_on(today()), unit=unit, user__is_active=True)
    post = parts.filter(role__in=OPEN_POST)
    if not post.exists():
        post = parts.filter(role__in=_readers())
    return User.objects.filter(pk__in=post.values("user"), is_active=True)


def unopened(user: User) -> QuerySet[Recipient]:
    """What was sent of late to units whose post the person opens and is not acknowledged yet, newest first."""
    said = Acknowledgement.objects.filter(recipient=OuterRef("pk"), of=Acknowledgement.Of.RECEIPT)
    sent = Recipient.objects.filter(unit__in=_posts(user), sent_at__gt=now() - REMEMBERED)
    return (
        sent.filter(~Exists(said), document__issued_at__isnull=False, document__recalled_at=None)
        .select_related("document", "unit")
        .order_by("-sent_at", "-pk")
    )


def sent_on(recipient: Recipient) -> date | None:
    """The day it came: the day by which it is to be acknowledged (Decree 30/2020/NĐ-CP, art. 21)."""
    return timezone.localtime(recipient.sent_at).date() if recipient.sent_at else None


def _posts(user: User) -> set[int]:
    parts = [part for part in acting_in(user) if part.role in _readers()]
    own = {part.unit_id for part in parts if part.role in OPEN_POST}
    rest = {part.unit_id for part in parts} - own
    if rest:
        opened = Membership.objects.filter(valid_on(today()), unit__in=rest, role__in=OPEN_POST, user__is_active=True)
        own |= rest - set(opened.values_list("unit", flat=True))
    return own


def _readers() -> set[str]:
    """Roles that see the documents of their unit; those that oversee the whole city open nobody's post."""
    return {role.name for role in all_roles().values() if role.allows("document:see") and role.reach != "city"}
