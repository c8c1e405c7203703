"""The calendar speaks: reminders before a due day, notices after it."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from khue.accounts.models import User
from khue.core.actors import CALENDAR
from khue.core.calendar import add_working_days, days_left, is_working, working_days_between
from khue.core.clock import now, today
from khue.flow.models import Holding, ProcessVersion, ReminderSent
from khue.flow.people import people_of
from khue.flow.rules import parties_of
from khue.flow.shelf.values import Reminder
from khue.journal.actions import record
from khue.notices.actions import notify, saying

BATCH = 500


def send_reminders() -> int:
    """Say what the reminder rules have to say today; returns how many reminders went out.

    A day that was missed is made up for, a rerun says nothing twice, and on a day off nobody is reminded.
    """
    if not is_working(today()):
        return 0
    return sum(_send(holding, rule, falls_on) for holding, rule, falls_on in _waiting())


def falls_on(rule: Reminder, holding: Holding, day: date) -> date | None:
    """The last day up to `day` on which `rule` speaks for `holding`; None when it has nothing to say."""
    due = holding.due_on
    if due is None or (rule.steps and holding.step not in rule.steps):
        return None
    first = _on_or_before(due) if rule.offset == 0 else add_working_days(due, rule.offset)
    since = timezone.localtime(holding.since).date()
    if rule.offset <= 0:  # once it is late, the overdue rules speak; who got it later than this was told then
        return first if since <= first <= day <= due else None
    if day < first or day <= since:
        return None
    passed = working_days_between(first, day) // rule.repeat * rule.repeat if rule.repeat else 0
    return add_working_days(first, passed) if passed else first


def _on_or_before(day: date) -> date:
    return day if is_working(day) else add_working_days(day, -1)


def _waiting() -> Iterator[tuple[Holding, Reminder, date]]:
    """Every reminder that should have been said by today and was not; nobody is reminded of what rests."""
    day = today()
    rules = [rule for version in ProcessVersion.objects.all() for rule in version.definition.reminders]
    farthest = max((-rule.offset for rule in rules), default=0)
    near = Holding.objects.asking().filter(due_on__lte=add_working_days(day, farthest)).for_lists().order_by("pk")
    last = 0
    while batch := list(near.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        said = set(ReminderSent.objects.filter(holding__in=batch).values_list("holding_id", "rule", "falls_on"))
        for holding in batch:
            for rule in holding.case.definition.reminders:
                when = falls_on(rule, holding, day)
                if when and (holding.pk, rule.name, when) not in said:
                    yield holding, rule, when


@transaction.atomic
def _send(holding: Holding, rule: Reminder, when: date) -> int:
    _row, new = ReminderSent.objects.get_or_create(
        holding=holding, rule=rule.name, falls_on=when, defaults={"sent_at": now()}
    )
    if not new or holding.due_on is None:
        return 0
    case = holding.case
    told = notify(
        _people(holding, rule),
        key=f"flow:{case.pk}:{rule.name}:{when}",
        subject=saying("%(what)s: %(title)s", what=rule.label, title=case.title),
        body=saying("%(holder)s: %(left)s", holder=holding.holder, left=days_left(holding.due_on, today())),
        url=case.url,
        dossier=case.dossier,
        by=CALENDAR,
        urgent=rule.offset > 0,
    )  # fmt: skip
    record(
        case.dossier,
        "flow.reminded",
        by=CALENDAR,
        whom=str(holding.holder),
        rule=rule.label.vi,
        due=holding.due_on.isoformat(),
        told=told,
    )
    return 1


def _people(holding: Holding, rule: Reminder) -> list[User]:
    parties = parties_of(holding.case)
    rows = [holding if name == "holder" else parties.get(name) for name in rule.whom]
    return [user for row in rows if row for user in people_of(row)]
