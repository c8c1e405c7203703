"""Terms of standing councils: who keeps one hears in time that its term ends, and that it ended."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.scope import people_of
from khue.core.calendar import days_left
from khue.core.clock import today
from khue.councils.models import Standing
from khue.councils.rules.managing import MANAGE, managed_hosts
from khue.notices.actions import Telling, notify_many, saying
from khue.notices.calendar import Deadline

BEFORE = (60, 30, 7, 0)
"""Days before the last day of the term on which it is told; appointing anew takes a decision, so early."""
AFTER = 14
"""Days after it during which it is still told, should nobody have run the jobs."""


def remind_of_terms() -> int:
    """Tell those who keep standing councils whose term ends soon or just ended, once on each occasion. Returns how many
    notices were sent. Safe to run again."""
    first, last = today() - timedelta(days=AFTER), today() + timedelta(days=max(BEFORE))
    rows = Standing.objects.filter(ended_on=None, term_to__range=(first, last)).select_related("host")
    return notify_many(_telling(one) for one in rows.order_by("term_to", "pk"))


def _telling(standing: Standing) -> Telling:
    left = (standing.term_to - today()).days
    occasion = min((days for days in BEFORE if days >= left), default=0) if left >= 0 else "over"
    last, long = standing.term_to, days_left(standing.term_to, today())
    ends = gettext_lazy("The term ends on %(day)s, %(left)s: %(title)s")
    ended = gettext_lazy("The term ended on %(day)s: %(title)s")
    body = gettext_lazy("What it is to judge afterwards needs a new decision: set up the next one in time.")
    return Telling(
        people_of(standing.host, MANAGE),
        f"{standing.journal}:term:{last}:{occasion}",
        saying(ends if left >= 0 else ended, title=standing.title, day=f"{last:%d/%m/%Y}", left=long),
        standing.get_absolute_url(),
        body,
        standing.journal,
    )


def terms_of(user: User) -> Iterator[Deadline]:
    """Ends of terms for the calendar of who keeps the councils: one query."""
    for one in Standing.objects.filter(managed_hosts(user), ended_on=None, term_to__gte=today()):
        title = _("Term ends: %(title)s") % {"title": one.title}
        yield Deadline(f"{one.journal}-term", one.term_to, title, one.get_absolute_url(), changed_at=one.created_at)
