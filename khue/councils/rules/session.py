"""Whether a session may begin, who votes on what, and who is still missing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from khue.core.calendar import add_working_days
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.councils.counting import Attendance, missing_for_quorum, needed_for_quorum
from khue.councils.models import Ballot, Conflict, Council, Reviewing, Seat, Subject
from khue.councils.owners import owner_of
from khue.councils.rules.composition import reviewers_missing, seats_of, standing_aside, thinned
from khue.councils.rules.conflicts import before, earlier_councils, standing_on
from khue.councils.rules.numbers import numbers

THERE = (Seat.Attendance.PRESENT, Seat.Attendance.ONLINE)


def attending(council: Council) -> int:
    """How many of the members are there."""
    return sum(seat.attendance in THERE for seat in seats_of(council))


def lacking(council: Council) -> Refusal | None:
    """Why the session is below its quorum or the council below its least number, naming who is missing; None when it
    may begin, be counted, or conclude. Whoever stands aside from the whole council is not there."""
    seats, rules = seats_of(council), numbers(council).quorum
    aside = standing_aside(council)
    away = [seat for seat in seats if seat.attendance not in THERE or seat.person_id in aside]
    counted = [Attendance(seat.role, seat not in away, seat.authorised) for seat in seats]
    lacks = missing_for_quorum(counted, rules)
    told = [few.sentence[0].lower() + few.sentence[1:].rstrip(".")] if (few := thinned(council, seats)) else []
    told += [_told(council, role, seats, away) for role in lacks]
    if "reviewer" in rules.must and "reviewer" not in lacks:  # one who left midway is missing too
        told += [lack.sentence.rstrip(".") for lack in reviewers_missing(council, seats)]
    if numbers(council).needs_representative and before(council).exists():
        there = [seat.person_id for seat in seats if seat not in away]
        told += [] if earlier_councils(there, council) else [_("nobody of the earlier council is there")]
    return Refusal("council.no-quorum", _below(council) % {"missing": "; ".join(told)}) if told else None


def _below(council: Council) -> str:
    """What cannot be done below the quorum where the council stands, and the ways out."""
    if council.state == Council.State.MEETING:
        return _(
            "Below its quorum the council neither votes on anything nor counts: %(missing)s. Wait for them, put others "
            "in their seats, or put the session off; the ballots that were cast stay."
        )
    if council.state == Council.State.COUNTED:
        return _(
            "The council cannot conclude: %(missing)s. Judge the conflict, or take those members away: the ballots "
            "open again and those of the others stay."
        )
    return _("The session cannot begin: %(missing)s. Wait for them, replace them, or put the meeting off.")


def thinly_voted(council: Council) -> Refusal | None:
    """Why the ballots are not counted yet: on a subject fewer members have voted than make a quorum. Ballots of those
    who stand aside on it are no votes."""
    rules, seats = numbers(council), seats_of(council)
    needed = needed_for_quorum(len(seats), rules.quorum)
    cast = _cast(council)
    here = {pk: sum((pk, seat.pk) in cast for seat in row) for pk, row in voters(council).items()}
    few = [(subject, here[subject.pk]) for subject in council.subjects.all() if here[subject.pk] < needed]
    if not few:
        return None
    subject, have = few[0]
    sentence = _(
        "On «%(title)s» %(have)s of %(seats)s members have voted; below %(needed)s%(basis)s nothing is counted. Wait "
        "for more ballots, put others in the seats, or put the session off: the ballots that were cast stay."
    )
    told: dict[str, Any] = {"title": subject.title, "have": have, "seats": len(seats), "needed": needed}
    return Refusal("council.too-few-ballots", sentence % (told | {"basis": rules.by("present")}))


def board_missing(council: Council) -> Refusal | None:
    """Why the ballots are not counted yet: the rules ask for a counting board, and those of it who are there are too
    few."""
    rules = numbers(council)
    wanted = rules.number("counting-board")
    aside = standing_aside(council)
    there = [
        seat for seat in seats_of(council)
        if seat.counts_votes and seat.attendance in THERE and seat.person_id not in aside
    ]  # fmt: skip
    if len(there) >= wanted:
        return None
    sentence = _(
        "The ballots are counted by a counting board that the council chooses from the members who are there: "
        "%(wanted)s%(basis)s; %(have)s of them are chosen and there. Choose them on the page “Counting board”, then "
        "count."
    )
    told: dict[str, Any] = {"wanted": wanted, "basis": rules.by("counting-board"), "have": len(there)}
    return Refusal("council.no-board", sentence % told)


def voted_in_conflict(council: Council) -> Refusal | None:
    """Why the count does not stand: somebody whose ballot is in it was found to be in conflict afterwards."""
    against, cast = standing_on(council), _cast(council)
    if not against:
        return None
    subjects = list(council.subjects.all())
    voted = [
        seat for seat in seats_of(council)
        for subject in subjects
        if (subject.pk, seat.pk) in cast and aside_on(council, subject, against.get(seat.person_id, []))
    ]  # fmt: skip
    if not voted:
        return None
    sentence = _(
        "A ballot of %(names)s was counted, and a conflict of interest stands against this member. Judge the conflict, "
        "or take the member away: the ballots open again and those of the others stay."
    )
    names = ", ".join(dict.fromkeys(str(seat.person) for seat in voted))
    return Refusal("council.voted-in-conflict", sentence % {"names": names})


def _told(council: Council, role: str, seats: list[Seat], absent: list[Seat]) -> str:
    if role == "members":
        rules = numbers(council)
        sentence = _(
            "%(have)s of %(seats)s members are there, at least %(needed)s must be%(basis)s (absent: %(names)s)"
        )
        needed = needed_for_quorum(len(seats), rules.quorum)
        told: dict[str, Any] = {"have": len(seats) - len(absent), "seats": len(seats), "needed": needed}
        return sentence % (told | {"basis": rules.by("present"), "names": _names(absent)})
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


def _cast(council: Council) -> set[tuple[int, int]]:
    """(subject, seat) of every ballot that was cast."""
    rows = Ballot.objects.filter(subject__council=council, cast_at__isnull=False)
    return set(rows.values_list("subject_id", "seat_id"))


def not_voted(council: Council) -> Mapping[Subject, list[Seat]]:
    """Subjects and who has not cast a ballot on them yet."""
    subjects = {subject.pk: subject for subject in council.subjects.all()}
    cast = _cast(council)
    told = {
        subjects[pk]: [seat for seat in seats if (pk, seat.pk) not in cast] for pk, seats in voters(council).items()
    }
    return {subject: seats for subject, seats in told.items() if seats}


def takes_opinions(council: Council) -> bool:
    """Comments are taken from the day the documents are sent until the ballots are closed."""
    return council.state in (Council.State.PREPARING, Council.State.MEETING) and council.closed_at is None


def questions_until(council: Council) -> date | None:
    """The last day on which members ask questions of those who applied; None where the version takes none, or no
    meeting is set."""
    before = numbers(council).number("questions-before")
    if not before or council.meets_at is None:
        return None
    return add_working_days(timezone.localtime(council.meets_at).date(), -before)


def may_ask(council: Council) -> Refusal | None:
    """Whether questions are still taken: from the day the documents are sent, so many working days before the
    meeting."""
    last = questions_until(council)
    if council.state != Council.State.PREPARING or last is None:
        sentence = _("Questions are taken from the day the documents are sent until the meeting begins.")
        return Refusal("question.closed", sentence)
    if today() <= last:
        return None
    sentence = _(
        "Questions go to the applicant at least %(least)s working days before the meeting%(basis)s: the last day was "
        "%(day)s. Ask it in the meeting, or write it into your comment."
    )
    rules = numbers(council)
    told = {"least": rules.number("questions-before"), "basis": rules.by("questions-before"), "day": f"{last:%d/%m/%Y}"}
    return Refusal("question.late", sentence % told)


def unready(council: Council) -> list[Refusal]:
    """What has to be there besides the council before its session begins, as the owner of its subjects says."""
    ask = owner_of(council.kind).unready
    return [lack for subject in council.subjects.all() if (lack := ask(subject.dossier)) is not None]


def opinions_missing(council: Council) -> list[Reviewing]:
    """Reviewers who have not written what they have to."""
    rows = Reviewing.objects.filter(subject__council=council, seat__in=seats_of(council)).select_related(
        "seat__person", "subject"
    )
    written = set(council.subjects.values_list("pk", "opinions__seat"))
    return [row for row in rows if (row.subject_id, row.seat_id) not in written]
