"""Acceptances that go wrong: nobody files for more than six months, and what is paid back then."""

from datetime import date

import pytest

from khue.core.calendar import add_months
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.missions.actions.accept.acceptance_file import accept_those_ended
from khue.missions.actions.accept.accepting import act, fail_far_too_late
from khue.missions.actions.carry.ending import end_those_over
from khue.missions.actions.carry.paying import demand_refund, pay, pay_back
from khue.missions.models import Mission
from khue.missions.tests.mill import Mill, running


def test_a_file_that_never_comes_fails_by_itself_and_the_money_goes_back(here: Mill) -> None:
    mission, contract = running(here)
    first = contract.instalments.get(number=1)
    with at(first.due_on):
        pay(first, amount=first.amount, paid_on=first.due_on, by=here.officer, condition_met=True)
    mission = Mission.objects.get(pk=mission.pk)
    assert mission.ends_on is not None
    with at(date(mission.ends_on.year, mission.ends_on.month, 28)):
        end_those_over()
        assert accept_those_ended() == 1
        assert accept_those_ended() == 0, "once"
    acceptance = mission.acceptances.get()
    assert (acceptance.due_on - mission.ends_on).days == 30
    assert Mission.objects.get(pk=mission.pk).state == "accepting"
    with at(add_months(acceptance.due_on, 5)):
        with pytest.raises(Refused, match="6"):
            act(acceptance, "fail-late", by=here.head, comment="Quá chậm")
        assert fail_far_too_late() == 0
    with at(add_months(acceptance.due_on, 7)):
        assert fail_far_too_late() == 1
        assert fail_far_too_late() == 0
        mission = Mission.objects.get(pk=mission.pk)
        assert (mission.state, mission.rating) == ("failed", "failed")
        refund = demand_refund(
            mission, amount=300_000_000, reason="Không nộp hồ sơ", decision_sign="12/QĐ", by=here.officer,
            decided_on=add_months(acceptance.due_on, 7),
        )  # fmt: skip
        pay_back(refund, amount=300_000_000, paid_on=add_months(acceptance.due_on, 7), by=here.officer)
        refund.refresh_from_db()
        assert refund.paid == refund.amount
