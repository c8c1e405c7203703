"""Where the river turns: nobody found, a tie, a conflict found late, a mission cut short or not accepted."""

from copy import deepcopy
from datetime import date, timedelta

import pytest

from khue.core.calendar import add_working_days
from khue.core.refusals import Refused
from khue.councils.actions import add_seat, conclude
from khue.councils.actions.closing import break_tie
from khue.councils.actions.conflicts import judge, report
from khue.councils.models import Conflict
from khue.councils.rules import visible_to as councils_visible_to
from khue.missions.actions.accept.accepting import fail_far_too_late, open_acceptance
from khue.missions.actions.carry.ending import suspend, terminate
from khue.missions.actions.carry.inspecting import announce
from khue.missions.actions.carry.inspecting import conclude as conclude_inspection
from khue.missions.actions.carry.paying import pay_back
from khue.missions.actions.select.calls import publish, repeat
from khue.missions.actions.select.evaluating import fail, form_council
from khue.missions.models import Acceptance, Call, Mission, Order, OrderList, Selection
from khue.missions.rules.select.applications import visible_to
from khue.missions.tests.market import again, fresh, moment, order_in
from tests.journeys.meetings import SEVEN, member, shares
from tests.journeys.river import River, river
from tests.town import signed_in

MONDAY = date(2024, 3, 4)


@pytest.fixture(autouse=True)
def _files_here() -> None:
    """The files of the worlds below stay where they were put."""


@pytest.fixture(scope="module")
def beginning(kept: None) -> River:
    """Who takes part. Made once; what follows from it is made once too, as far as the stories share it."""
    return river(MONDAY)


@pytest.fixture(scope="module")
def call_closed(beginning: River) -> tuple[River, Order, Selection]:
    """What the city ordered, and two applications for it that were opened."""
    listed = OrderList.objects.create(
        title="Danh mục", year=2024, host=beginning.market.mill.department, state="approved",
        decision_sign="1120/QĐ-UBND", decided_on=MONDAY,
    )  # fmt: skip
    story, order = deepcopy(beginning), order_in(listed, 1)
    selection = story.called(order)
    story.two_applications(selection)
    return story, order, story.opened(selection)


@pytest.fixture(scope="module")
def half_done(beginning: River) -> tuple[River, Mission]:
    """A mission that has reported once."""
    story = deepcopy(beginning)
    return story, story.reported(story.begun())


@pytest.fixture
def contest(call_closed: tuple[River, Order, Selection], put_back: None) -> tuple[River, Order, Selection]:
    return deepcopy(call_closed)


@pytest.fixture
def carried(half_done: tuple[River, Mission], put_back: None) -> tuple[River, Mission]:
    return deepcopy(half_done)


def code_of(error: "pytest.ExceptionInfo[Refused]") -> str:
    return error.value.refusal.code


def test_a_call_that_found_nobody_is_repeated_and_finds_somebody(contest: tuple[River, Order, Selection]) -> None:
    story, order, first = contest
    story.evaluated(first, {"Rau quả": 60, "Khác": 65})
    with story.wait(1).now():
        fail(fresh(first), reason="Không hồ sơ nào đạt ngưỡng điểm.", by=story.officer)
        closes = moment(story.day + timedelta(days=40))
        call = publish(repeat(Call.objects.get(), closes_at=closes, by=story.officer), by=story.officer)
    second = story.market.selection()
    assert (second.attempt, second.call, call.repeats) == (2, call, first.call)
    story.two_applications(second)
    story.opened(second)
    story.evaluated(second, {"Rau quả": 60, "Khác": 80})
    assert story.chosen(second).lead == story.market.mill.elsewhere
    mission = story.approved(second)
    assert (mission.host, mission.order) == (story.market.mill.elsewhere, order)
    assert set(first.applications.values_list("state", flat=True)) == {"lost"}
    assert order.selections.count() == 2


def test_a_tie_that_no_rule_breaks_is_broken_by_the_council(contest: tuple[River, Order, Selection]) -> None:
    story, _order, selection = contest
    council = story.voted(story.before_council(selection), SEVEN, shares({"Rau quả": 80, "Khác": 80}))
    assert {one.place for one in council.subjects.all()} == {1}
    other = council.subjects.get(title__contains="Khác")
    with story.now(12):
        with pytest.raises(Refused) as error:
            conclude(council, conclusion="Xong.", by=story.officer)
        assert code_of(error) == "council.tie"
        break_tie(council, other, by=story.officer, reason="Có vùng trồng rau gần nơi đặt hàng hơn.")
        conclude(council, conclusion="Đề nghị Viện Khác.", by=story.officer)
    winner = story.chosen(selection)
    assert (winner.lead, winner.rank) == (story.market.mill.elsewhere, 1)


