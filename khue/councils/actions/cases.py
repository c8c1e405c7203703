"""Moves the cases of a council and of its seats, so that the desk of each says what is to be done until when."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import CALENDAR, Actor, SystemActor
from khue.core.clock import today
from khue.councils.models import Council, Seat
from khue.councils.rules.visibility import SEATED
from khue.directory.models import Unit
from khue.flow.actions import move, open_case, set_due
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


def open_seat_case(seat: Seat, *, by: Actor) -> None:
    """Put the seat on its member's desk, if the member has an account and it is not there yet."""
    if seat.case_id is not None:
        return
    member = User.objects.filter(person=seat.person_id, is_active=True).first()
    if member is None:
        return
    council = seat.council
    seat.case = open_case(
        "council-seat", title=council.title, url=seat.get_absolute_url(), dossier=f"seat:{seat.pk}",
        parties={"member": member, "secretary": secretary_of(council)}, by=by,
    )  # fmt: skip
    seat.save(update_fields=["case"])


def move_seat(seat: Seat, verb: str, *, by: Actor = COUNCIL, comment: str = "") -> None:
    """Take the seat's case along where it stands at a step that the verb leaves; others stay where they are."""
    case = seat.case
    if case is None or case.closed_at is not None:
        return
    case = Case.objects.select_related("process_version").get(pk=case.pk)
    found = case.definition.moves[verb]
    if case.closed_at is None and case.step in found.sources:
        move(case, verb, by=by, comment=comment)


def move_seats(council: Council, verb: str, *, seats: Iterable[Seat] | None = None, comment: str = "") -> None:
    """Take the cases of several seats along."""
    rows = seats if seats is not None else council.seats.filter(state__in=SEATED).select_related("case")
    for seat in rows:
        move_seat(seat, verb, comment=comment)


def seat_due(seat: Seat, on: date | None) -> None:
    """What the member has to do is due then."""
    case = seat.case
    if case is not None and case.closed_at is None and on is not None and on >= today() and case.due_on != on:
        set_due(case, on, by=COUNCIL, reason=_("the day of the meeting"))
