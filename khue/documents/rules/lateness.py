"""On time, due soon, overdue, done, done late: one word for how a directive stands on a day."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from khue.core.calendar import add_working_days
from khue.documents.models import Directive
from khue.documents.models.directive import OPEN_STATES
from khue.documents.rules.directive_words import due_soon_days

if TYPE_CHECKING:
    Directives = QuerySet[Directive, Directive]

STANDINGS = ("overdue", "due-soon", "on-time", "done-late", "done")


def soon_until(today: date) -> date:
    """The last deadline that counts as due soon on `today`."""
    return add_working_days(today, due_soon_days())


def standing(directive: Directive, today: date, soon: date) -> str:
    """One of `STANDINGS`, or `withdrawn`; `recurring` of what comes back, whose rounds have deadlines of their own."""
    if directive.state == Directive.State.CANCELLED:
        return "withdrawn"
    if directive.state == Directive.State.RECURRING:
        return "recurring"
    if directive.done_on is not None:
        return "done-late" if directive.late else "done"
    if directive.due_on is None or directive.due_on > soon:
        return "on-time"
    return "overdue" if directive.due_on < today else "due-soon"


def standing_filter(name: str, today: date, soon: date) -> Q:
    """The condition that chooses the directives of one standing; raises KeyError for an unknown name."""
    still_open = Q(state__in=OPEN_STATES)
    return {
        "open": still_open,
        "overdue": still_open & Q(due_on__lt=today),
        "due-soon": still_open & Q(due_on__gte=today, due_on__lte=soon),
        "on-time": still_open & (Q(due_on__gt=soon) | Q(due_on=None)),
        "done": Q(done_on__isnull=False, late=False),
        "done-late": Q(done_on__isnull=False, late=True),
        "reported": Q(state=Directive.State.REPORTED),
    }[name]
