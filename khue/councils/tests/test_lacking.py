"""Members who are missing, thin ballots and conflicts: nothing is counted that would not stand."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from khue.core import clock
from khue.core.refusals import Refused
from khue.councils.actions import (
    add_seat,
    adjourn,
    appoint,
    authorise,
    close,
    conclude,
    judge,
    open_session,
    record_attendance,
    remove_seat,
    replace_seat,
    report,
    schedule,
    seat_everybody,
    send_documents,
)  # fmt: skip
from khue.councils.models import Ballot
from khue.councils.rules.composition import missing, thinned
from khue.councils.rules.session import lacking
from khue.councils.tests.hall import (
    GOOD,
    MEETING,
    MONDAY,
    Sitting,
    attend,
    code,
    expert,
    later,
    vote,
)


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


def test_a_refused_count_says_once_what_is_missing(sitting: Sitting) -> None:
    here, council = sitting
    client = Client()
    client.force_login(here.officer)
    board, close_it = reverse("councils:board", args=[council.pk]), reverse("councils:act", args=[council.pk, "close"])
    with clock.at(MEETING):
        attend(here, council, absent=(0, 3))
        lacks = lacking(council)
        assert lacks is not None
        assert unescape(client.get(board).content.decode()).count(lacks.sentence) == 1
        refused = client.post(close_it)
        assert refused.status_code == 422
        assert unescape(refused.content.decode()).count(lacks.sentence) == 1
        asked_again = f"{board}?said"
        assert asked_again in refused.content.decode(), "the votes that are asked for again do not say it either"
        assert lacks.sentence not in unescape(client.get(asked_again, HTTP_HX_REQUEST="true").content.decode())
