"""What members say: ballots, changeable until they are closed; reviews and written opinions; dissent."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import cases
from khue.councils.actions.forming import locked
from khue.councils.models import Ballot, Conflict, Council, Dissent, Opinion, Question, Seat, Subject
from khue.councils.owners import owner_of
from khue.councils.rules.ballots import checked, needs_ballots
from khue.councils.rules.comments import conclusion_asked
from khue.councils.rules.managing import may_act_as, may_run, wrong_state
from khue.councils.rules.numbers import numbers
from khue.councils.rules.session import against_member, aside_on, may_ask, may_vote, takes_opinions
from khue.flow.answers import answer_to
from khue.flow.shelf.values import ScoreSheet
from khue.journal.actions import record


def _locked(seat: Seat, subject: Subject) -> tuple[Seat, Subject]:
    """Both as they are now. The council's row is locked first: whoever closes the ballots waits for a ballot that is
    being written, and a ballot that comes after it is told so."""
    council = locked(Council(pk=seat.council_id))
    row, about = _SEAT.get(seat.pk), _SUBJECT.get(subject.pk)
    if {row.council_id, about.council_id} != {council.pk}:
        raise Subject.DoesNotExist(f"no seat {seat.pk} and subject {subject.pk} in council {council.pk}")
    row.council = about.council = council
    if row.state in (Seat.State.DECLINED, Seat.State.REMOVED):
        sentence = _("You no longer sit in this council: %(reason)s What you had written stays on file.")
        raise Refused(Refusal("council.seat-gone", sentence % {"reason": row.reason}))
    return row, about


_SEAT = ByNumber(lambda: Seat.objects.select_for_update(of=("self",)).select_related("person").filter(pk=NUMBER))
_SUBJECT = ByNumber(lambda: Subject.objects.filter(pk=NUMBER))


def sheet_of(subject: Subject) -> ScoreSheet:
    """The sheet that members fill in. Raises Refused (`ballot.no-sheet`)."""
    sheet = numbers(subject.council).sheet(subject.type)
    if sheet is None or not needs_ballots(numbers(subject.council)):
        raise Refused(Refusal("ballot.no-sheet", _("This council decides together, without ballots.")))
    return sheet


@transaction.atomic
def save_draft(seat: Seat, subject: Subject, answers: Mapping[str, Any], *, opinion: str = "", by: Actor) -> Ballot:
    """Keep what stands on the ballot so far; before the session too. A ballot that was cast stays cast as it was.
    Raises Refused: `ballot.closed`, `ballot.…` for what is not possible."""
    current, about = _locked(seat, subject)
    require(may_act_as(by, current))
    require(_open_for_drafts(current, about))
    sheet = sheet_of(about)
    kept = checked(sheet, answers, draft=True, products=owner_of(about.council.kind).products(about.dossier))
    ballot = _ballot(current, about)
    if ballot.cast_at is None:
        ballot.answers, ballot.opinion, ballot.changed_at, ballot.sheet = kept, opinion.strip(), now(), sheet.name
        ballot.save()
    return ballot


def _open_for_drafts(seat: Seat, subject: Subject) -> Refusal | None:
    council = subject.council
    if council.state == Council.State.PREPARING:
        rows = against_member(seat)
        if aside_on(council, subject, rows):
            return Refusal("ballot.conflict", _("You stand aside on this because of a conflict of interest."))
        return None
    return may_vote(seat, subject, against_member(seat))


@transaction.atomic
def cast(seat: Seat, subject: Subject, answers: Mapping[str, Any], *, opinion: str = "", by: Actor) -> Ballot:
    """Cast the ballot, or change it until the ballots are closed. One ballot a member and subject: casting again
    changes it. The journal says that it was cast, never what stands on it. Raises Refused: `ballot.closed`,
    `ballot.not-there`, `ballot.conflict`, `ballot.incomplete`, `ballot.points`, `council.seat-gone`."""
    current, about = _locked(seat, subject)
    require(may_act_as(by, current))
    against = against_member(current)
    require(may_vote(current, about, against))
    sheet = sheet_of(about)
    kept = checked(sheet, answers, draft=False, products=owner_of(about.council.kind).products(about.dossier))
    ballot = _ballot(current, about)
    again = ballot.cast_at is not None
    ballot.answers, ballot.opinion, ballot.sheet = kept, opinion.strip(), sheet.name
    ballot.cast_at, ballot.changed_at, ballot.changes = now(), now(), ballot.changes + again
    ballot.save()
    record(
        about.council.journal, "council.ballot-changed" if again else "council.ballot-cast", by=by,
        person=current.person.full_name, number=about.number,
    )  # fmt: skip
    _done_when_all(current, against)
    return ballot


def _ballot(seat: Seat, subject: Subject) -> Ballot:
    """The member's ballot, or a new one. The council is locked: nobody begins the same meanwhile."""
    there = Ballot.objects.filter(seat=seat, subject=subject).order_by("pk").first()
    return there or Ballot(seat=seat, subject=subject)


