"""Requests, repayments and inspections on the desk of who is next, with their day, until they are dealt with."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khue.core.calendar import add_working_days
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.councils.models import Conflict
from khue.directory.actions.units import end_unit
from khue.directory.models import Person
from khue.flow.actions import send_reminders
from khue.flow.desk import waiting_for
from khue.flow.models import Case
from khue.missions.actions.carry import adjusting, ending, inspecting, paying
from khue.missions.actions.standing import ask_for_what_is_owed
from khue.missions.models import Adjustment, Inspection, Mission, Refund
from khue.missions.rules.carry.adjusting import Wish
from khue.missions.tests.mill import FOUNDER, NEW, Mill, half_paid, mill, running
from khue.missions.tests.test_book import client_of
from khue.missions.tests.test_contracting import code_of
from khue.missions.tests.test_report_desk import desk
from khue.notices.models import Notice
from tests.worlds import Worlds

NAME = "Quy trình trồng rau an toàn trên đất nhiễm mặn nhẹ"
REQUEST = f"Đề nghị điều chỉnh, Gia hạn thời gian: {NAME}"
BACK = f"Hoàn trả 100.000.000 ₫: {NAME}"
VISIT = f"Kiểm tra định kỳ: {NAME}"
DAY = NEW + timedelta(days=30)
YEARLY = date(2027, 3, 2)
NEAR = YEARLY - timedelta(days=60)


@pytest.fixture
def here(worlds: Worlds) -> Iterator[Mill]:
    """One mission is running, half of its money paid."""
    with worlds.copy(mill, half_paid) as made:
        yield made


def ask(here: Mill, mission: Mission, day: date = DAY) -> Adjustment:
    wish = Wish("extension", {"end": date(2028, 6, 1)}, "Mưa lớn làm mất một vụ.")
    with at(day):
        return adjusting.ask_change(mission, wish, by=here.worker)


def answer(here: Mill, change: Adjustment, *, granted: bool) -> Adjustment:
    return adjusting.answer_change(
        change, granted=granted, decision_sign="45/QĐ-SKHCN", decided_on=DAY, answer="Theo đề nghị.", by=here.head
    )


def owe(here: Mill, mission: Mission, day: date = DAY) -> Refund:
    with at(day):
        return paying.demand_refund(
            mission, amount=100_000_000, reason="Chi sai.", decision_sign="9/QĐ", decided_on=day, by=here.officer
        )


def announce(here: Mill, mission: Mission, held_on: date, *, regular: bool = True) -> Inspection:
    return inspecting.announce(mission, held_on=held_on, members="Trần Đức Minh", by=here.officer, regular=regular)


def told(title: str, *days: date) -> list[str]:
    """What the calendar says about `title` on these days, each of which it is asked twice."""
    Notice.objects.all().delete()
    for day in days:
        with at(day):
            send_reminders()
            send_reminders()
    found = Notice.objects.filter(subject__contains=title).select_related("user").order_by("pk")
    return sorted(f"{one.user.full_name}: {one.subject.removesuffix(title)}" for one in found)


def next_due(mission: Mission) -> date | None:
    return Mission.objects.get(pk=mission.pk).next_due_on


# ------------------------------------------------------------------ requests


def test_a_request_stands_with_who_decides_until_the_day_of_the_answer(here: Mill, mission: Mission) -> None:
    change = ask(here, mission)
    row = (REQUEST, "asked", DAY + timedelta(days=30))
    assert (desk(here.head), desk(here.officer)) == ([row], [])
    assert next_due(mission) == row[2]
    assert [one[1] for one in desk(here.worker)] == ["writing"], "the end of the mission is what is being asked about"
    with at(DAY):
        client = client_of(here.head)
        page = client.get("/").content.decode()
        assert "Trả lời đề nghị" in page
        assert f"{mission.get_absolute_url()}#answer-{change.pk}" in page
        page = client.get(mission.get_absolute_url()).content.decode()
        assert f'<details open id="answer-{change.pk}">' in page
        assert ("Không đồng ý" in page, "Bị từ chối" in page) == (True, False)


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        (lambda here, change: answer(here, change, granted=True), "done"),
        (lambda here, change: answer(here, change, granted=False), "done"),
        (lambda here, change: adjusting.withdraw_change(change, by=here.worker), "cancelled"),
    ],
)
def test_a_request_leaves_the_desk_however_it_ends(
    here: Mill, mission: Mission, end: Callable[[Mill, Adjustment], Adjustment], outcome: str
) -> None:
    change = ask(here, mission)
    with at(DAY):
        end(here, change)
    assert not desk(here.head)
    assert Case.objects.get(adjustment=change).outcome == outcome
    assert next_due(mission) == mission.reports.get().due_on


def test_a_request_that_lacks_something_goes_back_and_comes_again(here: Mill, mission: Mission) -> None:
    change = ask(here, mission)
    with at(DAY):
        send = f"{mission.get_absolute_url()}viec/"
        told = {"target": change.pk, "comment": "Thiếu nhật ký thí nghiệm."}
        assert client_of(here.officer).post(f"{send}ask-back/", told).status_code == 302
        assert (desk(here.head), desk(here.worker)[0]) == ([], (REQUEST, "supplementing", add_working_days(DAY, 10)))
        assert Notice.objects.filter(user=here.worker, body="Thiếu nhật ký thí nghiệm.").count() == 1
        client = client_of(here.worker)
        assert f"{mission.get_absolute_url()}#supplement-{change.pk}" in client.get("/").content.decode()
        assert f'<details open id="supplement-{change.pk}">' in client.get(mission.get_absolute_url()).content.decode()
        assert "Ý kiến gần nhất: Thiếu nhật ký thí nghiệm." in client.get(mission.get_absolute_url()).content.decode()
        assert "Chờ bổ sung" in client.get(f"{mission.get_absolute_url()}so-sach/").content.decode()
        with pytest.raises(Refused):
            adjusting.supplement(change, comment="Đây.", by=here.officer)
        assert client.post(f"{send}supplement/", told).status_code == 302
        assert desk(here.head) == [(REQUEST, "asked", change.answer_due_on)]
    assert [row[1] for row in desk(here.worker)] == ["writing"]


def test_what_the_lead_organisation_changes_itself_asks_nothing_of_anybody(here: Mill, mission: Mission) -> None:
    with at(DAY):
        wish = Wish("members", {"text": "Thêm kỹ sư Lê Văn Tám."}, "Thiếu người.")
        change = adjusting.ask_change(mission, wish, by=here.worker)
    assert (change.state, change.case_id, desk(here.head)) == ("noted", None, [])


def test_who_has_to_answer_is_reminded_and_told_once_that_it_is_late(here: Mill, mission: Mission) -> None:
    ask(here, mission)
    due = DAY + timedelta(days=30)
    days = [add_working_days(due, offset) for offset in (-6, -5, -4, 1, 2, 6, 11)]
    assert told(REQUEST, *days) == ["Đỗ Thị Lan: Quá hạn trả lời: ", "Đỗ Thị Lan: Sắp đến hạn trả lời: "]


def test_a_request_waits_while_the_mission_is_suspended_and_lapses_when_it_is_over(
    here: Mill, mission: Mission
) -> None:
    change = ask(here, mission)
    with at(DAY):
        ending.suspend(mission, reason="Chờ giải trình.", by=here.head)
        assert [row[1] for row in desk(here.head)] == ["suspended"]
        ending.resume(mission, reason="Đã giải trình.", by=here.head)
        assert [row[1] for row in desk(here.head)] == ["asked"]
    with at(date(2028, 3, 2)):
        assert ending.end_those_over() == 0, "its end is what was asked about"
        ending.end(mission, by=here.officer)
        assert REQUEST not in [row[0] for row in desk(here.head)]
    change.refresh_from_db()
    assert change.state == "lapsed"


# ------------------------------------------------------------------ repayments


def test_a_repayment_goes_between_who_pays_and_who_sees_that_it_came(here: Mill, mission: Mission) -> None:
    refund = owe(here, mission)
    assert desk(here.worker)[0] == (BACK, "owed", refund.due_on)
    assert next_due(mission) == refund.due_on
    with at(DAY):
        client = client_of(here.worker)
        assert "Báo đã nộp" in client.get("/").content.decode()
        page = client.get(mission.get_absolute_url()).content.decode()
        assert f'<details open id="say-paid-{refund.pk}">' in page
        send = f"{mission.get_absolute_url()}viec/say-paid/"
        assert client.post(send, {"target": refund.pk, "comment": "UNC 12 ngày 01/4"}).status_code == 302
        assert [row[1] for row in desk(here.worker)] == ["writing"]
        assert desk(here.officer) == desk(here.division_officer) == [(BACK, "said-paid", add_working_days(DAY, 5))]
        assert f'<details open id="pay-back-{refund.pk}">' in _page(here, mission)
        paying.deny(refund, comment="Kho bạc chưa thấy.", by=here.officer)
        assert (desk(here.worker)[0], desk(here.officer)) == ((BACK, "owed", refund.due_on), [])
        assert Notice.objects.filter(user=here.worker, body__contains="Kho bạc chưa thấy.").count() == 1
        paying.pay_back(refund, amount=40_000_000, paid_on=DAY, by=here.officer)
        assert desk(here.worker)[0] == (BACK.replace("100.", "60."), "owed", refund.due_on)
        paying.pay_back(refund, amount=60_000_000, paid_on=DAY, by=here.division_officer)
    assert [row[1] for row in desk(here.worker)] == ["writing"]
    assert next_due(mission) == mission.reports.get().due_on
    with pytest.raises(Refused) as refused:
        paying.say_paid(refund, comment="Lần nữa.", by=here.worker)
    assert code_of(refused) == "refund-amount"


def _page(here: Mill, mission: Mission) -> str:
    return client_of(here.officer).get(mission.get_absolute_url()).content.decode()


def test_only_its_own_side_says_that_it_paid_and_only_the_department_that_it_came(here: Mill, mission: Mission) -> None:
    refund = owe(here, mission)
    for nobody in (here.officer, here.stranger):
        with pytest.raises(Refused):
            paying.say_paid(refund, comment="UNC 12", by=nobody)
    paying.say_paid(refund, comment="UNC 12", by=here.worker)
    for nobody in (here.worker, here.stranger):
        with pytest.raises(Refused):
            paying.deny(refund, comment="Chưa.", by=nobody)
    assert not desk(here.stranger)


def test_both_sides_are_told_once_that_a_repayment_is_late(here: Mill, mission: Mission) -> None:
    refund = owe(here, mission)
    days = [add_working_days(refund.due_on, offset) for offset in (-6, -5, 1, 2, 6)]
    late = [f"{name}: Quá hạn nộp trả: " for name in ("Phạm Thị Hòa", "Trần Đức Minh", "Đỗ Thị Lan")]
    assert told(BACK, *days) == sorted(["Phạm Thị Hòa: Sắp đến hạn nộp trả: ", *late])


def _terminated(here: Mill, mission: Mission) -> date:
    with at(DAY):
        ending.suspend(mission, reason="Xét chấm dứt.", by=here.head)
        visit = announce(here, mission, add_working_days(DAY, 5), regular=False)
        assert [row[:2] for row in desk(here.officer)] == [
            (VISIT.replace("định kỳ", "đột xuất"), "announced"), (NAME, "suspended"),
        ]  # fmt: skip
    with at(visit.held_on):
        inspecting.conclude(visit, findings="", conclusion="Dừng.", by=here.officer)
        ending.terminate(
            mission, decision_sign="7/QĐ", decided_on=visit.held_on, refund=100_000_000, reason="Dừng.", by=here.head
        )
    return visit.held_on


def test_of_a_terminated_mission_only_the_repayment_is_left(here: Mill, mission: Mission) -> None:
    change = ask(here, mission)
    day = _terminated(here, mission)
    due = day + timedelta(days=30)
    assert (desk(here.officer), desk(here.head)) == ([], [])
    assert desk(here.worker) == [(BACK, "owed", due)]
    assert next_due(mission) == due
    change.refresh_from_db()
    assert change.state == "lapsed"
    with at(day):
        paying.pay_back(mission.refunds.get(), amount=100_000_000, paid_on=day, by=here.officer)
    assert (desk(here.worker), next_due(mission)) == ([], None)


def test_the_heir_of_a_lead_organisation_owes_what_it_owed(here: Mill, mission: Mission) -> None:
    day = _terminated(here, mission)
    with at(day):
        end_unit(here.host, on=day, successors=[here.elsewhere], by=FOUNDER, basis="Quyết định sáp nhập")
    assert desk(here.stranger) == [(BACK, "owed", day + timedelta(days=30))]
    with at(day + timedelta(days=1)):
        paying.say_paid(mission.refunds.get(), comment="UNC 12", by=here.stranger)


# ------------------------------------------------------------------ inspections


def test_the_inspection_of_the_year_comes_to_the_desk_when_it_is_near(here: Mill, mission: Mission) -> None:
    with at(NEAR - timedelta(days=1)):
        assert inspecting.open_inspections() == 0
    with at(NEAR):
        assert [inspecting.open_inspections(), inspecting.open_inspections()] == [1, 0]
        assert desk(here.officer) == desk(here.division_officer) == [(VISIT, "due", YEARLY)]
        assert "Kiểm tra định kỳ hạn 02/03/2027 đã lên bàn việc" in _happened(here, mission).replace("Cuộc k", "K")
        page = _page(here, mission)
        assert '<details open id="announce-0">' in page
        assert "Nhập kết quả kiểm tra" not in page, "there is no visit yet"
        with pytest.raises(Refused) as refused:
            inspecting.conclude(mission.inspections.get(), findings="", conclusion="Đạt", by=here.officer)
        assert code_of(refused) == "inspection-not-announced"


def _happened(here: Mill, mission: Mission) -> str:
    return client_of(here.officer).get(f"{mission.get_absolute_url()}dien-bien/").content.decode()


def test_an_inspection_is_announced_called_off_and_held(here: Mill, mission: Mission) -> None:
    with at(NEAR):
        inspecting.open_inspections()
        held = add_working_days(NEAR, 8)
        visit = announce(here, mission, held)
        assert desk(here.officer) == [(VISIT, "announced", held)]
        assert inspecting.open_inspections() == 0, "one is announced"
        inspecting.call_off(visit, reason="Bão số 3.", by=here.officer)
        assert desk(here.officer) == [(VISIT, "due", YEARLY)]
        visit = announce(here, mission, held)
    with at(held):
        assert f'<details open id="conclude-{visit.pk}">' in _page(here, mission)
        inspecting.conclude(visit, findings="55%", conclusion="Đúng tiến độ.", by=here.officer)
        assert not desk(here.officer)
        assert inspecting.open_inspections() == 0
    with at(held + timedelta(days=306)):
        assert inspecting.open_inspections() == 1, "the next year"
        assert [row[1] for row in desk(here.officer)] == ["due"]


def test_an_inspection_that_nobody_announces_is_told_of_and_once_late(here: Mill) -> None:
    with at(NEAR):
        inspecting.open_inspections()
    days = [add_working_days(YEARLY, offset) for offset in (-11, -10, 1, 2, 6)]
    who = ("Lý Thị Oanh", "Trần Đức Minh", "Đỗ Thị Lan")
    says = ("Quá hạn kiểm tra: ", "Sắp đến hạn kiểm tra, chưa thông báo: ")
    assert told(VISIT, *days) == sorted(f"{name}: {what}" for name in who for what in says)


def test_no_inspection_is_asked_for_while_suspended_or_once_the_mission_ends_before(
    here: Mill, mission: Mission
) -> None:
    with at(NEAR):
        inspecting.open_inspections()
        ending.suspend(mission, reason="Chờ giải trình.", by=here.head)
        assert [row[1] for row in desk(here.officer)] == ["suspended"]
        ending.resume(mission, reason="Đã giải trình.", by=here.head)
        assert [row[1] for row in desk(here.officer)] == ["due"]
        Mission.objects.filter(pk=mission.pk).update(ends_on=YEARLY - timedelta(days=1))
        paying.demand_refund(mission, amount=1, reason="Chi sai.", decision_sign="9/QĐ", decided_on=NEAR, by=here.head)
        assert not desk(here.officer)
    assert not mission.inspections.exists()


# ------------------------------------------------------------------ all of them


def _all(here: Mill, mission: Mission) -> None:
    ask(here, mission, NEAR)
    owe(here, mission, NEAR)
    with at(NEAR):
        inspecting.open_inspections()
        announce(here, mission, add_working_days(NEAR, 9), regular=False)


def test_what_was_there_before_comes_to_desks_by_night(here: Mill, mission: Mission) -> None:
    _all(here, mission)
    people = (here.head, here.officer, here.worker)
    stood = [desk(user) for user in people]
    for kind in (Adjustment, Refund, Inspection):
        kind.objects.update(case=None)
    Case.objects.filter(process_version__process__in=PROCESSES).delete()
    assert [desk(user) for user in people] != stood
    with at(NEAR):
        assert [ask_for_what_is_owed(), ask_for_what_is_owed()] == [1, 0]
    assert [desk(user) for user in people] == stood


PROCESSES = ("adjustment-request", "refund", "inspection")


def test_who_is_in_conflict_with_a_mission_sees_nothing_of_it(here: Mill, mission: Mission) -> None:
    _all(here, mission)
    here.head.person = Person.objects.create(full_name="Đỗ Thị Lan")
    here.head.save()
    assert len(desk(here.head)) == 3
    Conflict.objects.create(
        person=here.head.person, dossier=f"mission:{mission.pk}", ground="family", state="confirmed"
    )
    assert not desk(here.head)


def test_the_desk_asks_no_more_for_more_of_them(here: Mill, mission: Mission) -> None:
    client = client_of(here.head)

    def cost() -> int:
        with at(NEAR), CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        return len(asked)

    ask(here, mission, NEAR)
    cost()
    few = cost()
    owe(here, mission, NEAR)
    with at(NEAR):
        inspecting.open_inspections()
        for _each in range(3):
            other, _contract = running(here, NEW)
            ask(here, other, NEAR)
    assert len(waiting_for(here.head)) >= 5
    assert cost() <= few
