"""From forming to the conclusion."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khue.core import clock
from khue.core.refusals import Refused
from khue.councils import owners
from khue.councils.actions import (
    Wanted,
    add_seat,
    add_seats,
    appoint,
    cast,
    close,
    conclude,
    decide,
    dissolve,
    form,
    open_session,
    save_draft,
    schedule,
    seat_everybody,
    send_documents,
    vote_again,
    write_opinion,
)  # fmt: skip
from khue.councils.actions.forming import SubjectSpec
from khue.councils.models import Ballot
from khue.councils.owners import Contest, Owner, Product
from khue.councils.rules.composition import missing
from khue.councils.tests.hall import (
    FINE,
    GOOD,
    MEETING,
    MONDAY,
    Hall,
    Sitting,
    attend,
    code,
    in_session,
    later,
    of,
    vote,
)
from khue.flow.desk import waiting_for


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
