"""From the opening to the approval, and what stands against an applicant."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.urls import reverse

from khue.accounts.actions import add_user, give_role
from khue.core.refusals import Refused
from khue.councils.rules.words import words_of
from khue.directory.models import Person, Post, Unit, UnitSuccession
from khue.flow.shelf.filling import fill
from khue.missions.actions.select.applications import save_section
from khue.missions.actions.select.attachments import attach
from khue.missions.actions.select.calls import cancel_selection, invite_directly
from khue.missions.actions.select.completing import (
    Cut,
    appraise,
    approve,
    ask_revision,
    form_budget_team,
    hand_in,
    publish_result,
    submit_for_approval,
)
from khue.missions.actions.select.eligibility import check, declare, judge
from khue.missions.actions.select.evaluating import choose, fail, form_council
from khue.missions.models import Application, Eligibility, Mission, Order, Plan, Refund, Selection
from khue.missions.rules.select.applications import visible_to
from khue.missions.rules.select.plans import sums
from khue.missions.rules.select.words import selection_words
from khue.missions.tests.market import MONDAY, Market, again, answered, fresh, market, moment, on, order_in, paper
from khue.missions.tests.mill import FOUNDED, FOUNDER
from khue.missions.tests.test_applying import refused
from khue.missions.tests.test_select_pages import client, said
from khue.notices.models import Notice

CLOSED = MONDAY + timedelta(days=32)
World = tuple[Market, tuple[Application, Application]]


@pytest.fixture(scope="module")
def world(kept: None) -> World:
    """Two organisations have applied."""
    with on(MONDAY):
        made = market()
        made.called()
    with on(MONDAY + timedelta(days=3)):
        return made, made.both(made.selection())


@pytest.fixture
def _anew(world: World, put_back: None) -> World:
    return deepcopy(world)


@pytest.fixture
def fair(_anew: World) -> Market:
    return _anew[0]


@pytest.fixture
def two(_anew: World) -> tuple[Application, Application]:
    return _anew[1]


def finding(application: Application, bar: str) -> Eligibility:
    return application.eligibility.get(bar=bar)


def opened(fair: Market) -> Selection:
    with on(CLOSED):
        return fair.opened(fair.selection())


# ------------------------------------------------------------------ eligibility


def past(fair: Market, **facts: object) -> Mission:
    told = {"title": "Nhiệm vụ cũ", "type": "technology-topic", "year": 2021, "host": fair.mill.host, **facts}
    return Mission.objects.create(**told)


def test_an_investigator_who_leads_already_is_barred_with_the_mission_as_evidence(
    fair: Market, two: tuple[Application, Application]
) -> None:
    leading = Person.objects.create(full_name="Phạm Thị Hòa")
    Post.objects.create(person=leading, unit=fair.mill.host, position="Nghiên cứu viên", valid_from=date(2020, 1, 1))
    mission = past(fair, investigator=leading, state="running", host=None, ends_on=date(2025, 1, 1))
    opened(fair)
    row = finding(two[0], "bar-leads-already")
    assert (row.finding, row.evidence) == ("barred", [f"mission:{mission.pk}"])
    assert finding(two[1], "bar-leads-already").finding == "clear"


def test_an_investigator_put_forward_twice_is_told_of(fair: Market, two: tuple[Application, Application]) -> None:
    opened(fair)
    order = order_in(fair.order.list, 2, "Chế phẩm vi sinh xử lý rơm rạ")
    other = Selection.objects.create(
        order=order, attempt=1, call=two[0].selection.call, closes_at=moment(CLOSED), opened_at=moment(CLOSED)
    )
    two[0].refresh_from_db()
    plan = Plan.objects.create(type=order.type, name=order.name, months=12)
    Application.objects.create(
        selection=other,
        lead=fair.mill.elsewhere,
        plan=plan,
        investigator=two[0].investigator,
        state="eligible",
        submitted_at=moment(CLOSED),
        receipt_number=1,
        receipt_sha256="0" * 64,
    )
    with on(CLOSED):
        check(two[0], by=fair.officer)
    row = finding(two[0], "bar-leads-already")
    assert row.finding == "unknown"
    assert order.name in row.reason


def test_a_namesake_is_not_known_rather_than_clear(fair: Market, two: tuple[Application, Application]) -> None:
    other = Person.objects.create(full_name="Phạm Thị Hòa")
    past(fair, investigator=other, state="running", host=None, ends_on=date(2025, 1, 1))
    opened(fair)
    assert finding(two[0], "bar-leads-already").finding == "unknown"


def test_what_an_earlier_unit_and_another_spelling_owe_is_owed(
    fair: Market, two: tuple[Application, Application]
) -> None:
    before = Unit.objects.create(
        name="Viện Rau", kind="institute", valid_from=date(2010, 1, 1), valid_to=date(2020, 12, 31)
    )
    UnitSuccession.objects.create(old=before, new=fair.mill.host, on=date(2021, 1, 1))
    mission = past(fair, host=before, state="terminated")
    Refund.objects.create(
        mission=mission, amount=5_000_000, reason="Chưa làm", decision_sign="1/QĐ", decided_on=date(2020, 1, 1),
        due_on=date(2020, 6, 1),
    )  # fmt: skip
    Refund.objects.create(
        mission=mission, amount=7_000_000, reason="Nhầm", decision_sign="2/QĐ", decided_on=date(2020, 1, 1),
        due_on=date(2020, 6, 1), taken_back_on=date(2020, 2, 1),
    )  # fmt: skip
    past(fair, host=None, host_name="VIỆN NGHIÊN CỨU RAU QUẢ", state="ended", ends_on=date(2024, 1, 1))
    opened(fair)
    assert finding(two[0], "bar-refund-unpaid").finding == "barred"
    assert "5.000.000 ₫" in finding(two[0], "bar-refund-unpaid").reason
    assert finding(two[0], "bar-acceptance-overdue").finding == "barred"
    assert finding(two[0], "bar-host-suspended").finding == "unknown", "stopped on a day that is not on file"
    assert finding(two[1], "bar-refund-unpaid").finding == "clear"


def test_thirty_days_after_the_end_the_file_is_not_overdue_yet(
    fair: Market, two: tuple[Application, Application]
) -> None:
    past(fair, state="ended", ends_on=CLOSED - timedelta(days=30))
    opened(fair)
    assert finding(two[0], "bar-acceptance-overdue").finding == "clear"
    with on(CLOSED + timedelta(days=1)):
        check(two[0], by=fair.officer)
    assert finding(two[0], "bar-acceptance-overdue").finding == "barred"


def test_an_officer_judges_otherwise_with_a_reason_and_it_stays(
    fair: Market, two: tuple[Application, Application]
) -> None:
    opened(fair)
    row = finding(two[0], "investigator-active")
    assert row.finding == "unknown"
    with on(CLOSED):
        with refused("eligibility.open"):
            declare(two[0], valid=True, by=fair.officer)
        with refused("eligibility.reason"):
            judge(row, finding="clear", reason=" ", by=fair.officer)
        with refused("eligibility.not-yours"):
            judge(row, finding="clear", reason="Có bài báo 2023.", by=again(fair.second_head))
        judge(row, finding="clear", reason="Có bài báo 2023.", by=fair.officer)
        check(two[0], by=fair.officer)
    assert finding(two[0], "investigator-active").finding == "clear"


def test_an_invalid_one_is_told_why_and_goes_before_no_council(
    fair: Market, two: tuple[Application, Application]
) -> None:
    selection = opened(fair)
    with on(CLOSED):
        with refused("selection.undecided"):
            form_council(selection, by=fair.officer)
        with refused("eligibility.reason"):
            declare(two[1], valid=False, by=fair.officer)
        declare(two[1], valid=False, reason="Chủ nhiệm đang chủ trì nhiệm vụ khác.", by=fair.officer)
        fair.settled(two[0])
        council = form_council(selection, by=fair.officer)
    assert [one.dossier for one in council.subjects.all()] == [two[0].dossier]


def test_what_an_organisation_is_told_reaches_who_may_open_it(
    fair: Market, two: tuple[Application, Application]
) -> None:
    """Not its experts, who judge applications of others and see only what they are invited to."""
    ours = two[1].lead
    judge = add_user(email="judge@khue.example", full_name="Lê Thị Giám", by=FOUNDER)
    give_role(judge, unit=ours, role="expert", valid_from=FOUNDED, by=FOUNDER)
    selection, direct = opened(fair), order_in(two[1].selection.order.list, 9, way="direct")
    with on(CLOSED):
        declare(two[1], valid=False, reason="Chủ nhiệm đang chủ trì nhiệm vụ khác.", by=fair.officer)
        closes_at = moment(CLOSED + timedelta(days=30))
        made = invite_directly(direct, ours, closes_at=closes_at, by=fair.officer, ground="single")
        cancel_selection(selection, by=fair.mill.head, reason="Nhu cầu đã thay đổi.")
    told = Notice.objects.filter(dossier__in=[two[1].dossier, made.dossier, selection.dossier])
    assert set(told.filter(user=fair.second_head).values_list("dossier", flat=True)) == {
        two[1].dossier, made.dossier, selection.dossier,
    }  # fmt: skip
    assert not told.filter(user=judge).exists()


# ------------------------------------------------------------------ the whole way


def to_winner(fair: Market, two: tuple[Application, Application]) -> Selection:
    selection = opened(fair)
    with on(CLOSED + timedelta(days=2)):
        for application in two:
            fair.settled(application)
        council = form_council(selection, by=fair.officer)
        fair.sat(council, {1: [80, 82, 84, 80, 82, 84, 80], 2: [90, 92, 91, 90, 92, 91, 40]})
        choose(fresh(selection), by=fair.officer)
    return Selection.objects.get(pk=selection.pk)


def _nobody_else_writes(fair: Market, winner: Application) -> None:
    """In the completed outline."""
    for user in (fair.first_head, fair.officer):
        with on(CLOSED + timedelta(days=3)), pytest.raises(Refused):
            save_section(winner, "general", {"name": "Khác", "months": 12}, by=again(user))
    assert not visible_to(again(fair.first_head)).filter(pk=winner.pk).exists()


def test_the_best_after_dropping_the_outlier_wins_and_is_approved(
    fair: Market, two: tuple[Application, Application]
) -> None:
    selection = to_winner(fair, two)
    winner = selection.winner
    assert winner == two[1]
    assert winner is not None
    assert winner.rank == 1
    assert selection.completed is not None
    _nobody_else_writes(fair, winner)
    with on(CLOSED + timedelta(days=10)):
        with refused("attachment.no-quotation"):
            hand_in(selection, by=again(fair.second_head))
        attach(winner, paper(), kind="quotation", issued_on=CLOSED, by=again(fair.second_head))
        save_section(winner, "outline", {**selection.completed.answers, "risks": "Đã nêu."}, by=again(fair.second_head))
        with refused("selection.unexplained"):
            hand_in(selection, by=again(fair.second_head))
        answered(selection, by=again(fair.second_head))
        hand_in(selection, by=again(fair.second_head))
        team = form_budget_team(fresh(selection), by=fair.officer)
        line = selection.completed.budget.get(item="materials")
        with refused("budget.remark") as told:
            appraise(fresh(selection), {line.pk: Cut(60_000_000)}, by=fair.officer)
        assert "Nguyên vật liệu" in str(told.value), "the item as people call it"
        appraise(fresh(selection), {line.pk: Cut(60_000_000, "Đã có vật tư")}, by=fair.officer)
        fair.agreed(team)
        minutes = fill(team.process_version.definition.papers["budget-minutes"], words_of(team))
        assert "- Lý do: Đã có vật tư" in minutes
        assert "60.000.000 đồng | Đã có vật tư |" in minutes, "what the team approved of the item"
        assert "Phương thức khoán chi: Khoán chi" in minutes
        assert "| Tổ trưởng |" in minutes
        commented = fill(team.process_version.definition.papers["budget-comment"], words_of(team))
        assert "60.000.000 đồng | 0 đồng | 60.000.000 đồng |" in commented, "each item with its sum"
        assert f"- Nhiệm vụ: {selection.completed.name}\n" in commented, "the mission, without whose application it is"
        with refused("budget.cut"):
            submit_for_approval(fresh(selection), by=fair.officer)
        ask_revision(fresh(selection), reason="Giảm vật tư.", by=fair.officer)
        with refused("selection.unexplained"):
            hand_in(fresh(selection), by=again(fair.second_head))
        answered(selection, by=again(fair.second_head))
        hand_in(fresh(selection), by=again(fair.second_head))
        leads_now = past(fair, investigator=selection.completed.people.get(role="investigator").person, state="running")
        with refused("selection.leads-another"):
            approve(fresh(selection), decision_sign="1506/QĐ-UBND", decided_on=CLOSED, by=fair.mill.head)
        leads_now.delete()
        with refused("flow.not-yours"):
            approve(fresh(selection), decision_sign="1506/QĐ-UBND", decided_on=CLOSED, by=fair.officer)
        approve(fresh(selection), decision_sign="1506/QĐ-UBND", decided_on=CLOSED, by=fair.mill.head)
        publish_result(fresh(selection), by=fair.officer)
    selection.refresh_from_db()
    decision = selection_words(fresh(selection), [])["decision"]
    assert decision["authority"] == selection.order.list.host.name
    assert fair.order.list.decision_sign in decision["ground"]
    winner.refresh_from_db()
    two[0].refresh_from_db()
    assert (winner.state, two[0].state) == ("won", "lost")
    assert Order.objects.get(pk=fair.order.pk).state == Order.State.ASSIGNED
    mission = Mission.objects.get(application=winner)
    assert mission.budget_state == 560_000_000
    assert sums(winner.plan).total == 600_000_000, "the outline applied with stays as it was"
    completed = Plan.objects.get(completed_for=selection)
    assert completed.stand == "completed"
    for name, money in (("application", "600.000.000"), ("outline-technology", "560.000.000")):
        address = reverse("missions:application-paper", args=[winner.pk, name])
        text = said(client(fair.officer), address)
        assert f"{money} đồng" in text, "the letter as it was handed in, the outline as it was completed"
        assert (mission.code in text) == (name != "application")
    assert "Không có tổ chức phối hợp." in text


def test_when_nobody_reaches_seventy_nobody_is_chosen(fair: Market, two: tuple[Application, Application]) -> None:
    selection = opened(fair)
    with on(CLOSED + timedelta(days=2)):
        for application in two:
            fair.settled(application)
        council = form_council(selection, by=fair.officer)
        with refused("selection.no-result"):
            choose(fresh(selection), by=fair.officer)
        fair.sat(council, {1: [60] * 7, 2: [65] * 7})
        with refused("selection.nobody"):
            choose(fresh(selection), by=fair.officer)
        fail(fresh(selection), reason="Không hồ sơ nào đạt 70 điểm.", by=fair.officer)
    assert Order.objects.get(pk=fair.order.pk).state == Order.State.FAILED
    assert set(Application.objects.values_list("state", flat=True)) == {"lost"}