def test_a_conflict_found_after_the_meeting_brings_the_case_before_another_council(
    contest: tuple[River, Order, Selection],
) -> None:
    story, _order, selection = contest
    council = story.evaluated(selection, {"Rau quả": 90, "Khác": 75})
    person, substitute = story.market.experts[5], story.market.experts[7]
    subject = council.subjects.get(title__contains="Rau quả")
    assert visible_to(member(person)).exists()
    with story.wait(2).now():
        told = report(council, person, subject, ground="family", text="Vợ làm tại Viện.", by=story.officer)
        assert not visible_to(again(member(person))).filter(lead=story.market.mill.host).exists()
        judge(council, told, confirmed=True, reason="Có sổ hộ khẩu.", by=story.head)
        page = signed_in(story.officer).get(selection.get_absolute_url()).content.decode()
        assert f"có người xung đột lợi ích với hồ sơ: {person}" in page
        second = form_council(fresh(selection), by=story.officer)
        with pytest.raises(Refused) as error:
            add_seat(second, person, role="member", by=story.officer)
        assert code_of(error) == "council.conflict"
    assert not councils_visible_to(again(member(person))).filter(pk=second.pk).exists()
    people = [*story.market.experts[:5], substitute, story.market.experts[6]]
    story.meet(second, SEVEN, shares({"Rau quả": 74, "Khác": 88}), people)
    assert story.chosen(selection).lead == story.market.mill.elsewhere
    assert Conflict.objects.filter(person=person, state="confirmed").exists()
    assert council.subjects.get(place=1) == subject, "what the first council counted stays on file"


def test_a_mission_is_terminated_and_what_was_not_used_is_paid_back(carried: tuple[River, Mission]) -> None:
    story, mission = carried
    with story.wait(10).now():
        suspend(mission, reason="Không bố trí được vốn đối ứng.", by=story.head)
        visit = announce(mission, held_on=add_working_days(story.day, 5), members="Trần Đức Minh", by=story.officer)
    story.day = visit.held_on
    with story.now():
        conclude_inspection(visit, findings="Làm được một nửa.", conclusion="Không thể tiếp tục.", by=story.officer)
    with story.wait(10).now():
        terminate(
            mission, decision_sign="77/QĐ-UBND", decided_on=story.day, refund=250_000_000, reason="Hết khả năng.",
            by=story.head,
        )  # fmt: skip
        refund = mission.refunds.get()
        pay_back(refund, amount=100_000_000, paid_on=story.day, by=story.officer)
        pay_back(refund, amount=150_000_000, paid_on=story.day, by=story.officer)
    mission = Mission.objects.select_related("case").get(pk=mission.pk)
    assert mission.case is not None
    assert (mission.state, mission.case.outcome) == ("terminated", "cancelled")
    with story.now(), pytest.raises(Refused):
        open_acceptance(mission, by=story.officer)


def test_an_acceptance_that_fails_leaves_the_mission_not_accepted(carried: tuple[River, Mission]) -> None:
    story, mission = carried
    mission = story.ended(mission)
    acceptance = story.rated(story.filed(mission), "failed")
    assert (acceptance.rating, acceptance.mission.state) == ("failed", "failed")
    assert acceptance.case is not None
    assert acceptance.case.outcome == "cancelled"
    assert not acceptance.mission.use_reports.exists()
    host = again(story.market.first_head)
    assert host.notices.filter(dossier=f"acceptance:{acceptance.pk}").exists()


def test_an_acceptance_six_months_late_is_closed_by_the_night(carried: tuple[River, Mission]) -> None:
    story, mission = carried
    mission = story.ended(mission)
    with story.now():
        acceptance = open_acceptance(mission, by=story.officer)
    story.day = acceptance.due_on + timedelta(days=180)
    with story.now():
        assert fail_far_too_late() == 0
    with story.wait(10).now():
        assert fail_far_too_late() == 1
    acceptance = Acceptance.objects.select_related("mission").get(pk=acceptance.pk)
    assert (acceptance.rating, acceptance.mission.state) == ("failed", "failed")
