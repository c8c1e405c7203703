"""Standing councils: a term, several sittings, reviewers of their own choosing, an end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from khue.accounts.models import User
from khue.core import clock
from khue.core.refusals import Refused
from khue.councils.actions import (
    SubjectSpec,
    add_seat,
    add_standing_member,
    declare,
    dissolve,
    end_standing,
    form,
    name_reviewers,
    remove_standing_member,
    schedule,
    send_documents,
    set_up_standing,
    sit,
)
from khue.councils.actions.terms import remind_of_terms, terms_of
from khue.councils.models import Council, Seat, Standing
from khue.councils.owners import Involved
from khue.councils.rules.standing import could_sit, suggested_reviewers, visible_to
from khue.councils.tests.hall import MONDAY, Hall, expert, later, of
from khue.councils.tests.test_conflicts import Involve, involve  # noqa: F401 - a fixture
from khue.councils.tests.test_pages import client_of, text
from khue.directory.models import Expertise
from khue.notices.models import Notice

ROLES = ("chair", "vice-chair", "secretary", "member", "member", "member")
END = date(2024, 12, 31)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as error:
        yield
    assert error.value.refusal.code == code, error.value


def stands(here: Hall, **how: Any) -> Standing:
    told = {
        "kind": "select", "title": "Hội đồng tuyển chọn 2024", "host": here.department, "decision_sign": "9/QĐ-SKHCN",
        "decided_on": MONDAY, "term_from": MONDAY, "term_to": END, "by": here.officer,
        "members": dict(zip(here.experts, ROLES, strict=False)), **how,
    }  # fmt: skip
    return set_up_standing(**told)


def formed(here: Hall, kind: str = "select") -> Council:
    """About a thing that no other council judges."""
    subject = SubjectSpec(f"thing:{Council.objects.count() + 100}", "Hồ sơ thứ mấy", "/")
    return form(
        kind, version=here.version, title="Phiên họp", host=here.department, subjects=[subject], by=here.officer
    )


def sitting(here: Hall, standing: Standing) -> Council:
    council = formed(here)
    assert sit(council, standing, by=here.officer) == []
    return council


def test_it_sits_several_times_under_one_decision_and_names_its_reviewers_itself(here: Hall) -> None:
    standing = stands(here)
    first, second = sitting(here, standing), sitting(here, standing)
    assert {(one.state, one.decision_sign, one.term_to) for one in (first, second)} == {
        ("appointed", "9/QĐ-SKHCN", END)
    }
    assert standing.sittings.count() == 2
    assert set(first.seats.values_list("state", flat=True)) == {"accepted"}
    for seat in first.seats.all():
        declare(seat, by=here.officer)
    schedule(first, meets_at=later(14), venue="P1", by=here.officer)
    with refused("council.incomplete"):
        send_documents(first, by=here.officer)
    subject = first.subjects.get()
    Expertise.objects.create(person=here.experts[5], topic="hồ sơ thứ", since=2010, declared_on=MONDAY)
    offered = suggested_reviewers(first)[subject]
    assert offered[0].person == here.experts[5], "who knows it best comes first"
    assert {seat.role for seat in offered} == {"member"}
    with refused("reviewers.too-few"):
        name_reviewers(first, {subject: offered[:1]}, by=here.officer)
    with refused("reviewers.office"):
        name_reviewers(first, {subject: [offered[0], first.seats.get(role="chair")]}, by=here.officer)
    with refused("council.not-yours"):
        name_reviewers(first, {subject: offered[:2]}, by=of(here.experts[3]))
    name_reviewers(first, {subject: offered[1:3]}, by=of(here.experts[0]))
    name_reviewers(first, {subject: offered[:2]}, by=here.officer)
    assert set(first.seats.filter(role="reviewer")) == set(offered[:2]), "those named before sit as members again"
    send_documents(first, by=here.officer)
    assert second.seats.filter(role="reviewer").count() == 0, "another sitting names its own"
    assert set(visible_to(of(here.experts[4]))) == {standing}
    assert not visible_to(here.stranger).exists()


def test_who_may_not_judge_this_sits_out_and_is_told_why(here: Hall, involve: Involve) -> None:  # noqa: F811
    standing = stands(here, members=dict(zip(here.experts, (*ROLES, "member"), strict=False)))
    involve("select", **{"thing:1": Involved(people=[(here.experts[6].pk, "member")])})
    council = here.formed()
    left_out = sit(council, standing, by=here.officer)
    assert [refusal.code for refusal in left_out] == ["council.conflict"]
    assert not council.seats.filter(person=here.experts[6]).exists()
    assert council.seats.count() == 6


def test_a_term_has_an_end(here: Hall) -> None:
    standing = stands(here)
    council = sitting(here, standing)
    with refused("council.after-term"):
        schedule(council, meets_at=later(300), venue="P1", by=here.officer)
    with refused("standing.sitting"):
        end_standing(standing, reason="Thay đổi tổ chức.", by=here.officer)
    with clock.at(END + timedelta(days=1)):
        other = formed(here)
        assert could_sit(other) == []
        with refused("standing.term-over"):
            sit(other, standing, by=here.officer)
        with refused("standing.ended"):
            add_standing_member(standing, here.experts[6], role="member", by=here.officer)
    dissolve(council, reason="Hủy.", by=here.officer)
    with refused("council.reason-missing"):
        end_standing(standing, reason=" ", by=here.officer)
    ended = end_standing(standing, reason="Thay đổi tổ chức.", by=here.officer)
    assert (ended.ended_on, ended.sits) == (MONDAY, False)
    with refused("standing.term-over"):
        sit(formed(here), standing, by=here.officer)


def test_members_come_and_go_within_the_term(here: Hall) -> None:
    standing = stands(here)
    for role, code in (("chair", "standing.two-chairs"), ("reviewer", "standing.reviewer")):
        with refused(code):
            add_standing_member(standing, here.experts[6], role=role, by=here.officer)
    with refused("standing.seated"):
        add_standing_member(standing, here.experts[3], role="member", by=here.officer)
    old = standing.members.get(role="chair")
    with refused("council.reason-missing"):
        remove_standing_member(old, reason="", by=here.officer)
    remove_standing_member(old, reason="Nghỉ hưu.", by=here.officer)
    with refused("standing.left"):
        remove_standing_member(old, reason="Nghỉ hưu.", by=here.officer)
    add_standing_member(standing, here.experts[6], role="chair", by=here.officer)
    assert sitting(here, standing).seats.get(role="chair").person == here.experts[6]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "budget"}, "standing.kind"), ({"title": " "}, "standing.no-title"),
        ({"decision_sign": " "}, "standing.no-decision"), ({"decided_on": END}, "standing.no-decision"),
        ({"term_to": MONDAY}, "standing.term"), ({"members": {}}, "standing.no-chair"),
    ],
)  # fmt: skip
def test_the_decision_is_whole(here: Hall, wrong: dict[str, Any], code: str) -> None:
    with refused(code):
        stands(here, **wrong)
    with refused("council.not-yours"):
        stands(here, by=here.stranger)


def test_a_council_with_members_or_of_another_kind_is_not_taken_over(here: Hall) -> None:
    standing = stands(here)
    council = formed(here)
    add_seat(council, here.experts[0], by=here.officer)
    assert could_sit(council) == []
    with refused("standing.seats-taken"):
        sit(council, standing, by=here.officer)
    dissolve(council, reason="Hủy.", by=here.officer)
    with refused("standing.other"):
        sit(formed(here, "identify"), standing, by=here.officer)


def test_who_keeps_it_hears_in_time_that_its_term_ends(here: Hall) -> None:
    standing = stands(here)
    User.objects.filter(pk=here.officer.pk).update(language="en")
    told = {}
    for day in (END - timedelta(days=61), END - timedelta(days=60), END - timedelta(days=45), END - timedelta(days=20),
                END - timedelta(days=2), END, END + timedelta(days=3)):  # fmt: skip
        with clock.at(day):
            told[day] = remind_of_terms()
            assert remind_of_terms() == 0, "the job may run again"
    people = Notice.objects.values("user").distinct().count()
    assert people >= 2, "officers and heads"
    english = Notice.objects.filter(user=here.officer).order_by("at")
    assert [one.subject.split(": ")[0] for one in english][-2:] == [
        f"The term ends on {END:%d/%m/%Y}, due today", f"The term ended on {END:%d/%m/%Y}"
    ]  # fmt: skip
    assert not Notice.objects.exclude(user=here.officer).filter(subject__startswith="The term").exists()
    assert [count // people for count in told.values()] == [0, 1, 0, 1, 1, 1, 1]
    assert {*Notice.objects.values_list("url", flat=True)} == {standing.get_absolute_url()}
    assert [one.on for one in terms_of(here.officer)] == [END]
    assert list(terms_of(here.stranger)) == []
    end_standing(standing, reason="Thay bằng hội đồng khác.", by=here.officer)
    assert list(terms_of(here.officer)) == []


def test_all_of_it_by_pages(here: Hall) -> None:
    client = client_of(here.head)
    assert "Chưa có hội đồng thường trực" in text(client.get(reverse("councils:standing-list")))
    told = {"title": "Hội đồng tuyển chọn 2024", "kind": "select", "decision_sign": "9/QĐ", "decided_on": "2024-05-06",
            "term_from": "2024-05-06", "term_to": "2024-12-31"}  # fmt: skip
    for number, (person, role) in enumerate(zip(here.experts, ROLES, strict=False), 1):
        told |= {f"person_{number}": person.full_name, f"role_{number}": role}
    told |= {f"role_{number}": "member" for number in range(7, 12)}
    wrong = client.post(reverse("councils:standing-new"), {**told, "person_2": "Không Có Ai"})
    assert "Không Có Ai" in text(wrong, 422)
    assert client.post(reverse("councils:standing-new"), told).status_code == 302
    standing = Standing.objects.get()
    assert standing.title in text(client.get(reverse("councils:standing-list")))
    new = expert("Mai Văn Mới", here.institute)
    told_in = {"do": "add", "person": "mai van moi", "role": "member"}
    assert client.post(standing.get_absolute_url(), told_in).status_code == 302
    left = standing.members.get(person=new)
    assert client.post(standing.get_absolute_url(), {"do": "remove", "member": left.pk}).status_code == 422
    client.post(standing.get_absolute_url(), {"do": "remove", "member": left.pk, "reason": "Bận."})
    council = here.formed()
    assert "Để hội đồng này họp" in text(client.get(council.get_absolute_url()))
    client.post(reverse("councils:sit", args=[council.pk]), {"standing": standing.pk})
    council.refresh_from_db()
    assert council.state == "appointed"
    assert "Cử phản biện" in text(client.get(council.get_absolute_url()))
    chair = client_of(of(here.experts[0]))
    address = reverse("councils:reviewers", args=[council.pk])
    assert "Cử phản biện" in text(chair.get(council.get_absolute_url())), "its chair names them"
    page = text(chair.get(address))
    assert page.count("checked") == 2, "the best two are ticked"
    subject = council.subjects.get()
    assert chair.post(address, {}).status_code == 422
    picked = list(Seat.objects.filter(council=council, role="member").values_list("pk", flat=True)[:2])
    assert chair.post(address, {f"subject-{subject.pk}": picked}).status_code == 302
    assert client_of(of(here.experts[4])).get(address).status_code == 404
    assert "Đang trong nhiệm kỳ" in text(client.get(standing.get_absolute_url()))
    assert client_of(here.stranger).get(standing.get_absolute_url()).status_code == 404
    assert client_of(here.stranger).get(reverse("councils:standing-new")).status_code == 403
