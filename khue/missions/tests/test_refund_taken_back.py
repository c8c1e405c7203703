"""A demand for money that should not have been made: taken back before anything is paid, and then counted nowhere."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.flow.models import Case
from khue.journal.models import Entry
from khue.missions.actions.carry import paying
from khue.missions.models import Mission, Refund
from khue.missions.rules.carry.papers import context_of
from khue.missions.rules.carry.settling import sums
from khue.missions.tests.mill import NEW, Mill, half_paid, mill
from khue.missions.tests.test_book import client_of
from khue.missions.tests.test_contracting import code_of
from khue.missions.tests.test_report_desk import desk
from khue.notices.models import Notice
from tests.worlds import Worlds

DAY = NEW + timedelta(days=30)
PAID = 500_000_000
WHY = "Tính nhầm, khoản này đã được xác nhận."


@pytest.fixture
def here(worlds: Worlds) -> Iterator[Mill]:
    """One mission is running, half of its money paid."""
    with worlds.copy(mill, half_paid) as made:
        yield made


def demand(here: Mill, mission: Mission, amount: int = PAID) -> Refund:
    with at(DAY):
        return paying.demand_refund(
            mission, amount=amount, reason="Chi sai.", decision_sign="9/QĐ", decided_on=DAY, by=here.officer
        )


def test_a_demand_taken_back_leaves_the_desk_and_every_sum(here: Mill, mission: Mission) -> None:
    stood = desk(here.worker)
    due = Mission.objects.get(pk=mission.pk).next_due_on
    refund = demand(here, mission)
    assert desk(here.worker) != stood
    heard = Notice.objects.filter(user=here.worker).count()
    with at(DAY):
        client, book = client_of(here.officer), mission.get_absolute_url()
        assert "Hủy yêu cầu hoàn trả 500.000.000 ₫" in client.get(book).content.decode()
        send = f"{book}viec/take-back/"
        assert client.post(send, {"target": refund.pk, "comment": " "}).status_code == 422, "a reason is needed"
        assert client.post(send, {"target": refund.pk, "comment": WHY}).status_code == 302
        page = client.get(book).content.decode()
        assert "Còn phải hoàn trả" not in page
        assert f"pay-back-{refund.pk}" not in page
        assert f"đã hủy yêu cầu ngày {DAY:%d/%m/%Y}" in client.get(f"{book}so-sach/").content.decode()
        assert f"hủy yêu cầu hoàn trả 500.000.000 ₫ (9/QĐ): {WHY}" in client.get(f"{book}dien-bien/").content.decode()
        assert Entry.objects.get(verb="mission.refund-taken-back").actor_id == here.officer.pk
        assert f"đã hủy yêu cầu ngày {DAY:%d/%m/%Y}" in client.get(f"{book}thanh-ly/").content.decode()
    assert desk(here.worker) == stood
    assert Case.objects.get(refund=refund).outcome == "cancelled"
    assert Notice.objects.filter(user=here.worker).count() == heard + 1
    assert Notice.objects.filter(user=here.worker, body=WHY).count() == 1
    found = Mission.objects.get(pk=mission.pk)
    assert (found.next_due_on, sums(found).demanded, sums(found).owed) == (due, 0, 0)
    assert "refund" not in context_of(found), "papers of the end tell of nothing to be paid back"
    assert demand(here, mission).open == PAID, "all that was paid can be demanded anew"


def test_a_demand_is_taken_back_once_and_by_who_may_demand(here: Mill, mission: Mission) -> None:
    refund = demand(here, mission)
    for nobody in (here.worker, here.stranger, here.leader):
        assert _refusal(refund, nobody)[0] == "mission-not-followed"
    with at(DAY):
        paying.say_paid(refund, comment="UNC 12", by=here.worker)
    assert _refusal(refund, here.officer)[0] == "refund-said-paid"
    with at(DAY):
        paying.deny(refund, comment="Kho bạc chưa thấy.", by=here.officer)
        paying.take_back(refund, reason=WHY, by=here.division_officer)
    assert _refusal(refund, here.officer)[0] == "refund-taken-back"
    for act in (
        lambda: paying.say_paid(refund, comment="UNC 12", by=here.worker),
        lambda: paying.pay_back(refund, amount=1, paid_on=DAY, by=here.officer),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert code_of(refused) == "refund-amount"


def test_what_was_paid_back_in_part_stays_demanded(here: Mill, mission: Mission) -> None:
    refund = demand(here, mission)
    with at(DAY):
        paying.pay_back(refund, amount=40_000_000, paid_on=DAY, by=here.officer)
        page = client_of(here.officer).get(mission.get_absolute_url()).content.decode()
        assert f'id="pay-back-{refund.pk}"' in page
        assert f'id="take-back-{refund.pk}"' not in page
    assert _refusal(refund, here.officer) == (
        "refund-paid",
        "Khoản này đã nộp 40.000.000 ₫; chỉ hủy được yêu cầu khi chưa nộp đồng nào.",
    )
    assert sums(Mission.objects.get(pk=mission.pk)).demanded == PAID


def _refusal(refund: Refund, by: User) -> tuple[str, str]:
    with at(DAY), pytest.raises(Refused) as refused:
        paying.take_back(refund, reason=WHY, by=by)
    return code_of(refused), str(refused.value)
