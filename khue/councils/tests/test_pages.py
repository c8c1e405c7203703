"""The pages, as each role uses them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import Membership, User
from khue.core import clock
from khue.councils.actions import add_seat, cast, close, conclude, invite
from khue.councils.models import Ballot, Conflict, Council, Fee, Seat
from khue.councils.rules.words import words_of
from khue.councils.tests.hall import GOOD, MEETING, MONDAY, Hall, Sitting, expert, later, of, vote
from khue.directory.models import Expertise, Person
from khue.journal.models import Entry

ENGLISH = re.compile(r">[^<]*\b(the|council(?![-/])|member|ballot|with|your)\b[^<]*<", re.I)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: object, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    body = re.sub(r"(?s)<(script|style).*?</\1>|<svg.*?</svg>", "", page.partition("<body")[2])
    left = ENGLISH.search(body)
    assert left is None, left[0]
    return str(page)


def test_the_secretary_runs_a_council_from_its_page(here: Hall) -> None:
    council = here.filled()
    client = client_of(here.officer)
    act = lambda verb, **data: client.post(reverse("councils:act", args=[council.pk, verb]), data)  # noqa: E731
    assert "Ghi quyết định" in text(client.get(council.get_absolute_url()))
    answer = act("appoint", decision_sign="", decided_on="2024-05-06")
    assert "2024-05-06" in text(answer, 422), "what was typed is there"
    assert act("appoint", decision_sign="12/QĐ", decided_on="2024-05-06").status_code == 302
    assert "Hẹn" in text(client.get(council.get_absolute_url()))
    assert act("schedule", meets_at="2024-05-20T09:00", mode="in-person", venue="P1", link="").status_code == 302
    for seat in here.seats:
        for verb in ("accept", "declare"):
            client.post(reverse("councils:seat-act", args=[council.pk, seat.pk, verb]))
    assert act("send-documents").status_code == 302
    with clock.at(MEETING):
        assert act("open-session").status_code == 422, "nobody is there yet"
        act("attendance", **{f"seat-{seat.pk}": "present" for seat in here.seats})
        assert act("open-session").status_code == 302
        for seat in here.seats:
            vote(council, seat, GOOD)
        assert "đã bỏ phiếu" in text(client.get(reverse("councils:board", args=[council.pk])))
        assert act("close").status_code == 302
        page = text(client.get(reverse("councils:count", args=[council.pk, council.subjects.get().pk])))
        assert "85" in page
        act("minutes", discussion="Trao đổi", guests="", board=[])
        for name in ("minutes", "count", "invitation"):
            found = client.get(reverse("councils:paper", args=[council.pk, name]))
            assert found.status_code == 404, "this test version has no papers"
        assert act("conclude", conclusion="Chọn hồ sơ thứ nhất").status_code == 302
    council.refresh_from_db()
    assert council.state == "concluded"
    assert "Chọn hồ sơ thứ nhất" in text(client.get(council.get_absolute_url()))


def test_a_conflict_that_became_known_is_recorded_on_the_page_and_hides_the_council(here: Hall) -> None:
    council = here.filled()
    client, seat = client_of(here.officer), here.seats[-1]
    told = {"member": seat.pk, "subject": council.subjects.get().pk, "ground": "family", "text": ""}
    address = reverse("councils:act", args=[council.pk, "report"])
    text(client.post(address, told), 422)
    assert not Conflict.objects.exists(), "what is known has to be told"
    assert client.post(address, told | {"text": "Vợ làm tại Viện, theo sổ hộ khẩu."}).status_code == 302
    page = text(client.get(council.get_absolute_url()))
    assert "Vợ làm tại Viện, theo sổ hộ khẩu." in page
    assert "Xác nhận có xung đột" in page, "somebody judges it"
    member = client_of(User.objects.get(person=seat.person))
    assert member.get(council.get_absolute_url()).status_code == 404
    stranger = client_of(User.objects.get(person=here.seats[0].person))
    assert stranger.post(address, told | {"text": "Nghe nói."}).status_code == 404
    assert Conflict.objects.filter(person=seat.person).count() == 1


def test_a_member_accepts_declares_reads_and_votes_in_few_clicks(here: Hall) -> None:
    council = here.filled()
    seat = here.seats[3]
    invite(seat, by=here.officer)
    client = client_of(of(seat.person))
    post = lambda verb, **data: client.post(reverse("councils:seat-verb", args=[council.pk, seat.pk, verb]), data)  # noqa: E731
    subject = council.subjects.get()
    assert "Nhận lời mời</button>" in text(client.get(seat.get_absolute_url()))
    post("accept")
    assert "xung đột lợi ích" in text(client.get(seat.get_absolute_url()))
    assert "không trả lời không phải là" in text(post("declare"), 422)
    assert post("declare", **{f"conflict-{subject.pk}": "no"}).status_code == 302
    seat.refresh_from_db()
    assert seat.interest_declared_at is not None


def test_a_ballot_is_kept_as_a_draft_and_nothing_typed_is_lost(sitting: Sitting) -> None:
    here, council = sitting
    seat, subject = here.seats[0], council.subjects.get()
    client = client_of(of(seat.person))
    sheet = reverse("councils:ballot", args=[council.pk, seat.pk, subject.pk])
    with clock.at(MEETING):
        assert "Gửi phiếu" in text(client.get(sheet))
        kept = client.post(f"{sheet}nhap/", {"overview": "12.5", "content": ""})
        assert kept.json()["said"]
        assert 'value="12.5"' in text(client.get(sheet))
        wrong = client.post(sheet, {"overview": "99", "content": "50", "opinion": "Tốt"})
        page = text(wrong, 422)
        assert "0 đến 40" in page
        assert 'value="99"' in page
        assert "Tốt" in page
        assert client.post(sheet, {"overview": "NaN", "content": "50"}).status_code == 422
        assert client.post(sheet, {"overview": "30", "content": "50"}).status_code == 302
        for other in here.seats[1:4]:
            cast(other, subject, {"overview": "30", "content": "50"}, by=of(other.person))
        close(council, by=here.officer, without_missing=True)
        late = client.post(sheet, {"overview": "1", "content": "1"})
        assert "Phiếu đã đóng" in text(late, 422)
    assert Ballot.objects.get(seat=seat).answers == {"overview": "30", "content": "50"}


SECRET = {"overview": "33.25", "content": "41.75"}


def test_what_stands_on_a_secret_ballot_is_shown_to_nobody_else(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        vote(council, here.seats[0], SECRET)
        for seat in here.seats[1:]:
            vote(council, seat, GOOD)
        pages = [council.get_absolute_url(), reverse("councils:board", args=[council.pk])]
        for user in (here.officer, here.head, of(here.experts[1])):
            for address in pages:
                page = client_of(user).get(address).content.decode()
                assert not re.search(r"33[.,]25|41[.,]75", page), (user, address)
        own = reverse("councils:ballot", args=[council.pk, here.seats[0].pk, council.subjects.get().pk])
        for user in (here.officer, here.head, here.leader, of(here.experts[1])):
            assert client_of(user).get(own).status_code == 404
            assert client_of(user).get(f"{own}word/").status_code == 404
        close(council, by=here.officer)
        sheet = reverse("councils:count", args=[council.pk, council.subjects.get().pk])
        assert not re.search(r"33[.,]25|41[.,]75", client_of(here.officer).get(sheet).content.decode())
    facts = str(list(Entry.objects.values_list("facts", flat=True)))
    assert not re.search(r"33[.,]25|41[.,]75", facts), "nor in the journal"


def test_the_link_works_once_and_without_an_account(here: Hall) -> None:
    council = here.formed()
    person = expert("Phan Thị Yến", here.institute, account=False)
    seat = add_seat(council, person, by=here.officer)
    answer = client_of(here.officer).post(reverse("councils:invite", args=[council.pk, seat.pk]))
    secret = re.search(r"/hoi-dong/moi/([\w-]+)/", text(answer))
    assert secret is not None
    address = reverse("councils:invitation", args=[secret[1]])
    stranger = Client()
    assert "Phan Thị Yến" in text(stranger.get(address))
    assert "Ghi ngắn gọn lý do" in text(stranger.post(address, {"answer": "decline", "reason": ""}), 422)
    stranger.post(address, {"answer": "?"})
    seat.refresh_from_db()
    assert seat.state == "invited", "nobody accepts by anything but accepting"
    followed = stranger.post(address, {"answer": "accept"})
    assert followed.status_code == 302
    assert "/tai-khoan/moi/" in followed["Location"], "a new account chooses its password"
    assert stranger.get(address).status_code == 410
    seat.refresh_from_db()
    assert (seat.state, seat.person.user.memberships.get().role) == ("accepted", "expert")


@pytest.mark.parametrize("who", ["another office too", "a password of its own"])
def test_the_link_opens_no_account_that_does_more_than_judge(here: Hall, who: str) -> None:
    """The secretary has seen the link: it must not let into what a leader does who has never signed in."""
    council, judge = here.formed(), here.experts[0]
    user = User.objects.get(person=judge)
    user.set_unusable_password()
    if who == "another office too":
        Membership.objects.create(user=user, unit=here.city, role="leader", valid_from=MONDAY)
    else:
        user.set_password("mật khẩu của riêng tôi")
    user.save()
    secret = invite(add_seat(council, judge, by=here.officer), by=here.officer)
    followed = Client().post(reverse("councils:invitation", args=[secret]), {"answer": "accept"})
    seat = Seat.objects.get(council=council, person=judge)
    assert (followed.status_code, seat.state) == (302, "accepted")
    assert followed["Location"] == seat.get_absolute_url(), "where one signs in"


def test_declining_proposes_the_next_best(here: Hall) -> None:
    for number, person in enumerate(here.experts):
        Expertise.objects.create(person=person, topic="hồ sơ thứ" if number == 6 else "vật lý", declared_on=MONDAY)
    council = here.formed()
    seat = add_seat(council, here.experts[0], by=here.officer)
    secret = invite(seat, by=here.officer)
    Client().post(reverse("councils:invitation", args=[secret]), {"answer": "decline", "reason": "Đi công tác"})
    follower = Seat.objects.get(follows=seat)
    assert (follower.person, follower.state) == (here.experts[6], "proposed")


def test_members_are_proposed_with_why_and_changes_cost(here: Hall) -> None:
    for number, person in enumerate(here.experts):
        Person.objects.filter(pk=person.pk).update(title="TS.")
        topic = "hồ sơ thứ" if number < 5 else "vật lý hạt nhân"
        Expertise.objects.create(person=person, topic=topic, declared_on=MONDAY)
    for number in range(7):
        place = expert(f"Chuyên gia {number}", here.applicant if number % 2 else here.city)
        Person.objects.filter(pk=place.pk).update(title="PGS.TS.")
        Expertise.objects.create(person=place, topic="hồ sơ thứ", declared_on=MONDAY)
    council = here.formed()
    client = client_of(here.officer)
    address = reverse("councils:propose", args=[council.pk])
    page = text(client.get(address))
    taken = re.findall(r'name="take" value="(\d+:[\w-]+)"', page)
    assert len(taken) >= 5
    assert "Am hiểu hồ sơ thứ" in page or "am hiểu hồ sơ thứ" in page
    out = taken[0].split(":")[0]
    other = text(client.get(f"{address}?without={out}"))
    assert f'value="{out}:' not in other
    assert client.post(reverse("councils:take", args=[council.pk]), {"take": taken}).status_code == 302
    assert council.seats.count() == len(taken)
    council.seats.all().delete()
    for person in here.experts[:3]:
        add_seat(council, person, by=here.officer)
    page = text(client.get(address))
    assert re.findall(r'name="take" value="(\d+:[\w-]+)"', page), "who sits already beyond a quota stops no proposal"
    page = text(client.get(f"{address}?put={here.experts[3].pk}:member"))
    assert f"đơn vị {here.institute.name}" in page, "the unit is called by its name"


def test_a_member_sees_own_earlier_councils_and_declares_family(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        for seat in here.seats:
            vote(council, seat, GOOD)
        close(council, by=here.officer)
        conclude(council, conclusion="Xong", by=here.officer)
    person = here.experts[0]
    client = client_of(of(person))
    address = reverse("councils:expert", args=[person.pk])
    assert "Hội đồng thử" in text(client.get(address))
    wrong = client.post(address, {"relative": "Không Có Ai", "kind": "spouse"})
    assert "Không Có Ai" in text(wrong, 422)
    assert client.post(address, {"relative": here.experts[1].full_name, "kind": "spouse"}).status_code == 302
    assert "Vợ, chồng" in text(client.get(address))


def test_strangers_find_nothing(reading: Sitting) -> None:
    here, council = reading
    client = client_of(here.stranger)
    for address in (
        council.get_absolute_url(), here.seats[0].get_absolute_url(), reverse("councils:board", args=[council.pk]),
        reverse("councils:propose", args=[council.pk]), reverse("councils:expert", args=[here.experts[0].pk]),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code in {404, 200}
        assert "Hội đồng thử" not in answer.content.decode()
    empty = text(client.get(reverse("councils:councils")))
    assert "Hội đồng thử" not in empty
    assert "Chưa có hội đồng nào" in empty
    assert "Hội đồng thử" in text(client_of(here.officer).get(reverse("councils:councils")))
    assert client_of(here.officer).get(reverse("councils:councils-excel")).status_code == 200


def test_a_list_without_councils_at_work_leads_to_those_that_concluded(here: Hall) -> None:
    council, client = here.formed(), client_of(here.officer)
    Council.objects.filter(pk=council.pk).update(state=Council.State.DISSOLVED)
    shown = client.get(reverse("councils:councils")).content.decode()
    assert "Chưa có hội đồng nào" not in shown
    assert shown.count('href="?state=all"') == 2, "the view above the list, and the empty list itself"


def test_a_council_is_found_by_half_remembered_words(here: Hall) -> None:
    council = here.formed()
    client = client_of(here.officer)
    assert "Hội đồng thử" in text(client.get(reverse("councils:councils") + "?q=ho+so+thu+1"))
    assert Council.objects.count() == 1
    assert later(1) > clock.now()
    assert council.folded == "hoi dong thu"


def test_fees_are_set_for_all_who_were_there_and_paid_one_by_one(sitting: Sitting) -> None:
    here, council = sitting
    client = client_of(here.officer)
    act = lambda verb, **data: client.post(reverse("councils:act", args=[council.pk, verb]), data)  # noqa: E731
    wrong = text(act("fee", reason="meeting", amount="1,5 triệu"), 422)
    assert "không phải số tiền tròn đồng" in wrong
    assert 'value="1,5 triệu"' in wrong
    assert "không phải số tiền tròn đồng" in text(act("fee", reason="meeting", amount="9" * 27), 422)
    assert act("fee", reason="meeting", amount="1.500.000", basis="Nghị quyết 01").status_code == 302
    assert set(Fee.objects.values_list("seat", "amount")) == {(seat.pk, 1_500_000) for seat in here.seats}
    paid = Fee.objects.get(seat=here.seats[0])
    assert act("pay", fee=paid.pk).status_code == 302
    assert act("fee", reason="meeting", amount="2.000.000").status_code == 302
    assert Fee.objects.filter(amount=2_000_000).count() == len(here.seats) - 1, "what was paid stays"
    assert "đã chi ngày" in text(act("fee", seat=here.seats[0].pk, reason="meeting", amount="1"), 422).lower()
    page = text(client.get(council.get_absolute_url()))
    assert "họp hội đồng" in page
    assert f"còn phải chi: {2 * (len(here.seats) - 1)}.000.000 ₫" in page
    assert "1.500.000 ₫" in text(client_of(of(here.seats[0].person)).get(here.seats[0].get_absolute_url()))


def test_what_was_typed_into_a_small_form_stays_beside_why_it_was_refused(sitting: Sitting) -> None:
    here, council = sitting
    client, seat, long = client_of(here.officer), here.seats[5], "Mất điện cả buổi. " * 20
    page = text(client.post(reverse("councils:act", args=[council.pk, "adjourn"]), {"reason": long}), 422)
    assert f'aria-describedby="reason-adjourn_error">{long}</textarea>' in page
    assert page.count("<details open>") == 1, "the form that was refused, and no other"
    remove = reverse("councils:seat-act", args=[council.pk, seat.pk, "remove"])
    page = text(client.post(remove, {"reason": "  "}), 422)
    assert page.count('<details class="member-acts" open>') == 1, "the form that was refused, and no other"
    assert f'id="reason-remove-{seat.pk}_error"' in page


def test_questions_to_the_applicant_are_taken_five_working_days_before_the_meeting(reading: Sitting) -> None:
    here, council = reading
    seat, subject = here.seats[5], council.subjects.get()
    client, post = client_of(of(seat.person)), reverse("councils:seat-verb", args=[council.pk, seat.pk, "question"])
    assert "Đến hết ngày 13/05/2024" in text(client.get(seat.get_absolute_url()))
    assert "Hãy viết câu hỏi" in text(client.post(post, {"subject": subject.pk, "question": " "}), 422)
    for said in ("Nguồn nước lấy ở đâu?", "Nước đối chứng lấy ở đâu?"):
        assert client.post(post, {"subject": subject.pk, "question": said}).status_code == 302
    with clock.at(later(8)):
        late = text(client.post(post, {"subject": subject.pk, "question": "Còn nữa?"}), 422)
    assert "chậm nhất 5 ngày làm việc" in late
    assert "hạn cuối là 13/05/2024" in late
    assert "Còn nữa?" in late, "what was typed is kept"
    page = text(client_of(here.officer).get(council.get_absolute_url()))
    assert "Nước đối chứng lấy ở đâu?" in page
    assert "Nguồn nước" not in page, "asked again, the question was changed"
    assert words_of(council, subject)["questions"] == [
        {"number": 1, "by": str(seat.person), "text": "Nước đối chứng lấy ở đâu?"}
    ]
    assert "members-least: <strong>5 người</strong>" in page, "the rules of a council are told with their numbers"
    assert "<div><dt>members-least</dt><dd>" not in page, "these numbers are of the process that uses the council"
