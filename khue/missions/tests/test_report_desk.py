"""What a running mission asks for, of whom and by when, on the desk, in calendars, reminders and on the board."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.actors import CALENDAR
from khue.core.calendar import add_working_days
from khue.core.clock import at
from khue.councils.models import Conflict
from khue.directory.models import Person
from khue.flow.actions import move, send_reminders
from khue.flow.desk import waiting_for
from khue.flow.feed import deadlines_of
from khue.missions.actions.carry import adjusting, ending, inspecting, reporting
from khue.missions.actions.carry.contracting import give_to_division
from khue.missions.actions.standing import ask_for_what_is_owed
from khue.missions.models import Mission, ProgressReport
from khue.missions.rules.carry.adjusting import Wish
from khue.missions.tests.mill import NEW, OLD, Mill, running
from khue.notices.models import Notice

ASKS = "Báo cáo định kỳ số 1: Quy trình trồng rau an toàn trên đất nhiễm mặn nhẹ"


@pytest.fixture
def report(mission: Mission) -> ProgressReport:
    """The first report of a mission that runs."""
    return mission.reports.get()


def desk(user: User) -> list[tuple[str, str, date | None]]:
    """What waits for `user`: title, step and day."""
    return [(one.case.title, one.step, one.due_on) for one in waiting_for(user)]


def board(report: ProgressReport) -> date | None:
    return Mission.objects.get(pk=report.mission_id).next_due_on


def send(here: Mill, report: ProgressReport, day: date) -> None:
    with at(day):
        reporting.save_report(report, by=here.worker, text="Xong vụ một.")
        reporting.submit_report(report, by=here.worker)


def test_the_desk_says_what_is_next_and_not_when_the_mission_ends(here: Mill, report: ProgressReport) -> None:
    with at(report.due_on + timedelta(days=12)):
        assert desk(here.worker) == [(ASKS, "writing", report.due_on)]
        assert board(report) == report.due_on
        assert not desk(here.officer)
        assert [(one.on, one.title) for one in deadlines_of(here.worker)] == [(report.due_on, ASKS)]
        client = Client()
        client.force_login(here.worker)
        page = client.get("/").content.decode()
        assert ASKS in page
        assert "Nộp báo cáo" in page
        assert "quá hạn 12 ngày" in page.lower()
        assert report.get_absolute_url() in page, "the row leads to the report itself"
        assert "<strong>1 việc</strong>" in page


def test_a_report_goes_to_and_fro_with_the_day_of_whoever_has_it(here: Mill, report: ProgressReport) -> None:
    late = report.due_on + timedelta(days=3)
    send(here, report, late)
    volume, money = add_working_days(late, 10), add_working_days(late, 20)
    assert desk(here.officer) == desk(here.division_officer) == [(ASKS, "confirming", volume)]
    assert desk(here.worker)[0][1:] == ("running", report.mission.ends_on), "nothing else is asked of them"
    assert board(report) == volume
    with at(late + timedelta(days=1)):
        reporting.return_report(report, by=here.officer, comment="Thiếu chứng từ.")
        assert (desk(here.worker), desk(here.officer)) == ([(ASKS, "writing", report.due_on)], [])
        assert board(report) == report.due_on
    send(here, report, late + timedelta(days=1))
    volume, money = (add_working_days(late + timedelta(days=1), days) for days in (10, 20))
    with at(late + timedelta(days=2)):
        reporting.confirm_volume(report, by=here.officer)
        assert (desk(here.officer), board(report)) == ([(ASKS, "confirming", money)], money)
        reporting.confirm_money(report, by=here.officer)
        assert not desk(here.officer)
        reporting.open_reports()
        assert [row[:2] for row in desk(here.worker)] == [(ASKS.replace("số 1", "số 2"), "writing")]


def test_an_inspection_after_the_report_gives_more_time_to_confirm_it(here: Mill, report: ProgressReport) -> None:
    day = report.due_on
    send(here, report, day)
    held = add_working_days(day, 6)
    with at(day):
        visit = inspecting.announce(report.mission, held_on=held, members="Trần Đức Minh", by=here.officer)
    with at(held):
        inspecting.conclude(visit, findings="Một nửa.", conclusion="Đúng tiến độ.", by=here.officer)
        assert desk(here.officer) == [(ASKS, "confirming", add_working_days(held, 10))]


def test_each_reminder_is_told_once_to_who_owes_it(here: Mill, report: ProgressReport) -> None:
    def told(*days: int) -> list[str]:
        Notice.objects.all().delete()
        for offset in days:
            with at(add_working_days(report.due_on, offset)):
                send_reminders()
                send_reminders()
        return sorted(f"{one.user.full_name}: {one.subject}" for one in Notice.objects.select_related("user"))

    assert told(-6, -5, -4, -1) == [f"Phạm Thị Hòa: Sắp đến hạn nộp: {ASKS}"]
    assert told(1, 2, 5) == [f"Phạm Thị Hòa: Quá hạn nộp: {ASKS}"]
    assert told(6) == [f"Phạm Thị Hòa: Quá hạn nộp: {ASKS}"], "again after a week of work"
    with at(add_working_days(report.due_on, 7)):
        reporting.save_report(report, by=here.worker, text="Xong vụ một.")
        reporting.submit_report(report, by=here.worker)
    assert {one.partition(": ")[2] for one in told(11, 15)} == {f"Sắp đến hạn xác nhận: {ASKS}"}
    assert {one.partition(": ")[0] for one in told(18)} == {"Lý Thị Oanh", "Trần Đức Minh", "Đỗ Thị Lan"}


def test_a_suspended_mission_is_asked_for_no_report_until_it_goes_on(here: Mill, report: ProgressReport) -> None:
    with at(report.due_on + timedelta(days=5)):
        ending.suspend(report.mission, reason="Chờ giải trình.", by=here.head)
        assert not desk(here.worker)
        assert [row[1] for row in desk(here.officer)] == ["suspended"]
        assert board(report) == desk(here.officer)[0][2]
        send_reminders()
        assert not Notice.objects.filter(user=here.worker, subject__contains=ASKS).exists()
        ending.resume(report.mission, reason="Đã giải trình.", by=here.head)
        assert desk(here.worker) == [(ASKS, "writing", report.due_on)]


def test_a_mission_that_is_closed_owes_no_report(here: Mill, report: ProgressReport) -> None:
    day = NEW + timedelta(days=40)
    with at(day):
        ending.suspend(report.mission, reason="Xét chấm dứt.", by=here.head)
        visit = inspecting.announce(report.mission, held_on=add_working_days(day, 5), members="A", by=here.officer)
    with at(visit.held_on):
        inspecting.conclude(visit, findings="", conclusion="Dừng.", by=here.officer)
        ending.terminate(
            report.mission, decision_sign="7/QĐ", decided_on=visit.held_on, refund=0, reason="Dừng.", by=here.head
        )
        assert (desk(here.worker), desk(here.officer), board(report)) == ([], [], None)
    report.refresh_from_db()
    assert report.case is not None
    assert report.case.outcome == "cancelled"


def test_reports_of_before_come_to_desks_by_night(here: Mill, report: ProgressReport) -> None:
    assert report.case is not None
    move(report.case, "drop", by=CALENDAR)
    ProgressReport.objects.update(case=None)
    assert [ask_for_what_is_owed(), ask_for_what_is_owed()] == [1, 0]
    assert desk(here.worker) == [(ASKS, "writing", report.due_on)]


def test_who_is_in_conflict_with_a_mission_sees_nothing_of_its_reports(here: Mill, report: ProgressReport) -> None:
    send(here, report, report.due_on)
    here.officer.person = Person.objects.create(full_name="Trần Đức Minh")
    here.officer.save()
    Conflict.objects.create(
        person=here.officer.person, dossier=f"mission:{report.mission_id}", ground="family", state="confirmed"
    )
    Notice.objects.all().delete()
    with at(add_working_days(report.due_on, 11)):
        assert not desk(here.officer)
        assert desk(here.division_officer)
        send_reminders()
        client = Client()
        client.force_login(here.officer)
        assert ASKS not in client.get("/").content.decode()
        assert client.get(reverse("missions:report", args=[report.mission_id, 1])).status_code == 404
    told = set(Notice.objects.values_list("user__full_name", flat=True))
    assert told == {"Đỗ Thị Lan", "Lý Thị Oanh"}


def test_reports_follow_an_earlier_end_another_name_and_another_keeper(here: Mill) -> None:
    mission, _contract = running(here, OLD)
    day = OLD + timedelta(days=600)
    with at(day):
        reporting.open_reports()
        for report in mission.reports.filter(number__lte=3):
            reporting.save_report(report, by=here.worker, text="Xong.", stages={1: (100, ""), 2: (100, "")})
            reporting.submit_report(report, by=here.worker)
        give_to_division(mission, here.division, by=here.head, reason="Phòng theo dõi.")
        assert len(desk(here.division_officer)) == 3
        assert not desk(here.head)
        end = day + timedelta(days=10)
        wish = Wish("shortening", {"end": end}, "Xong sớm.", "", {})
        change = adjusting.ask_change(mission, wish, by=here.worker)
        adjusting.answer_change(
            change, granted=True, decision_sign="4/QĐ", decided_on=day, answer="Được.", by=here.head
        )
        assert [row[1:] for row in desk(here.worker)] == [("writing", end)]
        assert [one.on for one in deadlines_of(here.worker)] == [end]
