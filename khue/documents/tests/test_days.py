"""A directive's days, one after the other, with the jobs of every morning: who is told what on which day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import icalendar
import pytest
from django.core import mail
from django.utils import timezone

from khue.accounts.models import User
from khue.core.clock import at
from khue.documents.actions import directive_work as work
from khue.documents.actions.directive_assign import assign
from khue.documents.models import Directive
from khue.documents.tests.city import person
from khue.documents.tests.directive_city import DAY, City
from khue.documents.tests.reading import document, read
from khue.flow.actions import send_reminders
from khue.notices.calendar import feed
from khue.notices.mail import mail_urgent, send_digests
from khue.notices.models import Notice

WORKS, HEADS, ISSUES, COMMANDS = "Phạm Chi", "Đỗ Dũng", "Trần Trưởng", "Lãnh Đạo"


@pytest.fixture
def directive(city: City) -> Directive:
    """Due on Tuesday 30 June and taken up; a leader is in the office that issued it."""
    person(COMMANDS, "leader", city.office)
    with at(DAY):
        extraction = read(document(city.office, city.clerk))
        city.accepted(extraction, due_on=date(2026, 6, 30), due_text="trước ngày 30/6/2026")
        (made,) = assign(extraction, by=city.head)
        work.act(made, "acknowledge", by=city.worker)
    return made


def days(first: date, last: date) -> Iterator[date]:
    """Every day, with what the worker does each morning: reminders, urgent mail, then the digest; all of it twice."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for minute in (30, 40):
            with at(datetime.combine(day, time(6, minute), tzinfo=timezone.get_default_timezone())):
                send_reminders()
                mail_urgent(Notice.objects.filter(urgent=True, mailed_at=None).values_list("pk", flat=True))
                send_digests()
        with at(day):
            send_digests()
            send_digests()
        yield day


def told_since(seen: set[int]) -> dict[str, set[str]]:
    """What was told since then, and to whom; nobody was told the same twice."""
    told: dict[str, set[str]] = defaultdict(set)
    for notice in Notice.objects.exclude(pk__in=seen).select_related("user"):
        seen.add(notice.pk)
        words = f"{notice.subject.partition(':')[0]}, {notice.body.partition(': ')[2]}"
        assert notice.user.full_name not in told[words]
        told[words].add(notice.user.full_name)
    return dict(told)


def mailed() -> list[str]:
    people = sorted(message.to[0].partition(" <")[0] for message in mail.outbox)
    mail.outbox.clear()
    return people


def test_who_is_told_what_on_which_day(directive: Directive) -> None:
    seen = set(Notice.objects.values_list("pk", flat=True))
    Notice.objects.update(read_at=timezone.now())
    unit, all_ = {WORKS, HEADS}, {WORKS, HEADS, ISSUES, COMMANDS}
    expected = {
        date(2026, 6, 25): {"Sắp đến hạn, còn 3 ngày làm việc": unit},
        date(2026, 6, 30): {"Hạn hôm nay, hạn hôm nay": unit},
        date(2026, 7, 1): {"Quá hạn, quá hạn 1 ngày": all_},
        date(2026, 7, 8): {"Quá hạn, quá hạn 8 ngày": all_},
    }
    for day in days(date(2026, 6, 20), date(2026, 7, 12)):
        told = told_since(seen)
        assert told == expected.get(day, {}), day
        assert mailed() == sorted(name for names in told.values() for name in names), "each gets one message that day"


def test_work_that_was_handed_in_is_asked_of_the_issuer_and_of_nobody_when_it_is_done(
    city: City, directive: Directive
) -> None:
    seen = set(Notice.objects.values_list("pk", flat=True))
    with at(date(2026, 7, 2)):
        work.report(directive, by=city.worker, text="Đã xong", percent=100, done=True)
    seen |= set(Notice.objects.values_list("pk", flat=True))
    told = {day: found for day in days(date(2026, 7, 3), date(2026, 7, 10)) if (found := told_since(seen))}
    assert told == {
        date(2026, 7, 9): {"Hạn hôm nay, hạn hôm nay": {ISSUES, COMMANDS}},
        date(2026, 7, 10): {"Quá hạn, quá hạn 1 ngày": {ISSUES, COMMANDS}},
    }
    directive.refresh_from_db()
    with at(date(2026, 7, 10)):
        work.act(directive, "accept", by=city.head)
    seen |= set(Notice.objects.values_list("pk", flat=True))
    assert not [day for day in days(date(2026, 7, 11), date(2026, 7, 25)) if told_since(seen)]


def calendar_of(user: User) -> dict[str, object]:
    calendar = icalendar.Calendar.from_ical(feed(user))
    return {str(event["uid"]): event["dtstart"].dt for event in calendar.walk("VEVENT")}


def test_the_calendar_follows_the_deadline_and_forgets_what_is_done(city: City, directive: Directive) -> None:
    uid = f"case-{directive.case_id}@khue"
    assert calendar_of(city.worker)[uid] == calendar_of(city.boss)[uid] == date(2026, 6, 30)
    assert uid not in calendar_of(city.head), "it waits for another"
    with at(date(2026, 6, 19)):
        work.ask_extension(directive, by=city.worker, reason="Chờ ý kiến bộ", new_due_on=date(2026, 7, 31))
        assert uid not in calendar_of(city.worker)
        assert calendar_of(city.head)[uid] == date(2026, 6, 23), "an answer within two working days"
        work.act(directive, "grant-extension", by=city.head)
        assert calendar_of(city.worker)[uid] == date(2026, 7, 31)
        work.report(directive, by=city.worker, text="Đã xong", percent=100, done=True)
        work.act(directive, "accept", by=city.head)
    assert uid not in {*calendar_of(city.worker), *calendar_of(city.head)}
