"""Closing the ballots and counting them; voting again; breaking a tie."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import cases
from khue.councils.actions.forming import locked
from khue.councils.models import Ballot, Council, Seat, Subject
from khue.councils.rules.ballots import needs_ballots
from khue.councils.rules.managing import may_run, wrong_state
from khue.councils.rules.numbers import numbers
from khue.councils.rules.results import UNDECIDED, places, result_of
from khue.councils.rules.session import THERE, board_missing, lacking, not_voted, thinly_voted, voters
from khue.journal.actions import record


@transaction.atomic
def elect_board(council: Council, board: Sequence[Seat], *, by: Actor) -> Council:
    """Who counts the ballots: as many of the members who are there as the version says (`KIND-counting-board`).
    Choosing anew replaces those chosen before. Raises Refused: `council.board-size`, `council.board-away`,
    `council.wrong-state`."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.PREPARING, Council.State.MEETING))
    rules = numbers(current)
    wanted = rules.number("counting-board", len(board))
    if len(board) != wanted:
        sentence = _("The counting board has %(wanted)s members%(basis)s; %(have)s were chosen.")
        told = {"wanted": wanted, "basis": rules.by("counting-board"), "have": len(board)}
        raise Refused(Refusal("council.board-size", sentence % told))
    chosen = current.seats.filter(pk__in=[seat.pk for seat in board])
    away = [str(seat.person) for seat in chosen.select_related("person") if seat.attendance not in THERE]
    if away:
        sentence = _("%(names)s is not recorded as present. Those who count the ballots are there.")
        raise Refused(Refusal("council.board-away", sentence % {"names": ", ".join(away)}))
    current.seats.update(counts_votes=False)
    chosen.update(counts_votes=True)
    names = ", ".join(str(seat.person) for seat in board)
    record(current.journal, "council.board-elected", by=by, names=names)
    council.refresh_from_db()
    return current


@transaction.atomic
def close(council: Council, *, by: Actor, without_missing: bool = False) -> Council:
    """Close the ballots and count them in one act: a ballot being written now either is in before or is told that it
    came too late. Refused below the quorum, of members as of ballots on each subject, without the counting board that
    the rules ask for, and, unless `without_missing`, while somebody who is there has not voted.

    Raises Refused: `council.no-quorum`, `council.no-board`, `council.too-few-ballots`, `council.not-voted`,
    `council.wrong-state`.
    """
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.MEETING))
    require(lacking(current))
    if needs_ballots(numbers(current)):
        require(board_missing(current))
        if not without_missing:
            require(_waiting(current))
        require(thinly_voted(current))
        current.closed_at = now()
        _count(current)
    else:
        current.closed_at = now()
    current.state = Council.State.COUNTED
    current.save(update_fields=["state", "closed_at"])
    cases.move_council(current, "count", by=by)
    record(current.journal, "council.counted", by=by, count=current.subjects.exclude(outcome="").count())
    council.refresh_from_db()
    return current


def _waiting(council: Council) -> Refusal | None:
    missing = not_voted(council)
    if not missing:
        return None
    names = sorted({str(seat.person) for seats in missing.values() for seat in seats})
    sentence = _("Not everybody has voted: %(names)s. Wait for them, or close without these ballots.")
    return Refusal("council.not-voted", sentence % {"names": ", ".join(names)})


def _count(council: Council) -> None:
    """Count every subject by the ballots of those who sit in the council and vote on it."""
    seats = voters(council)
    subjects = list(Subject.objects.select_for_update(of=("self",)).filter(council=council).select_related(
        "council__process_version"
    ))  # fmt: skip
    for subject in subjects:
        here = seats[subject.pk]
        ballots = list(Ballot.objects.filter(subject=subject, seat__in=here, cast_at__isnull=False))
        found = result_of(subject, ballots, present=len(here))
        subject.outcome, subject.score, subject.rating = found.outcome, found.score, found.rating
        subject.counted = {**subject.counted, **found.counted}
        subject.counted_at, subject.place = now(), None
        subject.save()
    if council.competing:
        _rank(subjects)


def _rank(subjects: list[Subject]) -> None:
    found = places(subjects)
    for subject in subjects:
        if subject.dossier in found:
            subject.place, decided = found[subject.dossier]
            subject.counted = {**subject.counted, "placed_by": decided}
            subject.save(update_fields=["place", "counted"])


@transaction.atomic
def vote_again(council: Council, *, by: Actor, reason: str) -> Council:
    """Open the ballots again, for instance when no ballot was valid: what members gave stands on their ballots as a
    draft, the count before is kept. Raises Refused: `council.reason-missing`, `council.wrong-state`."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.COUNTED))
    if not reason.strip():
        raise Refused(Refusal("council.reason-missing", _("Write why the council votes again.")))
    reopen(current, by=by, reason=reason, again=True)
    council.refresh_from_db()
    return current


def reopen(council: Council, *, by: Actor, reason: str, again: bool = False) -> None:
    """Back to the session. Ballots that were cast stay cast, so that a member who was taken away only drops out of the
    next count; `again`: each has to be cast anew."""
    if again:
        Ballot.objects.filter(subject__council=council).update(cast_at=None)
    for subject in council.subjects.all():
        last = {name: value for name, value in subject.counted.items() if name != "before"}
        subject.counted = {"before": [*subject.counted.get("before", []), {**last, "outcome": subject.outcome}]}
        subject.outcome, subject.score, subject.rating = "", None, ""
        subject.place, subject.counted_at = None, None
        subject.save()
    council.state, council.closed_at = Council.State.MEETING, None
    council.save(update_fields=["state", "closed_at"])
    cases.move_council(council, "vote-again", by=by, comment=reason)
    if again:
        cases.move_all_seats(council, "call-to-vote")
    record(council.journal, "council.vote-again", by=by, reason=reason.strip())


@transaction.atomic
def break_tie(council: Council, first: Subject, *, by: Actor, reason: str) -> Subject:
    """The council puts one of those that share a place first, with its reason in the minutes. Raises Refused:
    `council.no-tie`, `council.reason-missing`."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.COUNTED))
    subject = Subject.objects.get(pk=first.pk, council=current)
    same = list(current.subjects.filter(place=subject.place).exclude(pk=subject.pk)) if subject.place else []
    if not same:
        raise Refused(Refusal("council.no-tie", _("«%(title)s» shares its place with no other.") % {"title": subject}))
    if not reason.strip():
        raise Refused(Refusal("council.reason-missing", _("Write why this one comes first.")))
    for one in same:
        one.place = (subject.place or 0) + 1
        one.save(update_fields=["place"])
    subject.counted = {**subject.counted, "placed_by": "council", "tie_reason": reason.strip()}
    subject.save(update_fields=["counted"])
    record(current.journal, "council.tie-broken", by=by, title=subject.title, reason=reason.strip())
    return subject


def undecided(council: Council) -> list[Subject]:
    """Subjects without a valid result: the council votes again on them."""
    return list(council.subjects.filter(outcome=UNDECIDED))
