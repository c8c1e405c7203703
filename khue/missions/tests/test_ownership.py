"""The right to results: the lead organisation first, then others, else the state; by law under the newest rules."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.missions.actions.accept import ownership as work
from khue.missions.actions.accept.using import describe_result
from khue.missions.models import Acceptance, Mission, Ownership
from khue.missions.rules.carry.paper_heads import About, head_of
from khue.missions.tests.mill import NEW, OLD, Mill, running
from khue.missions.tests.test_select_pages import said

LATER = OLD + timedelta(days=800)
REQUEST = {"right": "ownership", "plan": "Chuyển giao cho ba hợp tác xã."}
DECISION = {"decision_sign": "91/QĐ-UBND", "decided_on": "2026-05-20", "conditions": "Trong 10 năm."}


def accepted(here: Mill, *, begun: object = OLD) -> Mission:
    """A mission with one registered result."""
    mission, _contract = running(here, begun)  # type: ignore[arg-type]
    Mission.objects.filter(pk=mission.pk).update(state=Mission.State.ACCEPTED, rating="passed")
    describe_result(mission, by=here.officer, kind="technology", title="Quy trình trồng rau", readiness=7)
    mission.results.update(registration_number=f"HNI-{mission.pk}", registered_on=OLD)
    return Mission.objects.select_related("host", "case").get(pk=mission.pk)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def code_of(error: "pytest.ExceptionInfo[Refused]") -> str:
    return error.value.refusal.code


def test_the_lead_organisation_is_asked_first_and_gets_it(here: Mill) -> None:
    mission = accepted(here)
    with at(LATER):
        officer, head, host = signed_in(here.officer), signed_in(here.head), signed_in(here.worker)
        opened = officer.post(reverse("missions:ownership-open", args=[mission.pk]))
        made = Ownership.objects.get()
        assert opened["Location"] == made.get_absolute_url()
        move = reverse("missions:ownership-move", args=[made.pk])
        assert host.post(move, {"move": "request", "request-right": "ownership"}).status_code == 422, "no plan"
        assert officer.post(move, {"move": "request", "request-right": "use", "request-plan": "x"}).status_code == 422
        sent = {"move": "request", "request-right": "ownership", "request-plan": REQUEST["plan"]}
        assert host.post(move, sent).status_code == 302
        officer.post(move, {"move": "ask-supplement", "comment": "Thiếu phương án tài chính."})
        host.post(move, {"move": "supplement", "comment": "Đã bổ sung."})
        officer.post(move, {"move": "accept-file"})
        officer.post(move, {"move": "appraise", "appraise-opinion": "Khả thi.", "appraise-agrees": "on"})
        assign = {f"assign-{name}": value for name, value in DECISION.items()}
        assert officer.post(move, {"move": "assign", **assign}).status_code == 422, "heads decide"
        assert head.post(move, {"move": "assign", **assign}).status_code == 302
        made.refresh_from_db()
        assert (made.case.step, made.decision_sign) == ("assigned", "91/QĐ-UBND")
        result = mission.results.get()
        assert result.owner == here.host
        assert "91/QĐ-UBND" in result.ownership_basis
        for name in ("offer", "request", "appraisal", "decision"):
            text = said(officer, reverse("missions:ownership-paper", args=[made.pk, name]))
            assert mission.title in text, name
            assert f"{LATER if name != 'decision' else date(2026, 5, 20):ngày %d tháng %-m năm %Y}" in text, name
            assert mission.host is not None
            assert mission.host.name in text
            if name == "decision":
                assert "Số: 91/QĐ-UBND" in text
                assert "Về việc giao quyền đối với kết quả nhiệm vụ" in text
            if name == "offer":
                assert f"trước ngày {LATER + timedelta(days=30):%d/%m/%Y}" in text, "as it was asked"
        assert "91/QĐ-UBND" in officer.get(reverse("missions:ownerships")).content.decode()
        assert officer.get(reverse("missions:ownerships"), {"format": "xlsx"}).content[:2] == b"PK"
        stranger = signed_in(here.stranger)
        assert stranger.get(made.get_absolute_url()).status_code == 404
        with pytest.raises(Refused) as error:
            work.open_ownership(mission, by=here.officer)
        assert code_of(error) == "ownership.open"


def test_who_does_not_answer_makes_room_for_others(here: Mill) -> None:
    mission = accepted(here)
    with at(LATER):
        made = work.open_ownership(mission, by=here.officer)
    with at(LATER + timedelta(days=20)):
        assert work.ask_others() == 0
    with at(LATER + timedelta(days=40)):
        assert work.ask_others() == 1
        assert work.ask_others() == 0
        told = {"applicant": here.elsewhere, "right": "use", "plan": "Tập huấn ở năm xã."}
        work.act(made, "propose", by=here.officer, data=told)
        assert signed_in(here.stranger).get(made.get_absolute_url()).status_code == 200, "it asks for the right now"
        work.act(made, "accept-file", by=here.officer)
        work.act(made, "appraise", by=here.officer, data={"opinion": "Khả thi.", "agrees": True})
        work.act(made, "assign", by=here.head, data=DECISION)
    result = mission.results.get()
    assert result.owner is None, "a right of use is no ownership"
    assert here.elsewhere.name in result.ownership_basis


def test_under_the_newest_rules_the_lead_organisation_owns_by_law(here: Mill) -> None:
    mission = accepted(here, begun=NEW)
    with pytest.raises(Refused) as error:
        work.open_ownership(mission, by=here.officer)
    assert code_of(error) == "ownership.by-law"
    assert work.own_by_law(mission, by=here.officer)
    result = mission.results.get()
    assert result.owner == here.host
    assert "267/2025" in result.ownership_basis
    Acceptance.objects.create(mission=mission, due_on=NEW, concluded_on=NEW, recognised_on=NEW, rating="passed")
    assert head_of("ownership", About(mission)).issued_on == NEW, "the day on which they were recognised"
