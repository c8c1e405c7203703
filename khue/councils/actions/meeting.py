"""The session: who is there, opened only with a quorum, adjourned when it is lost."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import cases
from khue.councils.actions.conflicts import scan
from khue.councils.actions.forming import locked
from khue.councils.models import Council, Seat
from khue.councils.rules.composition import standing_aside
from khue.councils.rules.managing import may_run, wrong_state
from khue.councils.rules.session import THERE, lacking, unready, voters
from khue.journal.actions import record


@transaction.atomic
def record_attendance(council: Council, attendance: Mapping[Seat, str], *, by: Actor) -> Council:
    """Who is there (`present`, `online`), who is not (`absent`). During the session too: who comes later may vote from
    then on. Raises Refused: `seat.not-accepted`, `seat.undeclared`, `council.conflict`."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.PREPARING, Council.State.MEETING))
    told = {seat.pk: Seat.Attendance(what) for seat, what in attendance.items()}
    rows, aside = _those_of(current, told), standing_aside(current)
    for row in rows:
        row.attendance = told[row.pk]
        require(_may_be(row, aside))
    Seat.objects.bulk_update(rows, ["attendance"])
    there = current.seats.filter(attendance__in=THERE).count()
    record(current.journal, "council.attendance", by=by, count=there)
    if current.state == Council.State.MEETING:
        _call_to_vote(current)
    return current


def _those_of(council: Council, seats: Collection[int]) -> list[Seat]:
    """The seats of these numbers, locked. Raises Seat.DoesNotExist when one is of another council."""
    rows = Seat.objects.select_for_update(of=("self",)).select_related("person").filter(pk__in=seats, council=council)
    found = list(rows.order_by("pk"))
    if len(found) < len(seats):
        raise Seat.DoesNotExist
    return found


def _may_be(seat: Seat, aside: Collection[int]) -> Refusal | None:
    """Whether the seat may be marked as it is now."""
    if seat.attendance not in THERE:
        return None
    if seat.state != Seat.State.ACCEPTED:
        sentence = _("%(person)s has not accepted the seat. Enter the answer first.")
        return Refusal("seat.not-accepted", sentence % {"person": seat.person})
    if seat.interest_declared_at is None:
        sentence = _("%(person)s has not declared whether there is a conflict of interest. That comes first.")
        return Refusal("seat.undeclared", sentence % {"person": seat.person})
    if seat.person_id in aside:
        sentence = _("%(person)s stands aside because of a conflict of interest. Judge it, or fill the seat anew.")
        return Refusal("council.conflict", sentence % {"person": seat.person})
    return None


@transaction.atomic
def open_session(council: Council, *, by: Actor) -> Council:
    """Begin the session and the voting, on the day that it was set for: members have had the documents for as long as
    the rules give them. Raises Refused: `council.too-early`, `council.no-quorum`, which names who is missing,
    or what the owner says is not there yet."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.PREPARING))
    require(_too_early(current))
    scan(current)
    require(lacking(current))
    require(next(iter(unready(current)), None))
    current.state, current.opened_at, current.closed_at = Council.State.MEETING, now(), None
    current.save(update_fields=["state", "opened_at", "closed_at"])
    cases.move_council(current, "open-session", by=by)
    _call_to_vote(current)
    record(current.journal, "council.session-opened", by=by, count=current.seats.filter(attendance__in=THERE).count())
    council.refresh_from_db()
    return current


def _too_early(council: Council) -> Refusal | None:
    """Whether the day of the meeting is still to come."""
    day = timezone.localtime(council.meets_at).date() if council.meets_at else None
    if day is None or day <= today():
        return None
    sentence = _("The council meets on %(day)s. To meet sooner, put the meeting to another day first.")
    return Refusal("council.too-early", sentence % {"day": f"{day:%d/%m/%Y}"})


def _call_to_vote(council: Council) -> None:
    """Put the ballots on the desks of those who vote and have not yet."""
    seats = {seat.pk: seat for row in voters(council).values() for seat in row}
    waiting = [seat for seat in seats.values() if seat.case is not None and seat.case.step != "voted"]
    cases.move_seats(waiting, "call-to-vote")


@transaction.atomic
def adjourn(council: Council, *, by: Actor, reason: str) -> Council:
    """Break the session off; ballots cast so far stay as they are and count when it goes on, those of members who are
    taken away do not. Raises Refused: `council.reason-missing`."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.MEETING))
    if not reason.strip():
        raise Refused(Refusal("council.reason-missing", _("Write why the session is put off.")))
    current.state, current.opened_at = Council.State.PREPARING, None
    current.save(update_fields=["state", "opened_at"])
    current.seats.update(attendance="")
    cases.move_council(current, "adjourn", by=by, comment=reason)
    cases.move_all_seats(current, "put-off")
    record(current.journal, "council.adjourned", by=by, reason=reason.strip())
    council.refresh_from_db()
    return current
