"""From forming to the conclusion."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khue.core import clock
from khue.core.refusals import Refused
from khue.councils import owners
from khue.councils.actions import (
    Wanted,
    add_seat,
    add_seats,
    adjourn,
    appoint,
    authorise,
    cast,
    close,
    conclude,
    decide,
    dissolve,
    form,
    judge,
    open_session,
    record_attendance,
    remove_seat,
    replace_seat,
    report,
    save_draft,
    schedule,
    seat_everybody,
    send_documents,
    vote_again,
    write_opinion,
)  # fmt: skip
from khue.councils.actions.forming import SubjectSpec
from khue.councils.models import Ballot, Council, Seat
from khue.councils.owners import Contest, Owner, Product
from khue.councils.rules.composition import missing, thinned
from khue.councils.rules.session import lacking
from khue.councils.tests.hall import MEETING, MONDAY, Hall, Sitting, attend, expert, in_session, later, of
from khue.flow.desk import waiting_for

GOOD = {"overview": "35", "content": "50"}
FINE = {"needed": True, "new": True}


def code(error: Any) -> str:
    return str(error.value.refusal.code)


def vote(council: Council, seat: Seat, answers: dict[str, Any], number: int = 1) -> Ballot:
    return cast(seat, council.subjects.get(number=number), answers, by=of(seat.person))


def test_a_council_goes_from_forming_to_its_conclusion(
    sitting_on_two: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setitem(
        owners._owners, "select", Owner(concluded=lambda council, by: told.append((str(council), by.actor_name)))
    )
    here, council = sitting_on_two
    with clock.at(MEETING):
        for seat in here.seats:
            vote(council, seat, GOOD)
            vote(council, seat, {"overview": "30", "content": "45.5"}, 2)
        close(council, by=here.officer)
        first, second = council.subjects.all()
        assert (first.outcome, str(first.score), first.place) == ("passed", "85.00", 1)
        assert (second.outcome, str(second.score), second.place) == ("passed", "75.50", 2)
        conclude(council, conclusion="Hội đồng nhất trí chọn hồ sơ thứ nhất.", by=here.officer)
    assert council.state == "concluded"
    assert council.case.step == "concluded"
    assert told == [("Hội đồng thử", "Cao Văn Nam")]
    assert {seat.case.step for seat in council.seats.all()} == {"finished"}


def test_a_tie_is_broken_by_money_and_then_by_the_council(
    sitting_on_two: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    money = {"thing:1": 900, "thing:2": 500}
    monkeypatch.setitem(owners._owners, "select", Owner(contest=lambda dossier: Contest(state_money=money[dossier])))
    here, council = sitting_on_two
    with clock.at(MEETING):
        for seat in here.seats:
            vote(council, seat, GOOD)
            vote(council, seat, GOOD, 2)
        close(council, by=here.officer)
    assert [(one.place, one.counted["placed_by"]) for one in council.subjects.all()] == [
        (2, "state-budget"), (1, "state-budget")
    ]  # fmt: skip


def test_seating_costs_the_same_for_two_and_for_four(here: Hall) -> None:
    council = here.formed()
    costs = []
    for people in (here.experts[:2], here.experts[2:6]):
        with CaptureQueriesContext(connection) as adding:
            seats, refused = add_seats(council, [Wanted(person) for person in people], by=here.officer)
        with CaptureQueriesContext(connection) as answering:
            assert seat_everybody(council, by=here.officer) == len(seats) == len(people)
        assert not refused
        costs.append((len(adding), len(answering)))
    (add_two, answer_two), (add_four, answer_four) = costs
    assert add_four <= add_two
    assert answer_four <= answer_two


def test_what_is_missing_is_told_before_the_decision(here: Hall) -> None:
    council = here.formed()
    for person in here.experts[:3]:
        add_seat(council, person, by=here.officer)
    assert {lack.code for lack in missing(council)} == {
        "council.too-few", "council.no-chair", "council.no-secretary", "council.no-reviewers"
    }  # fmt: skip
    with pytest.raises(Refused) as error:
        appoint(council, decision_sign="1/QĐ", decided_on=MONDAY, by=here.officer)
    assert code(error) == "council.incomplete"
    assert "Còn thiếu 2 thành viên" in str(error.value)


def test_only_the_department_forms_and_runs_it(here: Hall) -> None:
    with pytest.raises(Refused) as error:
        form(
            "select",
            version=here.version,
            title="x",
            host=here.department,
            subjects=[SubjectSpec("thing:1", "x")],
            by=here.stranger,
        )
    assert code(error) == "council.not-yours"
    council = here.filled()
    with pytest.raises(Refused) as error:
        dissolve(council, by=of(here.experts[0]), reason="không thích")
    assert code(error) == "council.not-yours"
    dissolve(council, by=here.head, reason="Nhiệm vụ bị hủy")
    assert council.state == "dissolved"


def test_the_same_thing_is_not_before_two_councils(here: Hall) -> None:
    here.formed()
    with pytest.raises(Refused) as error:
        here.formed()
    assert code(error) == "council.already"


def test_documents_go_out_in_time_or_the_meeting_is_put_off(here: Hall) -> None:
    council = here.filled()
    appoint(council, decision_sign="1/QĐ", decided_on=MONDAY, by=here.officer)
    schedule(council, meets_at=later(4), venue="Phòng 1", by=here.officer)
    with pytest.raises(Refused) as error:
        send_documents(council, by=here.officer)
    assert code(error) == "council.documents-late"
    assert "15/05/2024" in str(error.value), "the earliest day is told"
    schedule(council, meets_at=later(9), venue="Phòng 1", by=here.officer)
    send_documents(council, by=here.officer)
    assert council.state == "preparing"
    with pytest.raises(Refused) as error:
        schedule(council, meets_at=later(5), venue="Phòng 1", by=here.officer)
    assert code(error) == "council.documents-late"


def test_below_the_quorum_the_session_does_not_begin_and_it_says_who_is_missing(reading: Sitting) -> None:
    here, council = reading
    with clock.at(MEETING):
        attend(here, council, absent=(0, 3))
        with pytest.raises(Refused) as error:
            open_session(council, by=here.officer)
        assert code(error) == "council.no-quorum"
        assert "Lê Văn An" in str(error.value)
        assert "Đỗ Thị Dung" in str(error.value)
        authorise(here.seats[1], by=here.officer, paper="Giấy ủy quyền 20/5")
        attend(here, council, absent=(0,))
        open_session(council, by=here.officer)
    assert council.state == "meeting"


def test_the_desk_of_each_says_what_is_to_be_done(reading: Sitting) -> None:
    here, council = reading
    reviewer = of(here.experts[3])
    held = waiting_for(reviewer).get()
    assert (held.step, held.due_on) == ("reading", date(2024, 5, 13))
    assert waiting_for(here.officer).get(case=council.case).due_on == date(2024, 5, 20)
    write_opinion(here.seats[3], council.subjects.get(), text="Đề cương tốt, cần làm rõ sản phẩm.", by=reviewer)
    with clock.at(MEETING):
        attend(here, council)
        open_session(council, by=here.officer)
        assert waiting_for(of(here.experts[3])).get().step == "voting"
        vote(council, here.seats[3], GOOD)
        assert not waiting_for(of(here.experts[3])).exists()


def test_a_ballot_is_one_changeable_until_closed_and_late_ones_are_told_so(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        seat = here.seats[0]
        vote(council, seat, GOOD)
        again = vote(council, seat, {"overview": "40", "content": "60"})
        assert Ballot.objects.filter(seat=seat).count() == 1
        assert (again.changes, again.answers["content"]) == (1, "60")
        with pytest.raises(Refused) as error:
            close(council, by=here.officer)
        assert code(error) == "council.not-voted"
        assert "Trần Thị Bình" in str(error.value)
        save_draft(here.seats[1], council.subjects.get(), {"overview": "10"}, by=of(here.experts[1]))
        for other in here.seats[2:5]:
            vote(council, other, GOOD)
        close(council, by=here.officer, without_missing=True)
        with pytest.raises(Refused) as error:
            vote(council, here.seats[1], GOOD)
        assert code(error) == "ballot.closed"
    assert Ballot.objects.get(seat=here.seats[1]).answers == {"overview": "10"}, "what was typed is kept"


def test_nobody_votes_for_somebody_else_nor_with_impossible_points(sitting: Sitting) -> None:
    here, council = sitting
    subject = council.subjects.get()
    with clock.at(MEETING):
        for answers, expected in (
            ({"overview": "41", "content": "1"}, "ballot.points"),
            ({"overview": "-1", "content": "1"}, "ballot.points"),
            ({"overview": "1,3", "content": "1"}, "ballot.points"),
            ({"overview": "nan", "content": "1"}, "ballot.points"),
            ({"overview": "40"}, "ballot.incomplete"),
            ({**GOOD, "extra": "1"}, "ballot.unknown"),
        ):
            with pytest.raises(Refused) as error:
                vote(council, here.seats[0], answers)
            assert code(error) == expected
        with pytest.raises(Refused) as error:
            cast(here.seats[0], subject, GOOD, by=of(here.experts[1]))
        assert code(error) == "council.not-your-seat"
        with pytest.raises(Refused) as error:
            cast(here.seats[0], subject, GOOD, by=here.officer)
        assert code(error) == "council.not-your-seat"
    assert not Ballot.objects.exists()


def test_a_member_taken_away_midway_no_longer_counts_but_nothing_is_lost(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        for seat in here.seats[:5]:
            vote(council, seat, GOOD)
        vote(council, here.seats[5], {"overview": "0", "content": "70"[:1]})
        close(council, by=here.officer)
        remove_seat(here.seats[5], reason="Phát hiện là vợ chủ nhiệm", by=here.officer)
        council.refresh_from_db()
        assert council.state == "meeting"
        assert council.subjects.get().counted["before"][0]["ballots"] == 6
        close(council, by=here.officer)
        assert council.subjects.get().counted["ballots"] == 5
    assert Ballot.objects.filter(seat=here.seats[5]).exists()
    with clock.at(MEETING), pytest.raises(Refused) as error:
        vote(council, here.seats[5], GOOD)
    assert code(error) == "council.seat-gone"
    assert thinned(council) is None, "five are the least"
    with clock.at(MEETING):
        remove_seat(here.seats[4], reason="Ốm nặng", by=here.officer)
        client = Client()
        client.force_login(here.officer)
        page = client.get(council.get_absolute_url()).content.decode()
        assert "chưa kết luận được: còn thiếu 1 thành viên" in page
        refused = client.post(reverse("councils:act", args=[council.pk, "close"]), {"without": "on"})
        assert refused.status_code == 422
        assert "có 4, cần ít nhất 5 theo " in refused.content.decode(), (
            "the number of the shelf and where it comes from"
        )
        assert "các phiếu đã gửi vẫn giữ nguyên" in refused.content.decode()
        new = replace_seat(here.seats[4], here.experts[6], reason="Ốm nặng", by=here.officer)
        seat_everybody(council, by=here.officer)
        record_attendance(council, {new: "present"}, by=here.officer)
        vote(council, new, GOOD)
        close(council, by=here.officer)
    assert council.subjects.get().counted["ballots"] == 5, "the four ballots that were cast before count"


def test_a_session_is_not_opened_before_its_day(reading: Sitting) -> None:
    here, council = reading
    attend(here, council)
    with pytest.raises(Refused) as error:
        open_session(council, by=here.officer)
    assert code(error) == "council.too-early"
    assert "20/05/2024" in str(error.value)


def test_fewer_ballots_than_a_quorum_are_not_counted_and_stay(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        for seat in here.seats[:3]:
            vote(council, seat, GOOD)
        with pytest.raises(Refused) as error:
            close(council, by=here.officer, without_missing=True)
        assert code(error) == "council.too-few-ballots"
        assert "mới có 3 phiếu của 6 thành viên; dưới 4 phiếu theo " in str(error.value)
        adjourn(council, by=here.officer, reason="Chưa đủ phiếu")
        attend(here, council)
        open_session(council, by=here.officer)
        vote(council, here.seats[3], GOOD)
        close(council, by=here.officer, without_missing=True)
    assert council.subjects.get().counted["ballots"] == 4


def test_a_conflict_told_after_the_count_keeps_the_council_from_concluding(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        attend(here, council, absent=(5,))
        record_attendance(council, {here.seats[2]: "absent"}, by=here.officer)
        with pytest.raises(Refused, match="không đủ thành phần"):
            close(council, by=here.officer, without_missing=True)
        record_attendance(council, {here.seats[2]: "present"}, by=here.officer)
        for seat in here.seats[:5]:
            vote(council, seat, GOOD)
        close(council, by=here.officer)
        subject = council.subjects.get()
        for number, expected in ((4, "council.no-quorum"), (1, "council.voted-in-conflict")):
            told = report(council, here.experts[number], subject, ground="interest", text="Góp vốn", by=here.officer)
            with pytest.raises(Refused) as error:
                conclude(council, conclusion="Xong", by=here.officer)
            assert code(error) == expected
            judge(council, told, confirmed=False, reason="Đã rút vốn từ 2019", by=here.officer)
        conclude(council, conclusion="Xong", by=here.officer)
    assert council.state == "concluded"


def test_without_a_reviewer_the_ballots_are_not_closed(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        for seat in here.seats:
            vote(council, seat, GOOD)
        remove_seat(here.seats[3], reason="Ốm", by=here.officer)
        with pytest.raises(Refused) as error:
            close(council, by=here.officer)
        assert code(error) in {"council.no-quorum", "council.incomplete"}
        adjourn(council, by=here.officer, reason="Thiếu phản biện")
        new = replace_seat(here.seats[3], here.experts[6], reason="Ốm", by=here.officer)
    assert council.state == "preparing"
    assert new.follows == here.seats[3]
    assert new.reviews.count() == 1


def test_no_valid_ballot_means_voting_again(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        for number, seat in enumerate(here.seats):
            vote(
                council,
                seat,
                {"overview": "40", "content": "60"} if number % 2 else {"overview": "10", "content": "10"},
            )
        close(council, by=here.officer)
        assert council.subjects.get().outcome == "undecided", "each is further than a fifth from their mean"
        with pytest.raises(Refused) as error:
            conclude(council, conclusion="Xong", by=here.officer)
        assert code(error) == "council.undecided"
        vote_again(council, by=here.officer, reason="Không có phiếu hợp lệ")
        for seat in here.seats:
            vote(council, seat, GOOD)
        close(council, by=here.officer)
    assert council.subjects.get().outcome == "passed"


def test_a_budget_team_has_somebody_of_the_council_before(sitting: Sitting) -> None:
    here, first = sitting
    with clock.at(MEETING):
        for seat in here.seats:
            vote(first, seat, GOOD)
        close(first, by=here.officer)
        conclude(first, conclusion="Xong", by=here.officer)
    council = here.formed("budget")
    fresh = [expert(f"Người mới {number}", here.applicant) for number in range(3)]
    for number, person in enumerate(fresh):
        add_seat(council, person, role="chair" if number == 0 else "member", by=here.officer)
    assert "council.no-earlier" in {lack.code for lack in missing(council)}
    add_seat(council, here.experts[0], by=here.officer)
    assert missing(council) == []
    seat_everybody(council, by=here.officer)
    record = dict.fromkeys(council.seats.all(), "present")
    appoint(council, decision_sign="2/QĐ", decided_on=MONDAY, by=here.officer)
    schedule(council, meets_at=later(9), venue="P1", by=here.officer)
    send_documents(council, by=here.officer)
    with clock.at(later(9)):
        away = council.seats.get(person=here.experts[0])
        record_attendance(council, {**record, away: "absent"}, by=here.officer)
        assert lacking(council) is not None
        record_attendance(council, {away: "online"}, by=here.officer)
        assert lacking(council) is None


def test_more_than_three_quarters_pass_a_proposal(here: Hall) -> None:
    council = in_session(here, "identify", 2)
    with clock.at(MEETING):
        for number, seat in enumerate(here.seats):
            vote(council, seat, FINE if number else {"needed": False, "new": True})
            vote(council, seat, FINE if number > 1 else {"needed": True, "new": False}, 2)
        close(council, by=here.officer)
        assert [one.outcome for one in council.subjects.all()] == ["passed", "failed"]
        for agreed in (7, 4):
            with pytest.raises(Refused) as error:
                conclude(council, conclusion="Làm việc thứ nhất.", agreed=agreed, by=here.officer)
            assert code(error) == "council.no-consent", "of six who attend more than three quarters agree: five"
        assert conclude(council, conclusion="Làm việc thứ nhất.", agreed=5, by=here.officer).agreed == 5


def test_acceptance_counts_ratings(here: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    products = [Product("p1", "Máy sấy")]
    monkeypatch.setitem(owners._owners, "accept", Owner(products=lambda _dossier: products))
    council = in_session(here, "accept")
    best = {"quality": "excellent", "kind": "excellent", "quantity": "excellent"}
    with clock.at(MEETING):
        for seat in here.seats:
            vote(council, seat, {"products": {"p1": best}, "report": "passed"})
        close(council, by=here.officer)
    subject = council.subjects.get()
    assert (subject.rating, subject.outcome, subject.counted["excellent"]) == ("excellent", "passed", 6)


def test_a_budget_team_concludes_together(here: Hall) -> None:
    council = in_session(here, "budget")
    with clock.at(MEETING):
        with pytest.raises(Refused) as error:
            vote(council, here.seats[0], GOOD)
        assert code(error) == "ballot.no-sheet"
        decide(council.subjects.get(), passed=True, by=here.officer, reason="Kinh phí hợp lý")
        close(council, by=here.officer)
        conclude(council, conclusion="Đồng ý kinh phí", by=here.officer)
    assert council.subjects.get().outcome == "passed"
