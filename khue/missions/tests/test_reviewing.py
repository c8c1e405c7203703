"""Site checks, independent experts and the explanation of the winner: who, when, and what is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.clock import now, today
from khue.core.refusals import Refused
from khue.councils.actions import ask, authorise, close, elect_board, open_session, record_attendance, write_opinion
from khue.councils.models import Council
from khue.directory.models import Expertise, Person
from khue.journal.timeline import timeline
from khue.missions.actions.select.attachments import attach
from khue.missions.actions.select.completing import hand_in
from khue.missions.actions.select.evaluating import choose, form_council
from khue.missions.actions.select.explaining import begun, explain
from khue.missions.actions.select.reviewing import ask_experts, give_opinion, record_visit, set_up_site_group
from khue.missions.models import Application, Order, OrderList, Selection
from khue.missions.rules.select.applications import visible_to
from khue.missions.tests.market import MONDAY, Market, again, answered, expert, fresh, market, on, order_in, paper
from khue.missions.tests.test_select_pages import said

CLOSED = MONDAY + timedelta(days=32)
World = tuple[Market, tuple[Application, Application]]


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as error:
        yield
    assert error.value.refusal.code == code, error.value


@pytest.fixture(scope="module")
def world(kept: None) -> World:
    """A pilot production project was called for; two applications are opened and being checked."""
    with on(MONDAY):
        made = market()
        made.order = order_in(OrderList.objects.get(), 2, "Sản xuất thử vật liệu lọc nước", "pilot-project")
        made.called()
        made.experts += [expert(f"Chuyên gia {number}", f"Trường thứ {number}") for number in range(1, 5)]
    with on(MONDAY + timedelta(days=3)):
        two = made.both(made.selection())
    with on(CLOSED):
        made.opened(made.selection())
    return made, two


@pytest.fixture
def _anew(world: World, put_back: None) -> World:
    return deepcopy(world)


@pytest.fixture
def fair(_anew: World) -> Market:
    return _anew[0]


@pytest.fixture
def two(_anew: World) -> tuple[Application, Application]:
    return _anew[1]


def group(fair: Market, application: Application, **how: Any) -> Any:
    told = {
        "leader": fair.experts[7], "members": fair.experts[8:10], "decision_sign": "41/QĐ-SKHCN",
        "decided_on": today(), "visits_on": today(), "place": "Xưởng Trâu Quỳ", "by": fair.officer, **how,
    }  # fmt: skip
    return set_up_site_group(application, **told)


def visit(fair: Market, application: Application, **how: Any) -> Any:
    told = {
        "visited_on": today(), "findings": "Có hai lò nung.", "fit": True, "conclusion": "Đủ điều kiện.",
        "by": fair.officer, **how,
    }  # fmt: skip
    return record_visit(application, **told)


def evaluated(fair: Market, two: tuple[Application, Application]) -> Selection:
    for application in two:
        fair.settled(application)
    fair.sat(form_council(fair.selection(), by=fair.officer), {1: [80] * 7, 2: [90] * 7})
    return fair.selection()


def test_a_pilot_project_is_not_chosen_before_every_place_was_looked_at(
    fair: Market, two: tuple[Application, Application]
) -> None:
    with on(CLOSED + timedelta(days=1)):
        selection = evaluated(fair, two)
        with refused("site.unchecked"):
            choose(selection, by=fair.officer)
        with refused("site.no-group"):
            visit(fair, two[0])
        for application in two:
            group(fair, application)
        visit(fair, two[0])
        with refused("site.unchecked"):
            choose(fresh(selection), by=fair.officer)
        visit(fair, two[1], fit=False, conclusion="Thiếu lò nung.")
        assert choose(fresh(selection), by=fair.officer) == two[1], "the council decides, the minutes inform"
    assert any("không đủ điều kiện" in entry.sentence for entry in timeline(two[1].dossier))


def test_the_group_of_experts_is_whole_by_decision_and_of_nobody_concerned(
    fair: Market, two: tuple[Application, Application]
) -> None:
    with on(CLOSED + timedelta(days=1)):
        with refused("review.too-few"):
            group(fair, two[0], members=fair.experts[8:9])
        with refused("site.no-decision"):
            group(fair, two[0], decision_sign=" ")
        with refused("site.no-place"):
            group(fair, two[0], place=" ")
        with refused("site.visit-before-decision"):
            group(fair, two[0], visits_on=today() - timedelta(days=1))
        with refused("review.conflict"):
            group(fair, two[0], leader=Application.objects.get(pk=two[0].pk).investigator)
        with refused("selection.not-yours"):
            group(fair, two[0], by=again(fair.first_head))
        group(fair, two[0])
        group(fair, two[0], place="Xưởng Gia Lâm")
        for wrong, code in (
            ({"visited_on": today() + timedelta(days=1)}, "site.wrong-day"), ({"findings": ""}, "site.no-findings"),
        ):  # fmt: skip
            with refused(code):
                visit(fair, two[0], **wrong)
        assert visit(fair, two[0]).place == "Xưởng Gia Lâm"
        with refused("site.visited"):
            visit(fair, two[0])
        with refused("site.visited"):
            group(fair, two[0])
    assert User.objects.get(person=fair.experts[7]).notices.filter(subject__startswith="Bạn được cử khảo sát").exists()


def test_independent_experts_are_three_with_a_degree_and_five_years(
    fair: Market, two: tuple[Application, Application]
) -> None:
    one, new = two[0], Person.objects.create(full_name="Người Mới Ra Trường", title="KS.")
    Expertise.objects.create(person=new, topic="Lọc nước", since=2022, declared_on=MONDAY)
    bare = Person.objects.create(full_name="Không Rõ Học Vị")
    with on(CLOSED + timedelta(days=1)):
        for people, code in (
            (fair.experts[7:9], "review.too-few"),
            ([*fair.experts[7:9], new], "expert.too-young"),
            ([*fair.experts[7:9], bare], "expert.no-degree"),
        ):
            with refused(code):
                ask_experts(one, people, question="Có làm được không?", by=fair.officer)
        with refused("expert.no-question"):
            ask_experts(one, fair.experts[7:10], question=" ", by=fair.officer)
        council = form_council_of(fair, two)
        seated = council.seats.latest("pk").person
        with refused("expert.in-council"):
            ask_experts(one, [seated, *fair.experts[7:9]], question="Có làm được không?", by=fair.officer)
        asked = ask_experts(one, fair.experts[7:10], question="Có làm được không?", by=fair.officer)
        assert {row.due_on for row in asked} == {today() + timedelta(days=15)}
        assert len(ask_experts(one, fair.experts[7:11], question="Còn giá?", by=fair.officer)) == 1, "asked once each"


def form_council_of(fair: Market, two: tuple[Application, Application]) -> Any:
    for application in two:
        fair.settled(application)
    return fair.seated(form_council(fair.selection(), by=fair.officer))


def test_ballots_are_counted_by_a_board_of_three_who_are_there(
    fair: Market, two: tuple[Application, Application]
) -> None:
    with on(CLOSED + timedelta(days=1)):
        council = form_council_of(fair, two)
        open_session(council, by=fair.officer)
        seats, client = list(council.seats.order_by("pk")), signed_in(fair.officer)
        act, page = (reverse("councils:act", args=[council.pk, verb]) for verb in ("board", "close"))
        unelected = client.post(page, {"without": "on"})
        assert unelected.status_code == 422
        assert "Phiếu do ban kiểm phiếu kiểm" in unelected.content.decode()
        assert "Ghi ban kiểm phiếu" in unelected.content.decode(), "where to choose it"
        assert "đã chọn 2 người" in client.post(act, {"board": [one.pk for one in seats[:2]]}).content.decode()
        record_attendance(council, {seats[6]: "absent"}, by=fair.officer)
        with refused("council.board-away"):
            elect_board(council, [seats[0], seats[1], seats[6]], by=fair.officer)
        assert client.post(act, {"board": [one.pk for one in seats[3:6]]}).status_code == 302
        assert "Chọn lại" in client.get(reverse("councils:board", args=[council.pk])).content.decode()
        record_attendance(council, {seats[5]: "absent"}, by=fair.officer)
        with refused("council.no-board"):
            close(council, by=fair.officer, without_missing=True)
        elect_board(council, seats[2:5], by=fair.officer)
        with refused("council.too-few-ballots"):
            close(council, by=fair.officer, without_missing=True)


def test_what_a_member_wrote_comes_out_on_the_form_for_the_member_and_the_secretary(
    fair: Market, two: tuple[Application, Application]
) -> None:
    with on(CLOSED + timedelta(days=1)):
        council = form_council_of(fair, two)
        Council.objects.filter(pk=council.pk).update(meets_at=now() + timedelta(days=21))
        seat, other = council.seats.get(role="secretary"), council.seats.get(role="chair")
        subject = council.subjects.get(dossier=two[0].dossier)
        writer = User.objects.get(person=seat.person)
        with refused("flow.answer"):
            write_opinion(seat, subject, text="Nên nêu rõ nơi nhận.", proposal="excellent", by=writer)
        client, verb = signed_in(writer), reverse("councils:seat-verb", args=[council.pk, seat.pk, "opinion"])
        typed = {"subject": subject.pk, "text": "Nên nêu rõ nơi nhận."}
        again_asked = client.post(verb, typed)
        assert again_asked.status_code == 422
        assert "Hãy điền “Kết luận”" in again_asked.content.decode()
        assert "Nên nêu rõ nơi nhận." in again_asked.content.decode()
        assert client.post(verb, typed | {"proposal": "do-changed"}).status_code == 302
        assert 'value="do-changed" selected' in client.get(seat.get_absolute_url()).content.decode()
        ask(seat, subject, text="Nước lấy ở đâu?", by=fair.officer)
        authorise(council.seats.get(role="vice-chair"), by=fair.officer, paper="Giấy ủy quyền")
        secretary, enter = signed_in(fair.officer), reverse("councils:act", args=[council.pk, "opinion"])
        on_paper = {"writer": other.pk, "on": subject.pk, "comment": "Đồng ý, cần thêm đối chứng."}
        refused_page = secretary.post(enter, on_paper)
        assert refused_page.status_code == 422
        assert "Đồng ý, cần thêm đối chứng." in refused_page.content.decode(), "what was typed stays"
        assert secretary.post(enter, on_paper | {"proposal": "do"}).status_code == 302
        assert signed_in(writer).post(enter, on_paper | {"proposal": "do"}).status_code in (403, 404, 422)
        assert other.opinions.get().proposal == "do"
    paper = reverse("councils:comment-paper", args=[council.pk, seat.pk, subject.pk])
    with on(CLOSED + timedelta(days=4)):
        office = signed_in(fair.officer).get(council.get_absolute_url()).content.decode()
        assert paper in office
        assert "Đề nghị thực hiện sau khi chỉnh sửa" in office
        assert paper in signed_in(writer).get(seat.get_absolute_url()).content.decode()
        assert signed_in(User.objects.get(person=other.person)).get(paper).status_code == 404
        for user in (fair.officer, writer):
            told = said(signed_in(user), paper)
            assert "Nên nêu rõ nơi nhận." in told
            assert "Mẫu B2-2" in told
            assert "Kết luận: Đề nghị thực hiện sau khi chỉnh sửa" in told
            assert f"{CLOSED + timedelta(days=1):ngày %d tháng %-m năm %Y}" in told, "the day it was written"
            assert "Năng lực tổ chức và cá nhân" in told, "what it is to say something about"
        asked = said(
            signed_in(fair.officer),
            reverse("councils:paper", args=[council.pk, "questions"]) + f"?subject={subject.pk}",
        )
        assert f"Kính gửi: {two[0].lead.name}" in asked
        assert f"{CLOSED + timedelta(days=1):ngày %d tháng %-m năm %Y}" in asked, "the day of asking, not of printing"
        assert asked.count(str(seat.person)) == 2, "who asks, and who signs as the secretary"
        authority = said(signed_in(fair.officer), reverse("councils:paper", args=[council.pk, "authorisation"]))
        assert f"{CLOSED + timedelta(days=1):ngày %d tháng %-m năm %Y}" in authority, "the day on which it was given"
        record_attendance(council, {seat: "absent"}, by=fair.officer)
        minutes = said(signed_in(fair.officer), reverse("councils:paper", args=[council.pk, "minutes"]))
        absent = f"{seat.person}: Nên nêu rõ nơi nhận. (Đề nghị thực hiện sau khi chỉnh sửa)"
        assert absent in minutes


def test_an_expert_reports_without_contact_and_the_applicant_sees_nothing_of_it(
    fair: Market, two: tuple[Application, Application]
) -> None:
    one, person = two[0], fair.experts[7]
    judge = User.objects.get(person=person)
    with on(CLOSED + timedelta(days=1)):
        assert not visible_to(judge).exists()
        opinion, *_others = ask_experts(one, fair.experts[7:10], question="Có làm được không?", by=fair.officer)
        assert list(visible_to(again(judge))) == [one]
        told = {"text": "Làm được.", "conclusion": "for", "no_contact": True}
        for wrong, code in (({"no_contact": False}, "expert.contact"), ({"text": " "}, "expert.empty"),
                            ({"conclusion": "x"}, "expert.empty")):  # fmt: skip
            with refused(code):
                give_opinion(opinion, by=judge, **{**told, **wrong})  # type: ignore[arg-type]
        with refused("selection.not-yours"):
            give_opinion(opinion, by=again(fair.first_head), **told)  # type: ignore[arg-type]
        address = reverse("missions:application-reviews", args=[one.pk])
        client = signed_in(judge)
        assert "Có làm được không?" in client.get(address).content.decode()
        data = {"do": "give", "opinion": opinion.pk, f"give-{opinion.pk}-text": "Làm được, cần thử thêm."}
        answer = client.post(address, data)
        assert answer.status_code == 422
        assert "Làm được, cần thử thêm." in answer.content.decode(), "nothing that was typed is lost"
        data |= {f"give-{opinion.pk}-conclusion": "for", f"give-{opinion.pk}-no_contact": "on"}
        client.post(address, data)
        opinion.refresh_from_db()
        assert opinion.given_at is not None
        with refused("expert.given"):
            give_opinion(opinion, by=judge, **told)  # type: ignore[arg-type]
        applicant = signed_in(again(fair.first_head))
        assert applicant.get(address).status_code == 404
        shown = applicant.get(one.get_absolute_url()).content.decode()
        assert person.full_name not in shown
        assert address not in shown
        word = reverse("missions:application-paper", args=[one.pk, "expert-opinion"])
        assert client.get(word, {"opinion": opinion.pk}).status_code == 200
        assert applicant.get(word, {"opinion": opinion.pk}).status_code == 404
    assert not any(person.full_name in entry.sentence for entry in timeline(one.dossier))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_department_does_it_all_on_one_page_and_takes_the_minutes_as_word(
    fair: Market, two: tuple[Application, Application]
) -> None:
    client, address = signed_in(fair.officer), reverse("missions:application-reviews", args=[two[0].pk])
    with on(CLOSED + timedelta(days=1)):
        assert "Loại nhiệm vụ này phải có tổ chuyên gia khảo sát thực tế" in client.get(address).content.decode()
        day = today().isoformat()
        told = {
            "do": "group", "group-decision_sign": "41/QĐ-SKHCN", "group-decided_on": day, "group-visits_on": day,
            "group-place": "Xưởng", "group-leader": fair.experts[7].full_name,
        }  # fmt: skip
        assert "cần ít nhất 3 người" in client.post(address, told).content.decode()
        told |= {"group-person_1": fair.experts[8].full_name, "group-person_2": fair.experts[9].full_name}
        assert client.post(address, told).status_code == 302
        minutes = {"do": "visit", "visit-visited_on": day, "visit-findings": "Có lò.", "visit-fit": "yes",
                   "visit-conclusion": "Được."}  # fmt: skip
        assert client.post(address, minutes).status_code == 302
        assert "B2-9" in client.get(address).content.decode()
    with on(CLOSED + timedelta(days=5)):
        word = said(client, reverse("missions:application-paper", args=[two[0].pk, "site-check"]))
        assert f"{CLOSED + timedelta(days=1):ngày %d tháng %-m năm %Y}" in word, "the day of the visit"
        assert word.count(str(fair.experts[7])) == 2, "the leader is of the group, and signs"
        assert fair.first_head.full_name in word, "who signs for the organisation"
        assert two[1].lead.name in client.get(two[1].selection.get_absolute_url()).content.decode()


def test_every_remark_is_answered_before_the_outline_is_handed_in(
    fair: Market, two: tuple[Application, Application]
) -> None:
    Order.objects.filter(pk=fair.order.pk).update(type="technology-topic")
    with on(CLOSED + timedelta(days=1)):
        assert choose(evaluated(fair, two), by=fair.officer) == two[1], "other types need no look at the place"
    with on(CLOSED + timedelta(days=25)):
        selection, author = fair.selection(), again(fair.second_head)
        assert [row["remark"] for row in begun(selection)["changes"]] == ["Đề nghị theo thứ hạng."]
        attach(two[1], paper(), kind="quotation", issued_on=CLOSED, by=author)
        with refused("application.not-yours"):
            explain(selection, {"changes": []}, by=again(fair.first_head))
        client, address = signed_in(author), reverse("missions:selection-explanation", args=[selection.pk])
        assert "Đề nghị theo thứ hạng." in client.get(address).content.decode()
        assert "B2-8-GTHĐ" in client.get(address).content.decode()
        client.post(address, {"changes-0-remark": "Đề nghị theo thứ hạng.", "changes-0-answer": ""})
        with refused("selection.unexplained"):
            hand_in(fresh(selection), by=author)
        assert (
            reverse("missions:selection-paper", args=[selection.pk, "explanation"])
            in client.get(selection.get_absolute_url()).content.decode()
        )
        assert signed_in(again(fair.first_head)).get(address).status_code == 404
        answered(selection, by=author)
        hand_in(fresh(selection), by=author)
        officer = signed_in(fair.officer)
        assert "Đã sửa ở mục 12." in officer.get(address).content.decode()
        explained = said(officer, reverse("missions:selection-paper", args=[selection.pk, "explanation"]))
        assert two[1].lead.name.upper() in explained, "the winner explains"
        assert f"ngày {CLOSED + timedelta(days=25):%d tháng %-m năm %Y}" in explained
        own = reverse("missions:selection-paper", args=[selection.pk, "explanation"])
        assert own in client.get(selection.get_absolute_url()).content.decode(), "it signs the paper, so it prints it"
        assert said(client, own) == explained
        for other in ("revision", "opening-minutes", "approval"):
            page = reverse("missions:selection-paper", args=[selection.pk, other])
            assert client.get(page).status_code == 404, other
            assert page not in client.get(selection.get_absolute_url()).content.decode()
        assert signed_in(again(fair.first_head)).get(own).status_code == 404, "another applicant"
        with refused("selection.wrong-step"):
            explain(fresh(selection), {"changes": []}, by=author)
