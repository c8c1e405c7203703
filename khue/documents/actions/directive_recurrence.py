"""Directives that come back every month, quarter, half year or year."""

from calendar import monthrange
from datetime import date, timedelta

from khue.core.clock import today
from khue.documents.models import Proposal, Recurrence

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def period_of(every: str, day: date) -> tuple[date, date]:
    """First and last day of the calendar period that holds `day`."""
    months = MONTHS[every]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


def recurrence_for(proposal: Proposal) -> Recurrence | None:
    """The recurrence that a proposal asks for, saved; None for one that happens once."""
    if not proposal.recurs:
        return None
    due = proposal.due_on or today()
    return Recurrence.objects.create(
        every=proposal.recurs, due_before_end=(period_of(proposal.recurs, due)[1] - due).days
    )


def due_in(recurrence: Recurrence, period: tuple[date, date]) -> date:
    """The deadline within a period."""
    return max(period[0], period[1] - timedelta(days=recurrence.due_before_end))
