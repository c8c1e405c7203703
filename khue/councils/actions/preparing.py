"""Before the meeting: when and where, documents sent in time, the chair's written authority."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.calendar import add_working_days, working_days_between
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import cases
from khue.councils.actions.conflicts import scan
from khue.councils.actions.forming import locked
from khue.councils.models import Council, Seat
from khue.councils.rules.composition import missing, seats_of, standing_aside
from khue.councils.rules.managing import may_run, wrong_state
from khue.councils.rules.numbers import Numbers, numbers
from khue.flow.shelf.law import cite
from khue.journal.actions import record


@transaction.atomic
def schedule(
    council: Council,
    *,
    meets_at: datetime,
    mode: str = Council.Mode.IN_PERSON,
    venue: str = "",
    link: str = "",
    by: Actor,
) -> Council:
    """Say when and where the council meets; again to put the meeting off. Raises Refused: `council.past-day`,
    `council.no-place`, `council.documents-late`."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.FORMING, Council.State.APPOINTED, Council.State.PREPARING))
    day = timezone.localtime(meets_at).date()
    require(_possible(meets_at, mode, venue, link) or _in_term(current, day))
    if current.documents_sent_on is not None:
        require(_in_time(numbers(current), current.documents_sent_on, day))
    again = current.meets_at is not None
    current.meets_at, current.mode, current.venue, current.link = meets_at, mode, venue.strip(), link.strip()
    current.comments_due_on = _comments_due(numbers(current), day)
    current.save()
    cases.due(current, last_day_for_documents(current) if current.documents_sent_on is None else day)
    if current.state == Council.State.PREPARING:
        cases.move_council(current, "postpone", by=by)
        _hand_out(current)
    record(
        current.journal, "council.put-off" if again else "council.scheduled", by=by, on=meets_at.isoformat(),
        place=current.venue or current.link,
    )  # fmt: skip
    council.refresh_from_db()
    return current


def _possible(meets_at: datetime, mode: str, venue: str, link: str) -> Refusal | None:
    if meets_at < now():
        return Refusal("council.past-day", _("The meeting would lie in the past. Choose a later day and hour."))
    if mode != Council.Mode.ONLINE and not venue.strip():
        return Refusal("council.no-place", _("Write where the council meets."))
    if mode != Council.Mode.IN_PERSON and not link.strip():
        return Refusal("council.no-place", _("Give the address of the online meeting."))
    return None


def _in_term(council: Council, day: date) -> Refusal | None:
    """A council whose decision names a term meets within it."""
    if council.term_to is None or day <= council.term_to:
        return None
    sentence = _("The term of this council ends on %(day)s: it cannot meet later.")
    return Refusal("council.after-term", sentence % {"day": f"{council.term_to:%d/%m/%Y}"})


def last_day_for_documents(council: Council) -> date | None:
    """The last day on which the documents may go out for the meeting as it is set; None without a meeting."""
    if council.meets_at is None:
        return None
    day = timezone.localtime(council.meets_at).date()
    return add_working_days(day, -days) if (days := numbers(council).number("documents-before")) else day


def _comments_due(rules: Numbers, day: date) -> date | None:
    before = rules.number("comments-before")
    return add_working_days(day, -(before or 1))


def _in_time(rules: Numbers, sent_on: date, day: date) -> Refusal | None:
    """The documents reach the members so many working days before the meeting."""
    found, least = rules.provision("documents-before"), rules.number("documents-before")
    if found is None or working_days_between(sent_on, day) >= least:
        return None
    sentence = _(
        "Members get the documents at least %(least)s working days before the meeting (%(basis)s). "
        "Sent on %(sent)s, the council meets on %(first)s at the earliest: put the meeting off to then."
    )
    told = {
        "least": least, "basis": cite(found.basis), "sent": f"{sent_on:%d/%m/%Y}",
        "first": f"{add_working_days(sent_on, least):%d/%m/%Y}",
    }  # fmt: skip
    return Refusal("council.documents-late", sentence % told)


@transaction.atomic
def send_documents(council: Council, *, by: Actor) -> Council:
    """Open the documents to the members who accepted and declared their interests; who does so later gets them then.
    Raises Refused: `council.no-meeting`, `council.documents-late`, `council.incomplete`."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.APPOINTED))
    if current.meets_at is None:
        raise Refused(Refusal("council.no-meeting", _("First say when and where the council meets.")))
    require(_in_time(numbers(current), today(), timezone.localtime(current.meets_at).date()))
    scan(current)
    if lacks := missing(current):
        raise Refused(Refusal("council.incomplete", " ".join(lack.sentence for lack in lacks)))
    current.documents_sent_on, current.state = today(), Council.State.PREPARING
    current.save(update_fields=["documents_sent_on", "state"])
    cases.due(current, timezone.localtime(current.meets_at).date())
    cases.move_council(current, "send-documents", by=by)
    count = _hand_out(current)
    record(current.journal, "council.documents-sent", by=by, count=count)
    council.refresh_from_db()
    return current


def _hand_out(council: Council) -> int:
    """Put the reading on the desks of those who may read."""
    aside = standing_aside(council)
    ready = [
        seat for seat in seats_of(council)
        if seat.state == Seat.State.ACCEPTED and seat.interest_declared_at and seat.person_id not in aside
    ]  # fmt: skip
    cases.seats_due(ready, council.comments_due_on)
    cases.move_seats(ready, "hand-out")
    return len(ready)


@transaction.atomic
def authorise(seat: Seat, *, by: Actor, paper: str = "") -> Seat:
    """Record the chair's written authority for a vice-chair; `paper` names it. Raises Refused: `seat.not-vice-chair`,
    `seat.no-paper`."""
    council = locked(seat.council)
    require(may_run(by, council))
    current = Seat.objects.select_for_update(of=("self",)).select_related("person").get(pk=seat.pk)
    if current.role != Seat.Role.VICE_CHAIR or current.state in (Seat.State.DECLINED, Seat.State.REMOVED):
        sentence = _("Only a vice-chair can chair the meeting in the chair's place.")
        raise Refused(Refusal("seat.not-vice-chair", sentence))
    if not paper.strip():
        sentence = _("The authority has to be written: name the paper and its day, and attach it to the council.")
        raise Refused(Refusal("seat.no-paper", sentence))
    current.authorised = True
    current.save(update_fields=["authorised"])
    record(council.journal, "council.authorised", by=by, person=current.person.full_name, paper=paper.strip())
    seat.refresh_from_db()
    return current
