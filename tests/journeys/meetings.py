"""Who takes part in a story along the river, which day it is, and how a council meets in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from khue.accounts.models import User
from khue.core.calendar import add_working_days
from khue.core.clock import at, today
from khue.councils.actions import (
    Wanted,
    add_seats,
    appoint,
    cast,
    close,
    conclude,
    elect_board,
    open_session,
    record_attendance,
    schedule,
    seat_everybody,
    send_documents,
)
from khue.councils.actions.concluding import decide
from khue.councils.models import Council, Seat, Subject
from khue.directory.models import Person, Unit
from khue.missions.tests.market import Market, again, moment

SEVEN = ("chair", "vice-chair", "secretary", "reviewer", "reviewer", "member", "member")
FIVE = ("chair", "vice-chair", "secretary", "member", "member")
NINE = (*SEVEN, "member", "member")
Vote = Callable[[Seat, Subject], Mapping[str, Any] | None]
"""What a member's ballot on a subject says; None where the council decides together."""


@dataclass
class Meetings:
    """Who takes part, and which day it is."""

    market: Market
    commune: Unit
    writer: User
    type: str
    day: date

    @property
    def officer(self) -> User:
        return self.market.officer

    @property
    def head(self) -> User:
        return self.market.mill.head

    @property
    def host_head(self) -> User:
        return again(self.market.first_head)

    def now(self, hour: int = 9) -> Any:
        return at(moment(self.day, hour))

    def wait(self, days: int) -> Self:
        self.day += timedelta(days=days)
        return self

    def begins(self, day: date, type_: str = "") -> Self:
        """The story begins on `day`, with a mission of that type."""
        self.day, self.type = day, type_ or self.type
        return self

    def meet(self, council: Council, roles: Sequence[str], vote: Vote, people: Sequence[Person] = ()) -> Council:
        """The council is seated, gets its documents in time, meets, votes and concludes; the day is that of the
        meeting afterwards."""
        self.voted(council, roles, vote, people)
        with self.now(12):
            conclude(council, conclusion="Hội đồng thống nhất.", by=self.officer)
        return Council.objects.get(pk=council.pk)

    def voted(self, council: Council, roles: Sequence[str], vote: Vote, people: Sequence[Person] = ()) -> Council:
        """As far as the count."""
        by = self.officer
        with self.now():
            wanted = [Wanted(one, role) for one, role in zip(people or self.market.experts, roles, strict=False)]
            assert not add_seats(council, wanted, by=by)[1]
            seat_everybody(council, by=by)
            appoint(council, decision_sign=f"{council.pk}/QĐ-SKHCN", decided_on=today(), by=by)
            meets = moment(add_working_days(today(), 10), 8)
            schedule(council, meets_at=meets, venue="Tầng 3", by=by)
            send_documents(council, by=by)
        self.day = meets.date()
        with at(meets + timedelta(minutes=5)):
            self._session(council, vote)
        return Council.objects.get(pk=council.pk)

    def _session(self, council: Council, vote: Vote) -> None:
        by = self.officer
        council.refresh_from_db()
        record_attendance(council, dict.fromkeys(council.seats.all(), "present"), by=by)
        open_session(council, by=by)
        elect_board(council, list(council.seats.order_by("pk"))[-3:], by=by)
        for subject in council.subjects.all():
            for seat in council.seats.select_related("person").order_by("pk"):
                answers = vote(seat, subject)
                if answers is None:
                    decide(subject, passed=True, by=by)
                    break
                cast(seat, subject, dict(answers), opinion="Đồng ý.", by=member(seat.person))
        close(council, by=by)


def member(person: Person) -> User:
    return User.objects.get(person=person)


def yes(_seat: Seat, subject: Subject) -> dict[str, Any]:
    sheet = subject.council.process_version.definition.sheet_for(subject.type)
    return {one.name: True for one in sheet.criteria}


def together(_seat: Seat, _subject: Subject) -> None:
    return None


def shares(points: Mapping[str, int]) -> Vote:
    """A vote that gives the lead organisation named in the subject's title this share of every criterion."""

    def _vote(_seat: Seat, subject: Subject) -> dict[str, Any]:
        share = next(share for name, share in points.items() if name in subject.title)
        sheet = subject.council.process_version.definition.sheet_for(subject.type)
        return {one.name: str(round(one.most * share / 25) / 4) for one in sheet.criteria}

    return _vote
