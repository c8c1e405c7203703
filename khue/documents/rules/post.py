"""Who opens the post of a unit, and what lies there that nobody has acknowledged."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from khue.accounts.models import Membership, User
from khue.accounts.roles import all_roles
from khue.accounts.rules import acting_in
from khue.core.clock import today
from khue.core.described import told
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


def unopened(posts: Collection[int], on: date) -> QuerySet[Recipient]:
    """What was sent to these units in the days before `on` and is not acknowledged yet, newest first."""
    said = Acknowledgement.objects.filter(recipient=OuterRef("pk"), of=Acknowledgement.Of.RECEIPT)
    since = datetime.combine(on - REMEMBERED, time.min, timezone.get_default_timezone())
    sent = Recipient.objects.filter(unit__in=posts, sent_at__gte=since)
    return (
        sent.filter(~Exists(said), document__issued_at__isnull=False, document__recalled_at=None)
        .select_related("document", "unit")
        .order_by("-sent_at", "-pk")
    )


def posts_of(user: User) -> frozenset[int]:
    """The units whose post the person opens."""
    parts = [part for part in acting_in(user) if part.role in _readers()]
    own = {part.unit_id for part in parts if part.role in OPEN_POST}
    rest = frozenset(part.unit_id for part in parts) - own
    return frozenset(own | (rest - _with_openers(rest)))


def _with_openers(units: frozenset[int]) -> set[int]:
    """Those of the units in which somebody has a role that opens the post."""
    if not units:
        return set()
    parts = Q(unit__in=units, role__in=OPEN_POST, user__is_active=True) & valid_on(today())
    return {unit for (unit,) in told(("openers", parts), lambda: Membership.objects.filter(parts).values_list("unit"))}


def _readers() -> set[str]:
    """Roles that see the documents of their unit; those that oversee the whole city open nobody's post."""
    return {role.name for role in all_roles().values() if role.allows("document:see") and role.reach != "city"}
