"""Directives that come back every month, quarter, half year or year: one occurrence below them each period."""

from calendar import monthrange
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import CALENDAR, Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, require
from khue.documents.actions.directive_columns import locked
from khue.documents.actions.directive_create import Order, create
from khue.documents.actions.directive_work import case_of
from khue.documents.models import Directive
from khue.documents.rules.assignees import Share
from khue.flow.actions import move, set_due
from khue.flow.rules import may_move

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def period_of(every: str, day: date) -> tuple[date, date]:
    """First and last day of the calendar period that holds `day`."""
    months = MONTHS[every]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


def _due_in(whole: Directive, first: date, last: date) -> date:
    """The deadline in the period `first`–`last`: the same day of the same month of a period as in the first one, so
    that "trước ngày 20 của tháng cuối quý" is the 20th in June as in March; the last day of a month stays the last."""
    model = whole.due_on
    if model is None:
        return max(first, last - timedelta(days=whole.due_before_end))
    end = period_of(whole.every, model)[1]
    months = 12 * (last.year - end.year + model.year) + last.month - end.month + model.month - 1
    year, month = months // 12, months % 12 + 1
    length = monthrange(year, month)[1]
    is_last = model.day == monthrange(model.year, model.month)[1]
    return date(year, month, length if is_last else min(model.day, length))


@transaction.atomic
def make_recurring(directive: Directive, every: str, *, by: Actor, mover: Actor = CALENDAR) -> Directive:
    """Turn a directive into one that returns; its deadline tells how long before a period's end it is due."""
    taken = locked(directive.pk)
    due = taken.due_on or period_of(every, today())[1]
    taken.every, taken.due_before_end = every, (period_of(every, due)[1] - due).days
    taken.save(update_fields=["every", "due_before_end"])
    assert taken.case is not None  # noqa: S101 - see Directive.case
    move(taken.case, "repeat", by=mover)
    if taken.case.due_on is not None:  # nothing is due of the whole any more: desks and calendars told it as late
        set_due(taken.case, None, by=mover, reason=_("Every period has a deadline of its own."))
    taken = locked(directive.pk)
    if open_occurrence(taken, due, by=by) is None and due < today():
        open_occurrence(taken, today(), by=by)
    return taken


@transaction.atomic
def repeat(directive: Directive, every: str, *, by: User) -> Directive:
    """The issuing unit lets a directive come back from now on; its deadline tells when in each period it is due.

    Raises:
        Refused: `every-unknown`, `directive-occurrence`, or what the process says.
    """
    taken = locked(directive.pk)
    require(_may_repeat(taken, every) or may_move(by, case_of(taken), "repeat"))
    return make_recurring(taken, every, by=by, mover=by)


def _may_repeat(directive: Directive, every: str) -> Refusal | None:
    if every not in Directive.Every:
        return Refusal("every-unknown", _("Choose how often it comes back."))
    if directive.period_from is not None:
        return Refusal("directive-occurrence", _("This is one period of a directive that comes back already."))
    return None


@transaction.atomic
def open_occurrence(directive: Directive, day: date, *, by: Actor) -> Directive | None:
    """The occurrence for the period that holds `day`; None when there is one already or its deadline has passed."""
    whole = locked(directive.pk)
    first, last = period_of(whole.every, day)
    due = _due_in(whole, first, last)
    if due < today() or whole.children.filter(period_from=first).exists():
        return None
    order = Order(
        content=whole.content, due_on=due, due_text=whole.due_text, priority=whole.priority, field=whole.field,
        product=whole.product, start=whole.start, end=whole.end, passage=whole.passage,
    )  # fmt: skip
    share = Share(whole.lead, tuple(whole.supports.all()))
    return create(whole.document, order, share, issuer=whole.issuer, by=by, parent=whole, period_from=first)


def open_due_occurrences() -> int:
    """Open the occurrences of the present period for every recurring directive; returns how many were opened."""
    waiting = Directive.objects.filter(state=Directive.State.RECURRING).order_by("pk")
    return sum(open_occurrence(one, today(), by=CALENDAR) is not None for one in waiting)
