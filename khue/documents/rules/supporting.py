"""What one's unit helps another with: it waits for the lead unit, and its helpers keep the same deadline in sight."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.documents.models import Directive
from khue.documents.models.directive import OPEN_STATES, DirectiveUnit
from khue.documents.rules.directive import REPORT, own_units
from khue.notices.calendar import Deadline

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Directives = QuerySet[Directive, Directive]

MOST = 200
"""Deadlines of others' directives in a calendar; the nearest are kept."""


def supported_by(user: User) -> "Directives":
    """Open directives in which a unit of `user` still has a share to do, and which none of them leads; the nearest
    deadline first."""
    own = own_units(user, REPORT)
    shares = DirectiveUnit.objects.filter(unit__in=own, percent__lt=100)
    rows = Directive.objects.filter(state__in=OPEN_STATES, pk__in=shares.values("directive")).exclude(lead__in=own)
    return rows.select_related("lead").defer("passage", "folded").order_by(F("due_on").asc(nulls_last=True), "pk")


def deadlines_of(user: User) -> Iterator[Deadline]:
    """The deadlines of what `user`'s units support, for the calendar: one query."""
    for one in supported_by(user).filter(due_on__isnull=False)[:MOST]:
        if one.due_on is not None:
            yield Deadline(
                uid=f"support-{one.pk}",
                on=one.due_on,
                title=_("Support: %(what)s") % {"what": one.title},
                url=one.get_absolute_url(),
                details=_("%(lead)s leads; report what your unit did of it.") % {"lead": one.lead.name},
                changed_at=one.touched_at,
            )
