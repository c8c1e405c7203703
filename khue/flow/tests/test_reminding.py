"""The calendar reminds: on the right day, the right people, once."""

from datetime import date

import pytest
from procrastinate.contrib.django import app

from khue.core import clock
from khue.core.timetable import daily
from khue.flow.actions import move, send_reminders, set_due
from khue.flow.models import Case, ReminderSent
from khue.flow.tasks import remind
from khue.flow.tests.cast import MONDAY, Cast
from khue.journal.models import Entry
from khue.notices.models import Notice

pytestmark = pytest.mark.usefixtures("put_back")


def test_the_worker_runs_it_every_morning(cast: Cast) -> None:
    (periodic,) = [found for found in app.periodic_registry.periodic_tasks.values() if found.task.name == "flow.remind"]
    assert periodic.cron == daily("06:30")
    cast.directive()
    with clock.at(date(2025, 3, 5)):
        remind(0)
    assert ReminderSent.objects.get().rule == "overdue"


@pytest.fixture
def case(cast: Cast) -> Case:
    """In progress since Monday 3 March, due on Monday 31 March 2025."""
    case = cast.directive()
    with clock.at(MONDAY):
        move(case, "start", by=cast.officer)
    return case


def sent_on(day: date) -> list[str]:
    before = set(ReminderSent.objects.values_list("pk", flat=True))
    with clock.at(day):
        send_reminders()
    return sorted(ReminderSent.objects.exclude(pk__in=before).values_list("rule", flat=True))


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2025, 3, 25), []),
        (date(2025, 3, 26), ["soon"]),
        (date(2025, 3, 28), ["soon"]),  # two days were missed: made up for
        (date(2025, 3, 29), []),  # a Saturday
        (date(2025, 3, 31), ["soon", "today"]),
        (date(2025, 4, 1), ["overdue"]),
        (date(2025, 4, 9), ["overdue"]),
    ],
)
def test_which_rules_speak_on_a_day(case: Case, day: date, rules: list[str]) -> None:
    assert sent_on(day) == rules


def test_a_rerun_says_nothing_twice_and_overdue_is_said_again_after_a_week(case: Case) -> None:
    said = [(day, rules) for day in range(24, 32) if (rules := sent_on(date(2025, 3, day)))]
    said += [(day, rules) for day in range(1, 12) for _ in range(2) if (rules := sent_on(date(2025, 4, day)))]
    assert said == [(26, ["soon"]), (31, ["today"]), (1, ["overdue"]), (9, ["overdue"])], "7 April is a holiday"


def test_who_is_told_and_what(case: Case, cast: Cast) -> None:
    sent_on(date(2025, 3, 26))
    assert {notice.user for notice in Notice.objects.all()} == {cast.officer, cast.head}
    notice = Notice.objects.filter(user=cast.officer).get()
    assert (notice.subject, notice.url, notice.urgent) == ("Sắp đến hạn: Nhiệm vụ 1", "/nhiem-vu/1/", False)
    assert notice.body == "UBND phường A: còn 3 ngày làm việc"
    sent_on(date(2025, 4, 1))
    late = Notice.objects.filter(subject__startswith="Quá hạn")
    assert {notice.user for notice in late} == {cast.officer, cast.head, cast.leader, cast.monitor}
    assert all(notice.urgent for notice in late)
    assert Entry.objects.filter(verb="flow.reminded", dossier="directive:1").count() == 2


def test_a_new_due_day_is_reminded_of_anew(case: Case, cast: Cast) -> None:
    assert sent_on(date(2025, 3, 26)) == ["soon"]
    with clock.at(date(2025, 3, 27)):
        set_due(case, date(2025, 4, 10), by=cast.leader, reason="Gia hạn")
    assert sent_on(date(2025, 3, 28)) == []
    assert sent_on(date(2025, 4, 4)) == ["soon"]


def test_nobody_is_reminded_of_what_is_no_longer_theirs(case: Case, cast: Cast) -> None:
    with clock.at(date(2025, 3, 20)):
        move(case, "report-done", by=cast.officer, comment="Xong")
        move(case, "accept", by=cast.leader)
    assert sent_on(date(2025, 4, 1)) == []


def test_what_was_given_out_late_is_not_called_due_soon_on_the_same_day(cast: Cast) -> None:
    case = cast.directive(on=date(2025, 3, 28))
    with clock.at(date(2025, 3, 28)):
        move(case, "start", by=cast.officer)
    assert sent_on(date(2025, 3, 28)) == []
    assert sent_on(date(2025, 3, 31)) == ["today"]
