"""What has to be there before the council of an acceptance sits: measured products, opinions that were asked for."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.councils.actions import (
    Wanted,
    add_seats,
    appoint,
    open_session,
    record_attendance,
    schedule,
    seat_everybody,
    send_documents,
)
from khue.councils.models import Council
from khue.councils.tests.hall import MONDAY, expert, hall, later
from khue.directory.models import Expertise, Unit
from khue.journal.timeline import timeline
from khue.missions.actions.accept.accepting import act, council_appointed, set_up_council
from khue.missions.actions.accept.review import (
    ask_opinions,
    confirm_nothing_to_measure,
    enter_opinion,
    go_without,
    record_measuring,
)
from khue.missions.models import Acceptance
from khue.missions.tests.scene import ROLES, Scene, scene
from khue.missions.tests.test_accepting import handed_in

World = tuple[Scene, Acceptance, Council]
SESSION = date(2024, 6, 3)


@pytest.fixture(scope="module")
def waiting(kept: None) -> World:
    """Nine members are decided on and have the documents; one product is of a class that is measured."""
    with at(MONDAY):
        here = scene(hall())
        acceptance, _writer = handed_in(here)
        council = set_up_council(acceptance, title="Hội đồng nghiệm thu", by=here.hall.officer)
    unit = Unit.objects.get(name="Viện Cơ điện")
    people = [*here.hall.experts, expert("Mai Thị Lan", unit), expert("Trịnh Văn Minh", unit)]
    officer = here.hall.officer
    with at(date(2024, 5, 20)):
        wanted = [Wanted(person, role) for person, role in zip(people, ROLES, strict=True)]
        assert not add_seats(council, wanted, by=officer)[1]
        seat_everybody(council, by=officer)
        appoint(council, decision_sign="15/QĐ-SKHCN", decided_on=date(2024, 5, 20), by=officer)
        schedule(council, meets_at=later(28), venue="Phòng họp 1", by=officer)
        send_documents(council, by=officer)
    with at(SESSION):
        record_attendance(council, dict.fromkeys(council.seats.all(), "present"), by=officer)
    return here, acceptance, council


@pytest.fixture
def world(waiting: World, put_back: None) -> Iterator[World]:
    with at(SESSION):
        yield deepcopy(waiting)


def code_of(error: "pytest.ExceptionInfo[Refused]") -> str:
    return error.value.refusal.code


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def test_the_session_waits_for_three_members_who_measured(world: World) -> None:
    here, acceptance, council = world
    officer, seats = here.hall.officer, list(council.seats.select_related("person"))
    with pytest.raises(Refused, match=r"Sản phẩm đo kiểm được: Lươn giống.*3 thành viên") as error:
        open_session(council, by=officer)
    assert code_of(error) == "acceptance.unmeasured"
    told = {"measured_on": SESSION, "findings": "10.000 con, khỏe.", "by": officer}
    stranger = expert("Người Ngoài", Unit.objects.get(name="Viện Cơ điện"))
    people = [seat.person for seat in seats[-3:]]
    for members, day, code in (
        (people[:2], SESSION, "measuring.too-few"), ([*people[:2], stranger], SESSION, "measuring.not-member"),
        (people, date(2024, 5, 19), "measuring.day"), (people, date(2024, 6, 4), "measuring.day"),
    ):  # fmt: skip
        with pytest.raises(Refused) as error:
            record_measuring(acceptance, members=members, **told | {"measured_on": day})  # type: ignore[arg-type]
        assert code_of(error) == code
    record_measuring(acceptance, members=people, **told)  # type: ignore[arg-type]
    assert open_session(council, by=officer).state == "meeting"


def test_an_officer_confirms_with_name_and_reason_that_there_is_nothing_to_measure(world: World) -> None:
    here, acceptance, council = world
    for reason, confirmed in (("Đã kiểm định.", False), ("  ", True)):
        with pytest.raises(Refused) as error:
            confirm_nothing_to_measure(acceptance, reason=reason, confirmed=confirmed, by=here.hall.officer)
        assert code_of(error) == "measuring.unconfirmed"
    confirm_nothing_to_measure(acceptance, reason="Đã kiểm định.", confirmed=True, by=here.hall.officer)
    assert any(
        "xác nhận không có gì để đo kiểm: Đã kiểm định." in entry.sentence
        for entry in timeline(f"acceptance:{acceptance.pk}")
    )
    assert open_session(council, by=here.hall.officer).state == "meeting"


def test_two_experts_or_one_organisation_and_the_session_waits_for_them(world: World) -> None:
    here, acceptance, council = world
    officer = here.hall.officer
    confirm_nothing_to_measure(acceptance, reason="Đã kiểm định.", confirmed=True, by=officer)
    elsewhere = Unit.objects.create(name="Trường Đại học Xa", kind="institute", valid_from=date(2015, 1, 1))
    first, second = (expert(name, elsewhere) for name in ("Cao Văn Độc", "Cao Thị Lập"))
    for one in (first, second):
        one.title = "TS."
        one.save()
        Expertise.objects.create(person=one, topic="Nuôi trồng thủy sản", since=2010, declared_on=date(2020, 1, 1))
    ask = {"question": "Giống có đạt không?", "by": officer}
    with pytest.raises(Refused, match="ít nhất 2 người, hoặc một tổ chức"):
        ask_opinions(acceptance, [first], **ask)  # type: ignore[arg-type]
    with pytest.raises(Refused) as error:
        ask_opinions(acceptance, [], unit=here.mission.host, **ask)  # type: ignore[arg-type]
    assert code_of(error) == "experts.takes-part"
    with pytest.raises(Refused) as error:
        ask_opinions(acceptance, [first, council.seats.all()[0].person], **ask)  # type: ignore[arg-type]
    assert code_of(error) in ("expert.in-council", "expert.no-degree", "expert.too-young")
    made = ask_opinions(acceptance, [first, second], **ask)  # type: ignore[arg-type]
    assert [row.due_on for row in made] == [date(2024, 6, 18)] * 2
    with pytest.raises(Refused, match=r"Cao Văn Độc, .*Cao Thị Lập"):
        open_session(council, by=officer)
    report = {"text": "Giống đạt.", "conclusion": "passed", "by": officer}
    with pytest.raises(Refused) as error:
        enter_opinion(made[0], no_contact=False, **report)  # type: ignore[arg-type]
    assert code_of(error) == "experts.contact"
    enter_opinion(made[0], no_contact=True, **report)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"Còn chờ ý kiến độc lập của: .*Cao Thị Lập"):
        open_session(council, by=officer)
    go_without(made[1], reason="Ốm, xin rút.", confirmed=True, by=officer)
    assert open_session(council, by=officer).state == "meeting"


def test_one_organisation_is_enough(world: World) -> None:
    here, acceptance, _council = world
    unit = Unit.objects.create(name="Trung tâm Kiểm định", kind="institute", valid_from=date(2015, 1, 1))
    (made,) = ask_opinions(acceptance, [], unit=unit, question="Có đạt không?", by=here.hall.officer)
    assert made.whose == "Trung tâm Kiểm định"


def test_the_page_of_the_department_keeps_what_was_typed(world: World) -> None:
    here, acceptance, council = world
    page = reverse("missions:acceptance-review", args=[acceptance.pk])
    officer = signed_in(here.hall.officer)
    assert "hội đồng chưa mở phiên họp được" in officer.get(page).content.decode()
    assert "Lươn giống" in officer.get(acceptance.get_absolute_url()).content.decode()
    assert "Sản phẩm đo kiểm được" in officer.get(council.get_absolute_url()).content.decode(), (
        "told before it is refused"
    )
    refused = officer.post(page, {"do": "needless", "needless-reason": "Đã có kiểm định"})
    assert refused.status_code == 422
    assert "Đã có kiểm định" in refused.content.decode()
    people = [str(seat.person_id) for seat in council.seats.order_by("-pk")[:3]]
    told = {"do": "measured", "measured-measured_on": "2024-06-03", "measured-findings": "Đủ 10.000 con."}
    assert officer.post(page, told | {"measured-members": people[:2]}).status_code == 422
    assert officer.post(page, told | {"measured-members": people}).status_code == 302
    assert "Đủ 10.000 con." in officer.get(page).content.decode()
    host = User.objects.filter(memberships__unit=here.mission.host).first()
    assert host is not None
    assert signed_in(host).get(page).status_code == 404, "those whom it is about do not see who is asked"


def test_what_a_council_decides_that_sits_here_is_not_entered_by_hand(world: World) -> None:
    here, acceptance, council = world
    officer, other = here.hall.officer, {"decision_sign": "99/QĐ-SKHCN", "decided_on": "2024-05-20"}
    with pytest.raises(Refused, match="“Hội đồng nghiệm thu” làm việc trên hệ thống") as error:
        act(acceptance, "set-up-council", by=officer, data=other)
    assert code_of(error) == "acceptance.council-here"
    council_appointed(acceptance, council, by=officer)
    for move, data in (("pass", {"rating": "passed", "concluded_on": "2024-06-03"}), ("fail", {})):
        with pytest.raises(Refused) as error:
            act(acceptance, move, by=officer, data=data, comment="Theo biên bản.")
        assert code_of(error) == "acceptance.council-here"
