"""Inspections, suspension, termination, and the end of the time."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from khue.core.calendar import add_working_days
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.missions.actions.carry import ending, inspecting, paying
from khue.missions.actions.carry.adjusting import ask_change
from khue.missions.models import Mission
from khue.missions.rules.carry.adjusting import Wish
from khue.missions.rules.carry.inspecting import next_regular
from khue.missions.tests.mill import NEW, OLD, Mill, running
from khue.missions.tests.test_contracting import code_of
from khue.missions.tests.test_select_pages import said
from khue.notices.models import Notice

DAY = NEW + timedelta(days=40)


def _inspect(here: Mill, mission: Mission, day: date) -> None:
    held = add_working_days(day, 5)
    with at(day):
        visit = inspecting.announce(mission, held_on=held, members="Trần Đức Minh", by=here.officer)
    with at(held):
        inspecting.conclude(visit, findings="Xong một phần ba.", conclusion="Chậm tiến độ.", by=here.officer)


def test_an_inspection_is_announced_in_time_and_concluded_after_it(here: Mill, mission: Mission) -> None:
    with at(DAY):
        with pytest.raises(Refused) as refused:
            inspecting.announce(mission, held_on=add_working_days(DAY, 4), members="A", by=here.officer)
        assert code_of(refused) == "inspection-notice"
        visit = inspecting.announce(mission, held_on=add_working_days(DAY, 5), members="A", by=here.officer)
        with pytest.raises(Refused) as refused:
            inspecting.conclude(visit, findings="", conclusion="Đạt", by=here.officer)
        assert code_of(refused) == "inspection-early"
    assert next_regular(mission) == date(2027, 3, 2)
    with at(visit.held_on):
        inspecting.conclude(visit, findings="55%", conclusion="Đúng tiến độ.", by=here.officer)
        with pytest.raises(Refused) as refused:
            inspecting.conclude(visit, findings="", conclusion="Đạt", by=here.officer)
        assert code_of(refused) == "inspection-closed"
    assert next_regular(mission) == date(visit.held_on.year + 1, visit.held_on.month, visit.held_on.day)


def test_an_announced_inspection_is_called_off_with_a_reason(here: Mill, mission: Mission) -> None:
    with at(DAY):
        visit = inspecting.announce(mission, held_on=add_working_days(DAY, 9), members="A", by=here.officer)
        with pytest.raises(Refused):
            inspecting.call_off(visit, reason=" ", by=here.officer)
        inspecting.call_off(visit, reason="Bão số 3.", by=here.officer)
    assert not mission.inspections.exists()


def test_a_mission_is_suspended_and_inspected_before_it_is_terminated(here: Mill, mission: Mission) -> None:
    contract = mission.contract
    told = {"decision_sign": "77/QĐ-UBND", "reason": "Không bố trí được vốn đối ứng.", "by": here.head}
    with at(DAY):
        paying.pay(contract.instalments.all()[0], amount=500_000_000, paid_on=DAY, by=here.officer)
        with pytest.raises(Refused) as refused:
            ending.terminate(mission, decided_on=DAY, refund=0, **told)  # type: ignore[arg-type]
        assert code_of(refused) == "terminate-suspend"
        ending.suspend(mission, reason="Xét chấm dứt.", by=here.head)
        with pytest.raises(Refused) as refused:
            ending.terminate(mission, decided_on=DAY, refund=0, **told)  # type: ignore[arg-type]
        assert code_of(refused) == "terminate-inspect"
        with pytest.raises(Refused) as refused:
            paying.pay(contract.instalments.all()[1], amount=1, paid_on=DAY, by=here.officer, condition_met=True)
        assert code_of(refused) == "pay-state"
    _inspect(here, mission, DAY)
    end = DAY + timedelta(days=30)
    with at(end):
        with pytest.raises(Refused) as refused:
            ending.terminate(mission, decided_on=end, refund=500_000_001, **told)  # type: ignore[arg-type]
        assert code_of(refused) == "refund-amount"
        ending.terminate(mission, decided_on=end, refund=250_000_000, **told)  # type: ignore[arg-type]
    mission = Mission.objects.select_related("case").get(pk=mission.pk)
    assert mission.case is not None
    assert (mission.state, mission.case.outcome) == ("terminated", "cancelled")
    assert mission.refunds.get().amount == 250_000_000
    assert next_regular(mission) is None, "nobody inspects it any more"
    told_host = Notice.objects.get(user=here.worker, subject__contains="Hoàn trả 250.000.000 ₫")
    assert "77/QĐ-UBND" in told_host.body
    reader = Client()
    reader.force_login(here.worker)
    with at(end):
        page = reader.get(mission.get_absolute_url()).content.decode()
        assert "Còn phải hoàn trả 250.000.000 ₫ trên 250.000.000 ₫" in page
        assert "Báo cáo định kỳ số" not in page, "no report is asked for any more"
        ledger = reader.get(reverse("missions:ledger", args=[mission.pk])).content.decode()
    assert "không còn phải nộp" in ledger
    assert ledger.count("days-left") == 1, "only the refund has a deadline"
    papers = Client()
    papers.force_login(here.officer)
    with at(end):
        decided = said(papers, reverse("missions:paper", args=[mission.pk, "termination"]))
        signed = said(papers, reverse("missions:paper", args=[mission.pk, "contract"]))
        visited = mission.inspections.get().pk
        notice, minutes = (
            said(papers, reverse("missions:paper", args=[mission.pk, name]) + f"?inspection={visited}")
            for name in ("inspection-notice", "inspection-minutes")
        )
    assert "V/v thông báo kiểm tra" in notice
    assert "- Như trên;" in notice
    assert here.head.full_name not in minutes, "who leads the visit signs, not the head of the department"
    held = mission.inspections.get().held_on
    for words in ("77/QĐ-UBND", f"{end:%d tháng %-m năm %Y}", f"biên bản kiểm tra ngày {held:%d/%m/%Y}", "250.000.000"):
        assert words in decided, words
    assert f"ngày {contract.signed_on:%d tháng %-m năm %Y}" in signed, "the day on which it was signed, not today's"


def test_a_suspended_mission_goes_on(here: Mill, mission: Mission) -> None:
    with at(DAY):
        assert ending.suspend(mission, reason="Chờ giải trình.", by=here.head).state == "suspended"
        assert ending.resume(mission, reason="Đã giải trình.", by=here.head).state == "running"


def test_time_ends_missions_but_not_while_an_extension_waits(here: Mill) -> None:
    over, _contract = running(here)
    asking, _contract = running(here)
    with at(date(2026, 1, 15)):
        ask_change(asking, Wish("extension", {"end": date(2026, 6, 3)}, "Chậm vụ."), by=here.worker)
    with at(date(2026, 3, 3)):
        assert ending.end_those_over() == 0
        with pytest.raises(Refused) as refused:
            ending.end(over, by=here.officer)
        assert code_of(refused) == "end-early"
    with at(date(2026, 3, 4)):
        assert ending.end_those_over() == 1
        assert ending.end_those_over() == 0
    states = dict(Mission.objects.values_list("pk", "state"))
    assert (states[over.pk], states[asking.pk]) == ("ended", "running")
    over.refresh_from_db()
    assert over.next_due_on == min(
        date(2026, 3, 4) + timedelta(days=30), *over.reports.exclude(state="submitted").values_list("due_on", flat=True)
    )


def test_nothing_of_it_is_for_strangers(here: Mill) -> None:
    mission, _contract = running(here, OLD)
    with at(OLD + timedelta(days=20)):
        for nobody in (here.worker, here.stranger):
            with pytest.raises(Refused):
                ending.suspend(mission, reason="x", by=nobody)
            with pytest.raises(Refused):
                inspecting.announce(mission, held_on=OLD + timedelta(days=60), members="A", by=nobody)
