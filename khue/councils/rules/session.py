"""Whether a session may begin, who votes on what, and who is still missing."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.core.refusals import Refusal
from khue.councils.counting import Attendance, missing_for_quorum
from khue.councils.models import Ballot, Conflict, Council, Reviewing, Seat, Subject
from khue.councils.rules.composition import reviewers_missing, seats_of
from khue.councils.rules.conflicts import before, earlier_councils, standing_on
from khue.councils.rules.numbers import numbers

THERE = (Seat.Attendance.PRESENT, Seat.Attendance.ONLINE)


def attending(council: Council) -> int:
    """How many of the members are there."""
    return sum(seat.attendance in THERE for seat in seats_of(council))


def lacking(council: Council) -> Refusal | None:
    """Why the session is below its quorum, naming who is missing; None when it may begin."""
    seats = seats_of(council)
    rules = numbers(council).quorum
    counted = [Attendance(seat.role, seat.attendance in THERE, seat.authorised) for seat in seats]
    lacks = missing_for_quorum(counted, rules)
    told = [_told(role, number, seats) for role, number in lacks.items()]
    if "reviewer" in rules.must and "reviewer" not in lacks:  # one who left midway is missing too
        told += [lack.sentence.rstrip(".") for lack in reviewers_missing(council, seats)]
    if numbers(council).needs_representative and before(council).exists():
        there = [seat.person_id for seat in seats if seat.attendance in THERE]
        told += [] if earlier_councils(there, council) else [_("nobody of the earlier council is there")]
    if not told:
        return None
    sentence = _("The session cannot begin: %(missing)s. Wait for them, replace them, or put the meeting off.")
    return Refusal("council.no-quorum", sentence % {"missing": "; ".join(told)})


def _told(role: str, number: int, seats: list[Seat]) -> str:
    absent = [seat for seat in seats if seat.attendance not in THERE]
    if role == "members":
        sentence = ngettext(
            "%(count)s more member must be there (absent: %(names)s)",
            "%(count)s more members must be there (absent: %(names)s)",
            number,
        )
        return sentence % {"count": number, "names": _names(absent)}
    label = str(Seat.Role(role).label).lower()
    those = [seat for seat in absent if seat.role == role]
    if not those:
        return _("there is no %(role)s") % {"role": label}
    if role == "chair":
        return _("the chair %(names)s is absent and no vice-chair with written authority is there") % {
            "names": _names(those)
        }
    return _("the %(role)s %(names)s is absent") % {"role": label, "names": _names(those)}


def _names(seats: list[Seat]) -> str:
    return ", ".join(str(seat.person) for seat in seats) or _("nobody")


def voters(council: Council) -> dict[int, list[Seat]]:
    """subject -> seats that vote on it: there, and with nothing against them on that subject."""
    seats = [seat for seat in seats_of(council) if seat.attendance in THERE]
    against = standing_on(council)
    subjects = list(council.subjects.all())
    return {subject.pk: [seat for seat in seats if not aside_on(council, subject, against.get(seat.person_id, []))]
            for subject in subjects}  # fmt: skip


def aside_on(council: Council, subject: Subject, rows: Sequence[Conflict]) -> bool:
    """Whether what stands against a person (`rows`) keeps them from this subject."""
    return bool(rows) and (council.competing or any(row.dossier == subject.dossier for row in rows))


def against_member(seat: Seat) -> list[Conflict]:
    """What stands against the member in this seat, on any of the council's subjects: one query."""
    return standing_on(seat.council).get(seat.person_id, [])


def may_vote(seat: Seat, subject: Subject, against: Sequence[Conflict]) -> Refusal | None:
    """While the session runs, a member who is there and whom what stands `against` them does not keep from it."""
    council = subject.council
    if council.closed_at is not None or council.state != Council.State.MEETING:
        return Refusal("ballot.closed", _closed_sentence(council))
    if seat.attendance not in THERE:
        sentence = _("You are not recorded as present. Ask the secretary of the council to record you, then vote.")
        return Refusal("ballot.not-there", sentence)
    if aside_on(council, subject, against):
        return Refusal("ballot.conflict", _("You stand aside on this because of a conflict of interest."))
    return None


def _closed_sentence(council: Council) -> str:
    if council.closed_at is not None or council.state in (Council.State.COUNTED, Council.State.CONCLUDED):
        return _("The ballots were closed. The ballot that you had cast counts; nothing after it.")
    return _("The ballots are not open yet: voting begins when the secretary opens the session.")


def not_voted(council: Council) -> Mapping[Subject, list[Seat]]:
    """Subjects and who has not cast a ballot on them yet."""
    subjects = {subject.pk: subject for subject in council.subjects.all()}
    cast = set(
        Ballot.objects.filter(subject__council=council, cast_at__isnull=False).values_list("subject_id", "seat_id")
    )
    told = {
        subjects[pk]: [seat for seat in seats if (pk, seat.pk) not in cast] for pk, seats in voters(council).items()
    }
    return {subject: seats for subject, seats in told.items() if seats}


def opinions_missing(council: Council) -> list[Reviewing]:
    """Reviewers who have not written what they have to."""
    rows = Reviewing.objects.filter(subject__council=council, seat__in=seats_of(council)).select_related(
        "seat__person", "subject"
    )
    written = set(council.subjects.values_list("pk", "opinions__seat"))
    return [row for row in rows if (row.subject_id, row.seat_id) not in written]
