"""Changes by the matrix: who decides, once or not, how far, and what becomes of the outline."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from khue.core.clock import at
from khue.core.refusals import Refused
from khue.directory.actions.units import end_unit
from khue.directory.models import Person
from khue.missions.actions.carry import reporting
from khue.missions.actions.carry.adjusting import answer_change, ask_change, object_to, withdraw_change
from khue.missions.models import Adjustment, Mission
from khue.missions.rules.carry.adjusting import Wish, matrix
from khue.missions.tests.mill import FOUNDER, NEW, OLD, Mill, mill, running, waiting
from khue.missions.tests.test_contracting import code_of
from khue.missions.tests.test_select_pages import said
from tests.worlds import Worlds

SOON = timedelta(days=60)
WHAT = ("end", "title", "objective", "investigator", "lead", "text")
PAPERS = {"council": "Biên bản ngày 02/05/2024", "orderer": "12/SNNMT-KH"}


def ran(here: Mill) -> Mill:
    running(here)
    return here


@pytest.fixture
def here(worlds: Worlds) -> Iterator[Mill]:
    """One mission is running, under the oldest rules."""
    with worlds.copy(mill, ran) as made:
        yield made


def _ask(here: Mill, mission: Mission, kind: str, **more: Any) -> Adjustment:
    after: dict[str, Any] = {name: more.pop(name) for name in WHAT if name in more}
    return ask_change(mission, Wish(kind, after, more.pop("reason", "Mưa lớn làm mất một vụ."), **more), by=here.worker)


def _refusal(here: Mill, mission: Mission, kind: str, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        _ask(here, mission, kind, **more)
    return code_of(refused)


def _answer(here: Mill, change: Adjustment, *, granted: bool = True) -> Adjustment:
    return answer_change(
        change, granted=granted, decision_sign="45/QĐ-SKHCN", decided_on=change.asked_on, answer="Theo đề nghị.",
        by=here.head,
    )  # fmt: skip


def test_an_extension_is_granted_once_and_makes_a_new_outline(here: Mill, mission: Mission) -> None:
    with at(OLD + SOON):
        change = _ask(here, mission, "extension", end=date(2026, 9, 3))
        assert (change.decides, change.answer_due_on) == ("head", OLD + SOON + timedelta(days=30))
        _answer(here, change)
        mission = Mission.objects.select_related("plan", "case").get(pk=mission.pk)
        assert mission.plan is not None
        assert mission.case is not None
        assert (mission.plan.stand, mission.plan.months, mission.ends_on) == ("adjusted", 30, date(2026, 9, 3))
        assert (mission.case.due_on, mission.first_ends_on) == (date(2026, 9, 3), date(2026, 3, 3))
        assert list(mission.plan.stages.values_list("to_month", flat=True)) == [12, 30]
        assert _refusal(here, mission, "extension", end=date(2026, 9, 4)) == "extension-times"
        reader = Client()
        reader.force_login(here.officer)
        signed = said(reader, reverse("missions:paper", args=[mission.pk, "contract"]))
    assert "Thời gian: 24 tháng, từ 04/03/2024 đến 03/03/2026." in signed, "as it was signed, not as it was changed"


@pytest.mark.parametrize(("months", "most"), [(24, date(2026, 9, 3)), (30, date(2027, 9, 3))])
def test_how_long_an_extension_may_be_hangs_on_the_length(here: Mill, months: int, most: date) -> None:
    mission, _contract = running(here, months=months)
    with at(OLD + SOON):
        assert _refusal(here, mission, "extension", end=most + timedelta(days=1)) == "extension-long"
        assert _ask(here, mission, "extension", end=most).state == "asked"


def test_an_extension_is_asked_for_a_month_before_the_end(here: Mill, mission: Mission) -> None:
    with at(date(2026, 2, 4)):
        assert _refusal(here, mission, "extension", end=date(2026, 5, 3)) == "extension-late"
    with at(date(2026, 2, 3)):
        assert _ask(here, mission, "extension", end=date(2026, 5, 3)).state == "asked"


def test_a_second_request_waits_for_the_first_or_takes_it_back(here: Mill, mission: Mission) -> None:
    with at(OLD + SOON):
        change = _ask(here, mission, "extension", end=date(2026, 5, 3))
        assert _refusal(here, mission, "extension", end=date(2026, 6, 3)) == "adjustment-open"
        withdraw_change(change, by=here.worker)
        assert _ask(here, mission, "extension", end=date(2026, 6, 3)).state == "asked"


def test_under_a_lump_sum_to_the_final_product_names_objectives_and_products_never_change(here: Mill) -> None:
    mission, _contract = running(here, lump_sum="full")
    with at(OLD + SOON):
        for kind in ("name", "objective", "products"):
            assert _refusal(here, mission, kind, title="Khác", text="Khác", consents=PAPERS) == "adjustment-never"
    assert matrix(mission)["content"] == "host"


def test_a_new_name_needs_a_council_and_the_ordering_body(here: Mill, mission: Mission) -> None:
    with at(OLD + SOON):
        assert _refusal(here, mission, "name", title="Tên mới") == "adjustment-council"
        assert _refusal(here, mission, "name", title="Tên mới", consents={"council": "BB"}) == "adjustment-orderer"
        _answer(here, _ask(here, mission, "name", title="Tên mới của nhiệm vụ", consents=PAPERS))
    mission = Mission.objects.select_related("plan", "case").get(pk=mission.pk)
    assert mission.plan is not None
    assert mission.case is not None
    assert {mission.title, mission.plan.name, mission.case.title} == {"Tên mới của nhiệm vụ"}


def test_shortening_waits_until_two_thirds_are_done(here: Mill) -> None:
    mission, _contract = running(here, NEW)
    report = mission.reports.get()
    with at(NEW + timedelta(days=100)):
        assert _refusal(here, mission, "shortening", end=date(2027, 6, 1)) == "shortening-early"
        reporting.save_report(report, by=here.worker, text="Nhanh.", stages={1: (100, ""), 2: (40, "")})
        reporting.submit_report(report, by=here.worker)
        _answer(here, _ask(here, mission, "shortening", end=date(2027, 6, 1)))
    mission.refresh_from_db()
    assert mission.ends_on == date(2027, 6, 1)


def test_the_lead_organisation_changes_its_investigator_and_the_department_may_object(
    here: Mill, mission: Mission
) -> None:
    other = Person.objects.create(full_name="Ngô Văn Hải")
    with at(OLD + SOON):
        assert _refusal(here, mission, "investigator", investigator=other.pk) == "adjustment-ground"
        change = _ask(here, mission, "investigator", investigator=other.pk, ground="illness")
        mission.refresh_from_db()
        assert (change.state, mission.investigator) == ("noted", other)
        with pytest.raises(Refused):
            object_to(change, reason="Không đủ điều kiện.", by=here.worker)
        object_to(change, reason="Không đủ điều kiện.", by=here.head)
        mission.refresh_from_db()
        assert mission.investigator == here.investigator


def test_an_objection_comes_too_late_after_five_working_days(here: Mill, mission: Mission) -> None:
    with at(OLD + SOON):
        change = _ask(here, mission, "members", text="Thêm kỹ sư Lê Văn Tám.")
    with at(OLD + SOON + timedelta(days=14)), pytest.raises(Refused) as refused:
        object_to(change, reason="Muộn.", by=here.head)
    assert code_of(refused) == "object-late"


def test_somebody_who_leads_a_mission_cannot_take_a_second(here: Mill, mission: Mission) -> None:
    other = Person.objects.create(full_name="Ngô Văn Hải")
    second = waiting(here)
    Mission.objects.filter(pk=second.pk).update(investigator=other)
    with at(OLD + SOON):
        assert _refusal(here, mission, "investigator", investigator=other.pk, ground="death") == "investigator-leads"


def test_another_lead_organisation_only_after_a_merger(here: Mill, mission: Mission) -> None:
    with at(OLD + SOON):
        assert _refusal(here, mission, "lead", lead=here.elsewhere.pk) == "lead-no-merger"


def test_when_the_lead_organisation_ends_its_missions_go_on_with_its_heir(here: Mill, mission: Mission) -> None:
    with at(OLD + SOON):
        end_unit(here.host, on=OLD + SOON, successors=[here.elsewhere], by=FOUNDER, basis="Quyết định sáp nhập")
    mission.refresh_from_db()
    assert mission.case is not None
    assert mission.host == here.elsewhere
    assert mission.case.parties.get(party="host").unit == here.elsewhere


def test_a_refused_change_leaves_everything_as_it_was(here: Mill, mission: Mission) -> None:
    with at(OLD + SOON):
        change = _answer(here, _ask(here, mission, "extension", end=date(2026, 5, 3)), granted=False)
        with pytest.raises(Refused) as refused:
            _answer(here, change)
        assert code_of(refused) == "adjustment-answered"
    mission.refresh_from_db()
    assert (change.state, mission.ends_on) == ("refused", date(2026, 3, 3))


def test_an_officer_does_not_decide(here: Mill, mission: Mission) -> None:
    with at(OLD + SOON):
        change = _ask(here, mission, "extension", end=date(2026, 5, 3))
        with pytest.raises(Refused) as refused:
            answer_change(
                change, granted=True, decision_sign="1/QĐ", decided_on=OLD + SOON, answer="Đồng ý", by=here.officer
            )
    assert code_of(refused) == "flow.not-yours"