def _done_when_all(seat: Seat, against: Sequence[Conflict]) -> None:
    """When the member, who is there, has voted on everything, the desk is clear."""
    said = Ballot.objects.filter(subject=OuterRef("pk"), seat=seat, cast_at__isnull=False)
    left = seat.council.subjects.exclude(Exists(said))
    if all(aside_on(seat.council, subject, against) for subject in left):
        cases.move_seat(seat, "cast")


@transaction.atomic
def write_opinion(seat: Seat, subject: Subject, *, text: str, by: Actor, proposal: str = "") -> Opinion:
    """A review, or the written opinion of a member who cannot come; writing again changes it until the ballots are
    closed. `proposal` is what it comes to, of what the version's form of comments offers. The secretary may enter one
    that came on paper. Raises Refused: `opinion.empty`, `opinion.closed`, `flow.answer`."""
    current, about = _locked(seat, subject)
    if may_act_as(by, current) is not None:
        require(may_run(by, current.council))
    if not text.strip():
        raise Refused(Refusal("opinion.empty", _("Write the opinion first.")))
    council = about.council
    if not takes_opinions(council):
        sentence = _("Opinions are taken from the day the documents are sent until the ballots are closed.")
        raise Refused(Refusal("opinion.closed", sentence))
    rows = against_member(current)
    if aside_on(council, about, rows):
        raise Refused(Refusal("ballot.conflict", _("You stand aside on this because of a conflict of interest.")))
    asked = conclusion_asked(council)
    told = {"text": text.strip(), "proposal": answer_to(asked, proposal) or "" if asked else "", "written_at": now()}
    opinion, _new = Opinion.objects.update_or_create(subject=about, seat=current, defaults=told)
    record(council.journal, "council.opinion", by=by, person=current.person.full_name, number=about.number)
    return opinion


@transaction.atomic
def ask(seat: Seat, subject: Subject, *, text: str, by: Actor) -> Question:
    """What a member wants to know of those who applied, before the meeting; asking again changes it until the last
    day for questions. The secretary may enter one that came on paper. Raises Refused: `question.empty`,
    `question.closed`, `question.late`, `ballot.conflict`."""
    current, about = _locked(seat, subject)
    if may_act_as(by, current) is not None:
        require(may_run(by, current.council))
    if not text.strip():
        raise Refused(Refusal("question.empty", _("Write the question first.")))
    require(may_ask(about.council))
    if aside_on(about.council, about, against_member(current)):
        raise Refused(Refusal("ballot.conflict", _("You stand aside on this because of a conflict of interest.")))
    question, _new = Question.objects.update_or_create(
        subject=about, seat=current, defaults={"text": text.strip(), "asked_at": now()}
    )
    record(about.council.journal, "council.question", by=by, person=current.person.full_name, number=about.number)
    return question


@transaction.atomic
def dissent(seat: Seat, *, text: str, by: Actor, subject: Subject | None = None) -> Dissent:
    """Keep a member's differing opinion with the minutes. Raises Refused: `opinion.empty`, `council.wrong-state`."""
    current = Seat.objects.select_for_update(of=("self",)).select_related("council", "person").get(pk=seat.pk)
    if may_act_as(by, current) is not None:
        require(may_run(by, current.council))
    require(wrong_state(current.council, Council.State.MEETING, Council.State.COUNTED))
    if not text.strip():
        raise Refused(Refusal("opinion.empty", _("Write the opinion first.")))
    made = Dissent.objects.create(
        council=current.council, seat=current, subject=subject, text=text.strip(), at=now()
    )  # fmt: skip
    record(current.council.journal, "council.dissent", by=by, person=current.person.full_name)
    return made
