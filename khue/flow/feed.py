"""Deadlines of cases in people's calendars."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.flow.desk import waiting_for
from khue.notices.calendar import Deadline

MOST = 500
"""A calendar with more than this many deadlines helps nobody; the most urgent ones are kept."""


def deadlines_of(user: User) -> Iterator[Deadline]:
    """What waits for `user` and has a due day: two queries."""
    for holding in waiting_for(user).filter(due_on__isnull=False)[:MOST]:
        if holding.due_on is not None:
            step = holding.case.step_now
            yield Deadline(
                uid=f"case-{holding.case_id}",
                on=holding.due_on,
                title=holding.case.title,
                url=holding.case.url,
                details=_("%(step)s. Next: %(next)s.") % {"step": step.staff, "next": step.next},
                changed_at=holding.since,
            )
