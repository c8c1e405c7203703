"""From the plan to the signed contract, and the reports after it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from khue.core.clock import at
from khue.core.refusals import Refused
from khue.missions.actions.carry import reporting
from khue.missions.actions.carry.contracting import register_running, sign_contract
from khue.missions.models import Mission, ProgressReport
from khue.missions.rules.carry.contracts import Payment
from khue.missions.rules.carry.reports import Spent, lines, percent_of, progress_of
from khue.missions.tests.mill import NEW, OLD, Mill, payments, running, waiting

LABOUR = ("labour", "state", 1)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


def test_a_mission_binds_a_locked_copy_of_the_plan_and_waits_for_its_contract(here: Mill) -> None:
    mission = waiting(here)
    assert mission.case is not None
    assert mission.plan is not None
    assert mission.plan.copied_from is not None
    assert (mission.state, mission.case.step) == ("contracting", "contracting")
    assert (mission.plan.stand, mission.plan.locked_at is not None) == ("contract", True)
    assert mission.plan.products.count() == mission.plan.copied_from.products.count() == 2
    assert (mission.budget_state, mission.budget_other) == (1_000_000_000, 200_000_000)
    assert (mission.starts_on, mission.ends_on) == (OLD, date(2026, 3, 3))
    assert mission.case.process_version.version == date(2021, 4, 11)


def test_instalments_that_do_not_add_up_are_refused_with_the_difference(here: Mill) -> None:
    mission = waiting(here)
    short = [replace(payments(OLD)[0], amount=499_999_999), *payments(OLD)[1:]]
    with at(OLD), pytest.raises(Refused) as refused:
        sign_contract(mission, sign="12/HĐ", signed_on=OLD, payments=short, by=here.officer)
    assert code_of(refused) == "instalments-sum"
    assert "999.999.999 ₫" in str(refused.value)
    mission.refresh_from_db()
    assert mission.state == "contracting"


@pytest.mark.parametrize("payment", [Payment(OLD, 0), Payment(OLD - timedelta(days=1), 10)])
def test_an_instalment_of_nothing_or_before_the_contract_is_refused(here: Mill, payment: Payment) -> None:
    with at(OLD), pytest.raises(Refused):
        sign_contract(waiting(here), sign="12/HĐ", signed_on=OLD, payments=[payment], by=here.officer)


def test_only_the_department_signs(here: Mill) -> None:
    mission = waiting(here)
    for nobody in (here.worker, here.stranger):
        with at(OLD), pytest.raises(Refused) as refused:
            sign_contract(mission, sign="12/HĐ", signed_on=OLD, payments=payments(OLD), by=nobody)
        assert code_of(refused) == "flow.not-yours"


def test_a_contract_that_begins_later_moves_the_end(here: Mill) -> None:
    mission = waiting(here)
    with at(OLD):
        sign_contract(
            mission, sign="12/HĐ", signed_on=OLD, payments=payments(OLD), starts_on=date(2024, 4, 1), by=here.officer
        )
    mission = Mission.objects.select_related("case").get(pk=mission.pk)
    assert (mission.state, mission.ends_on) == ("running", date(2026, 3, 31))
    assert mission.case is not None
    assert mission.case.due_on == mission.ends_on


def test_registration_lies_after_the_contract(here: Mill) -> None:
    mission, _contract = running(here)
    with at(OLD + timedelta(days=9)):
        with pytest.raises(Refused):
            register_running(mission, number="2024-01", registered_on=OLD - timedelta(days=1), by=here.officer)
        noted = register_running(mission, number="2024-01", registered_on=OLD + timedelta(days=3), by=here.officer)
    assert noted.running_number == "2024-01"


def test_a_report_is_opened_every_six_months_up_to_the_end_and_never_twice(here: Mill) -> None:
    mission, _contract = running(here)
    assert reporting.open_reports() == 3  # today lies years later: what has begun meanwhile
    assert reporting.open_reports() == 0
    periods = list(mission.reports.values_list("period_from", "period_to"))
    assert periods[0] == (OLD, date(2024, 9, 3))
    assert periods[-1] == (date(2025, 9, 4), date(2026, 3, 3))


def _write(report: ProgressReport, here: Mill, amount: int, reason: str = "", percent: int = 100) -> None:
    reporting.save_report(
        report, by=here.worker, text="Đã điều tra xong.", stages={1: (percent, "Đã xong")},
        spending={LABOUR: Spent(amount, reason)},
    )  # fmt: skip


def test_a_report_is_written_sent_once_returned_and_confirmed(here: Mill, mission: Mission) -> None:
    report = mission.reports.get()
    with at(NEW + timedelta(days=100)):
        _write(report, here, 150_000_000)
        reporting.submit_report(report, by=here.worker)
        with pytest.raises(Refused) as refused:
            reporting.submit_report(report, by=here.worker)
        assert code_of(refused) == "report-sent"
        reporting.return_report(report, by=here.officer, comment="Bổ sung nhật ký.")
        _write(report, here, 160_000_000)
        reporting.submit_report(report, by=here.worker)
        reporting.confirm_volume(report, by=here.officer)
        row = report.spending.get()
        with pytest.raises(Refused) as refused:
            reporting.confirm_money(report, by=here.officer, amounts={row.pk: 160_000_001})
        assert code_of(refused) == "confirm-amount"
        reporting.confirm_money(report, by=here.officer, amounts={row.pk: 140_000_000})
    mission.refresh_from_db()
    report.refresh_from_db()
    assert (report.state, mission.confirmed) == ("confirmed", 140_000_000)
    assert (percent_of(report), progress_of(mission)) == (50, 50)


def test_spending_above_the_plan_needs_a_reason(here: Mill, mission: Mission) -> None:
    report = mission.reports.get()
    with at(NEW + timedelta(days=100)):
        _write(report, here, 400_000_001)
        with pytest.raises(Refused) as refused:
            reporting.submit_report(report, by=here.worker)
        assert code_of(refused) == "spending-over-plan"
        assert "1 ₫" in str(refused.value)
        _write(report, here, 400_000_001, "Tăng công lấy mẫu do mưa.")
        sent = reporting.submit_report(report, by=here.worker)
    assert sent.state == "submitted"


def test_the_next_report_begins_where_the_last_one_ended(here: Mill, mission: Mission) -> None:
    with at(NEW + timedelta(days=100)):
        _write(mission.reports.get(), here, 150_000_000, percent=40)
        reporting.submit_report(mission.reports.get(), by=here.worker)
    with at(NEW + timedelta(days=200)):
        reporting.open_reports()
        second = mission.reports.get(number=2)
        assert [row.percent for row in second.stages.order_by("stage__number")] == [40, 0]
        assert {line.key: line.before for line in lines(second)}[LABOUR] == 150_000_000


def test_others_neither_write_nor_send_the_report(here: Mill, mission: Mission) -> None:
    report = mission.reports.get()
    with at(NEW + timedelta(days=100)):
        for nobody in (here.officer, here.stranger):
            with pytest.raises(Refused):
                reporting.save_report(report, by=nobody, text="Thay cho viện.")
