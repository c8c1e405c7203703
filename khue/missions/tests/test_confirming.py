"""That the file was completed as the council asked, its chair confirms, here or on paper; before, nothing goes on."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.councils.models import Conflict, Council
from khue.councils.tests.hall import MONDAY, hall, of
from khue.flow.desk import waiting_for
from khue.missions.actions.accept.acceptance_file import attach_part
from khue.missions.actions.accept.accepting import act
from khue.missions.actions.accept.confirming import confirm_on_paper
from khue.missions.models import Acceptance
from khue.missions.tests.scene import Scene, scene
from khue.missions.tests.test_acceptance_review import code_of, signed_in
from khue.missions.tests.test_accepting import fresh, rated
from khue.missions.tests.test_select_pages import said
from khue.notices.models import Notice

DAY = date(2024, 6, 10)
NUMBER = {"registration_number": "HN-01", "registered_on": DAY.isoformat()}


class World:
    """A council has concluded; the lead organisation completes the file."""

    def __init__(self, here: Scene, acceptance: Acceptance, council: Council, writer: User) -> None:
        self.here, self.acceptance, self.council, self.writer = here, acceptance, council, writer

    @property
    def now(self) -> Acceptance:
        return Acceptance.objects.select_related("case").get(pk=self.acceptance.pk)

    @property
    def chair(self) -> User:
        return of(self.council.seats.get(role="chair").person)

    def handed_in(self) -> Acceptance:
        return act(self.now, "hand-in", by=fresh(self.writer))

    def on_paper(self, **told: Any) -> Acceptance:
        facts: dict[str, Any] = {
            "confirmed_by": "Ngô Chủ Tịch",
            "confirmed_on": DAY,
            "reason": "Ký tay.",
            "by": self.here.hall.officer,
        }
        return confirm_on_paper(self.now, ContentFile("Đã hoàn thiện.".encode(), "xac-nhan.txt"), **facts | told)


@pytest.fixture(scope="module")
def concluded(kept: None) -> World:
    with at(MONDAY):
        here = scene(hall())
        return World(here, *rated(here))


@pytest.fixture
def world(concluded: World, put_back: None) -> Iterator[World]:
    with at(DAY):
        yield deepcopy(concluded)


def test_it_waits_on_the_desk_of_the_chair_and_nothing_goes_on_before(world: World) -> None:
    handed = world.handed_in()
    assert handed.case.step == "confirming"
    assert waiting_for(world.chair).filter(case=handed.case).exists()
    assert not waiting_for(fresh(world.here.hall.officer)).filter(case=handed.case).exists()
    assert Notice.objects.filter(user=world.chair, dossier=f"acceptance:{handed.pk}").exists()
    for who, move, code in (
        (world.writer, "register", "flow.wrong-step"), (world.writer, "confirm", "flow.not-yours"),
        (world.here.hall.officer, "confirm", "flow.not-yours"),
        (of(world.council.seats.get(role="vice-chair").person), "confirm", "flow.not-yours"),
        (world.here.hall.officer, "confirm-on-paper", "completion.unsigned"),
    ):  # fmt: skip
        with pytest.raises(Refused) as error:
            act(world.now, move, by=fresh(who), data=NUMBER if move == "register" else None, comment="Đã xem.")
        assert code_of(error) == code, move
    done = act(world.now, "confirm", by=world.chair)
    assert (done.case.step, done.confirmed_on, done.confirmed_by) == ("registering", DAY, str(world.chair.person))


def test_the_chair_may_ask_for_more_and_confirms_what_comes_then(world: World) -> None:
    world.handed_in()
    with pytest.raises(Refused) as error:
        act(world.now, "complete-further", by=world.chair)
    assert code_of(error) == "flow.comment-missing"
    back = act(world.now, "complete-further", by=world.chair, comment="Chưa có số liệu đối chứng.")
    assert (back.case.step, back.confirmed_on) == ("completing", None)
    assert world.handed_in().case.step == "confirming"
    act(world.now, "confirm", by=world.chair)
    again = act(world.now, "send-back", by=world.here.hall.officer, comment="Thiếu trang.")
    assert (again.confirmed_on, again.confirmed_by) == (None, ""), "what comes then is confirmed anew"


def test_on_paper_an_officer_enters_the_scan_who_signed_when_and_why(world: World) -> None:
    with pytest.raises(Refused) as error:
        world.on_paper()
    assert code_of(error) == "flow.wrong-step"
    world.handed_in()
    for told, code in (
        ({"by": fresh(world.writer)}, "flow.not-yours"), ({"confirmed_by": "  "}, "completion.no-name"),
        ({"confirmed_on": date(2024, 6, 9)}, "completion.day"), ({"confirmed_on": date(2024, 6, 11)}, "completion.day"),
        ({"reason": " "}, "completion.no-reason"),
    ):  # fmt: skip
        with pytest.raises(Refused) as error:
            world.on_paper(**told)
        assert code_of(error) == code
    assert not world.now.parts.filter(part="confirmation").exists()
    done = world.on_paper()
    assert (done.case.step, done.confirmed_by) == ("registering", "Ngô Chủ Tịch")
    assert done.parts.get(part="confirmation").file.restricted


def test_the_lead_organisation_does_not_attach_the_confirmation_itself(world: World) -> None:
    with pytest.raises(Refused) as error:
        attach_part(world.now, ContentFile(b"x", "x.txt"), part="confirmation", by=fresh(world.writer))
    assert code_of(error) == "acceptance.no-such-part"


def test_a_chair_in_conflict_confirms_nothing(world: World) -> None:
    world.handed_in()
    person = world.chair.person
    assert person is not None
    Conflict.objects.create(
        person=person, dossier=f"acceptance:{world.acceptance.pk}", ground="interest", source="declared",
        state=Conflict.State.CONFIRMED,
    )  # fmt: skip
    with pytest.raises(Refused) as error:
        act(world.now, "confirm", by=world.chair)
    assert code_of(error) == "completion.not-yours"
    assert world.on_paper().case.step == "registering"


def test_the_pages_of_the_chair_and_of_the_department(world: World) -> None:
    world.handed_in()
    page = world.acceptance.get_absolute_url()
    chair, officer = signed_in(world.chair), signed_in(world.here.hall.officer)
    assert page in chair.get("/").content.decode(), "one click from the desk"
    shown = chair.get(page).content.decode()
    assert "Xác nhận đã hoàn thiện theo kết luận" in shown
    assert "chưa kiểm chứng" in shown
    paper = reverse("missions:acceptance-paper", args=[world.acceptance.pk, "completion"])
    assert str(world.council.seats.get(role="chair").person.full_name) in said(chair, paper)
    assert chair.get(reverse("missions:acceptance-paper", args=[world.acceptance.pk, "request"])).status_code == 404
    enter = reverse("missions:acceptance-confirmed", args=[world.acceptance.pk])
    told = {"signed-confirmed_by": "Ngô Chủ Tịch", "signed-confirmed_on": "2024-06-10", "signed-reason": "Ký tay."}
    half = officer.post(enter, told)
    assert half.status_code == 422
    assert "Ký tay." in half.content.decode()
    assert chair.post(enter, {**told, "signed-scan": ContentFile(b"x", "x.txt")}).status_code == 422
    move = reverse("missions:acceptance-move", args=[world.acceptance.pk])
    assert chair.post(move, {"move": "confirm"}).status_code == 302
    assert chair.post(move, {"move": "confirm"}).status_code == 422, "once"
    assert "10/06/2024" in officer.get(page).content.decode()
    assert "ngày xác nhận: 10/06/2024" in said(chair, paper)
