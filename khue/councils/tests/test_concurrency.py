"""Two people at once: one ballot a member, and closing waits for a ballot that is being written."""

import threading
from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import connection, connections, transaction

from khue.core import clock
from khue.councils.actions import cast, close
from khue.councils.models import Ballot, Council
from khue.councils.tests.hall import GOOD, MEETING, MONDAY, Hall, hall, in_session, of
from tests.at_once import together


@pytest.fixture(scope="module")
def people(committed: None) -> Hall:
    with clock.at(MONDAY):
        return hall()


@pytest.fixture
def everybody(people: Hall) -> Iterator[Hall]:
    """The same people for every test; each opens a council of its own, on the same dossier."""
    with clock.at(MONDAY):
        yield deepcopy(people)
    Council.objects.update(state="dissolved")


def test_a_member_casting_in_two_windows_has_one_ballot(everybody: Hall) -> None:
    council = in_session(everybody)
    seat, subject = everybody.seats[0], council.subjects.get()
    member = of(seat.person)
    found = together(
        *[lambda n=n: cast(seat, subject, {"overview": str(n), "content": "1"}, by=member) for n in range(4)],
        on=MEETING,
    )
    assert all(isinstance(one, Ballot) for one in found)
    ballot = Ballot.objects.get(seat=seat)
    assert ballot.changes == 3, "each of them was told that it changes the one before"


def test_closing_while_somebody_writes_counts_the_ballot_or_tells_so(everybody: Hall) -> None:
    council = in_session(everybody)
    subject = council.subjects.get()
    with clock.at(MEETING):
        for seat in everybody.seats[1:]:
            cast(seat, subject, GOOD, by=of(seat.person))
    seat = everybody.seats[0]
    member = of(seat.person)
    ballot, _closed = together(
        lambda: cast(seat, subject, GOOD, by=member),
        lambda: close(council, by=everybody.officer, without_missing=True),
        on=MEETING,
    )
    subject.refresh_from_db()
    if isinstance(ballot, Ballot):
        assert subject.counted["ballots"] == 6
    else:
        assert ballot == "ballot.closed"
        assert subject.counted["ballots"] == 5


def test_a_ballot_being_written_holds_the_closing_back(everybody: Hall) -> None:
    council = in_session(everybody)
    subject, seat = council.subjects.get(), everybody.seats[0]
    closing = threading.Event()

    def shut() -> None:
        with clock.at(MEETING):
            close(council, by=everybody.officer, without_missing=True)
        closing.set()
        connections.close_all()

    with clock.at(MEETING):
        for other in everybody.seats[1:4]:
            cast(other, subject, GOOD, by=of(other.person))
    with clock.at(MEETING), transaction.atomic():
        cast(seat, subject, GOOD, by=of(seat.person))
        thread = threading.Thread(target=shut)
        thread.start()
        assert not closing.wait(0.7), "it waits for the ballot"
    thread.join(30)
    connection.close()
    subject.refresh_from_db()
    assert subject.counted["ballots"] == 4
