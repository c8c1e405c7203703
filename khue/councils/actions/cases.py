"""Moves the cases of a council and of its seats, so that the desk of each says what is to be done until when."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import CALENDAR, Actor, SystemActor
from khue.core.clock import today
from khue.councils.models import Council, Seat
from khue.councils.rules.visibility import SEATED
from khue.directory.models import Unit
from khue.flow.actions import Opening, move, move_those_ready, open_case, open_cases, set_due, set_due_of_all
from khue.flow.models import Case

COUNCIL = SystemActor("Hội đồng")
"""Who moves the case of a member when the council goes on."""


def open_council_case(council: Council, *, by: Actor) -> None:
    """The case of the council itself, held by the officer who forms it."""
    keeper: User | Unit = by if isinstance(by, User) else council.host
    council.case = open_case(
        "council", title=council.title, url=council.get_absolute_url(), dossier=council.journal,
        parties={"host": council.host, "secretary": keeper}, by=by,
    )  # fmt: skip
    council.save(update_fields=["case"])


def secretary_of(council: Council) -> User | Unit:
    """Who keeps the council's papers."""
    assert council.case is not None  # noqa: S101 - formed councils have one
    row = council.case.parties.select_related("unit", "user").get(party="secretary")
    keeper = row.user or row.unit
    assert keeper is not None  # noqa: S101 - the table's CHECK
    return keeper


def move_council(council: Council, verb: str, *, by: Actor, comment: str = "") -> None:
    """Take the council's case along."""
    assert council.case is not None  # noqa: S101 - formed councils have one
    move(council.case, verb, by=by, comment=comment)


def due(council: Council, on: date | None) -> None:
    """The case is due then; a day that has passed already is left out."""
    case = council.case
    if case is not None and on is not None and on >= today() and case.due_on != on:
        set_due(case, on, by=CALENDAR, reason=_("the day of the meeting"))


def open_seat_cases(council: Council, seats: Collection[Seat], *, by: Actor) -> None:
    """Put these seats on their members' desks, of those who have an account and where it is not there yet."""
    waiting = [seat for seat in seats if seat.case_id is None]
    accounts = User.objects.filter(person__in=[seat.person_id for seat in waiting], is_active=True)
    members = {member.person_id: member for member in accounts}
    seated = [seat for seat in waiting if seat.person_id in members]
    if not seated:
        return
    secretary = secretary_of(council)
    openings = [
        Opening(
            council.title, seat.get_absolute_url(), f"seat:{seat.pk}",
            {"member": members[seat.person_id], "secretary": secretary},
        )
        for seat in seated
    ]  # fmt: skip
    for seat, case in zip(seated, open_cases("council-seat", openings, by=by), strict=True):
        seat.case = case
    Seat.objects.bulk_update(seated, ["case"])


def move_seat(seat: Seat, verb: str, *, by: Actor = COUNCIL, comment: str = "") -> None:
    """Take the seat's case along where it stands at a step that the verb leaves; others stay where they are."""
    move_seats([seat], verb, by=by, comment=comment)


def move_seats(seats: Iterable[Seat], verb: str, *, by: Actor = COUNCIL, comment: str = "") -> None:
    """Take the cases of several seats along."""
    move_those_ready([Case(pk=seat.case_id) for seat in seats if seat.case_id], verb, by=by, comment=comment)


def move_all_seats(council: Council, verb: str, *, comment: str = "") -> None:
    """Take the cases of everybody who sits in the council along."""
    move_seats(council.seats.filter(state__in=SEATED), verb, comment=comment)


def seats_due(seats: Iterable[Seat], on: date | None) -> None:
    """What the members have to do is due then."""
    if on is None or on < today():
        return
    cases = [seat.case for seat in seats if seat.case is not None]
    later = [case for case in cases if case.closed_at is None and case.due_on != on]
    set_due_of_all(later, on, by=COUNCIL, reason=_("the day of the meeting"))
