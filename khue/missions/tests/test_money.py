"""Payments, carry-over and refunds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from khue.core.clock import at
from khue.core.periods import period
from khue.core.refusals import Refused
from khue.directory.search import department
from khue.indicators import measures
from khue.missions.actions.carry import paying, reporting
from khue.missions.models import Mission
from khue.missions.rules.carry.reports import Spent
from khue.missions.tests.mill import NEW, Mill
from khue.missions.tests.test_book import client_of
from khue.missions.tests.test_contracting import code_of

LATER = NEW + timedelta(days=30)


def test_money_is_paid_by_instalment_and_never_above_the_contract(here: Mill, mission: Mission) -> None:
    contract = mission.contract
    first, second, _third = contract.instalments.all()
    with at(LATER):
        paying.pay(first, amount=300_000_000, paid_on=LATER, by=here.officer)
        with pytest.raises(Refused) as refused:
            paying.pay(first, amount=200_000_001, paid_on=LATER, by=here.officer)
        assert code_of(refused) == "pay-above-contract"
        assert "200.000.000 ₫" in str(refused.value)
        with pytest.raises(Refused) as refused:
            paying.pay(second, amount=1, paid_on=LATER, by=here.officer)
        assert code_of(refused) == "pay-condition"
        paying.pay(second, amount=300_000_000, paid_on=LATER, by=here.officer, condition_met=True)
    mission.refresh_from_db()
    assert mission.paid == 600_000_000
    quarter, office = period("2025-Q4"), department()
    for name, value, records in (("paid", Decimal(600), 2), ("contracted", 1, 1), ("registered", 0, 0)):
        measure = measures.named(f"missions.{name}")
        assert measure is not None
        span = replace(quarter, first=NEW, last=LATER)
        assert measure.count(span, [office.pk]).get(office.pk, 0) == value, "what reports of the department tell"
        assert len(list(measure.records(span, office.pk).rows)) == records
        assert measure.count(replace(span, first=LATER + timedelta(days=1), last=LATER + timedelta(days=2)),
                             [office.pk]).get(office.pk, 0) == 0  # fmt: skip


@pytest.mark.parametrize("day", [NEW - timedelta(days=1), LATER + timedelta(days=1)])
def test_a_payment_lies_between_the_contract_and_today(here: Mill, mission: Mission, day: date) -> None:
    contract = mission.contract
    with at(LATER), pytest.raises(Refused) as refused:
        paying.pay(contract.instalments.all()[0], amount=5, paid_on=day, by=here.officer)
    assert code_of(refused) == "pay-day"


def test_divisions_of_the_department_pay_and_others_do_not(here: Mill, mission: Mission) -> None:
    contract = mission.contract
    first = contract.instalments.all()[0]
    with at(LATER):
        paying.pay(first, amount=5, paid_on=LATER, by=here.division_officer)
        for nobody in (here.worker, here.stranger, here.leader):
            with pytest.raises(Refused) as refused:
                paying.pay(first, amount=5, paid_on=LATER, by=nobody)
            assert code_of(refused) == "mission-not-followed"


def _paid_and_confirmed(here: Mill, mission: Mission) -> None:
    """500 million paid, 300 of them confirmed."""
    contract, report = mission.contract, mission.reports.get()
    with at(LATER):
        paying.pay(contract.instalments.all()[0], amount=500_000_000, paid_on=LATER, by=here.officer)
    with at(NEW + timedelta(days=90)):
        reporting.save_report(
            report, by=here.worker, text="Xong vụ một.", spending={("labour", "state", 1): Spent(300_000_000)}
        )
        reporting.submit_report(report, by=here.worker)
        reporting.confirm_money(report, by=here.officer)
        reporting.confirm_volume(report, by=here.officer)


def test_what_is_left_of_a_year_is_carried_over_once_and_when_the_year_is_over(here: Mill, mission: Mission) -> None:
    _paid_and_confirmed(here, mission)
    told = {"year": 2026, "decision_sign": "90/QĐ-SKHCN", "by": here.officer}
    for day in (date(2026, 12, 31), date(2027, 1, 4)):
        with at(day):
            page = client_of(here.officer).get(mission.get_absolute_url()).content.decode()
            assert ("Chuyển nguồn kinh phí" in page) is (day.year == 2027), "offered when it may be done"
    for day, amount, code in (
        (date(2026, 12, 31), 200_000_000, "carry-year"),
        (date(2027, 1, 4), 200_000_001, "carry-amount"),
        (date(2027, 1, 4), 200_000_000, ""),
        (date(2027, 1, 4), 1, "carry-twice"),
    ):
        with at(day):
            if not code:
                paying.carry_over(mission, amount=amount, decided_on=day, **told)  # type: ignore[arg-type]
                continue
            with pytest.raises(Refused) as refused:
                paying.carry_over(mission, amount=amount, decided_on=day, **told)  # type: ignore[arg-type]
            assert code_of(refused) == code
    assert [row.amount for row in mission.carry_overs.all()] == [200_000_000]


def test_a_refund_is_no_more_than_was_paid_and_is_owed_until_it_is_back(here: Mill, mission: Mission) -> None:
    _paid_and_confirmed(here, mission)
    day = NEW + timedelta(days=120)
    with at(day):
        told = {"reason": "Chi sai", "decision_sign": "9/QĐ", "decided_on": day, "by": here.officer}
        with pytest.raises(Refused) as refused:
            paying.demand_refund(mission, amount=500_000_001, **told)  # type: ignore[arg-type]
        assert code_of(refused) == "refund-amount"
        refund = paying.demand_refund(mission, amount=50_000_000, **told)  # type: ignore[arg-type]
        mission.refresh_from_db()
        assert refund.due_on == mission.next_due_on == day + timedelta(days=30)
        with pytest.raises(Refused):
            paying.pay_back(refund, amount=50_000_001, paid_on=day, by=here.officer)
        paying.pay_back(refund, amount=50_000_000, paid_on=day, by=here.officer)
        mission.refresh_from_db()
        assert mission.next_due_on != refund.due_on
