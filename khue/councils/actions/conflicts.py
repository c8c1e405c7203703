"""Conflicts: looked for, declared, judged. Suspected ones keep a person out until somebody judges them."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import Membership, User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import cases
from khue.councils.models import Conflict, Council, Seat, Subject
from khue.councils.owners import owner_of
from khue.councils.rules import conflicts as rules
from khue.councils.rules.composition import seats_of, standing_aside, stands_aside
from khue.councils.rules.managing import may_act_as, may_run
from khue.directory.models import Person, Unit, valid_on
from khue.journal.actions import Act, record, record_many
from khue.notices.actions import withdraw


def scan(council: Council) -> list[Conflict]:
    """Look once more at everybody who sits in the council or works at its host, and keep what is new."""
    roles = {seat.person_id: seat.role for seat in seats_of(council)}
    staff = Membership.objects.filter(
        valid_on(today()), unit__in=Unit.objects.within([council.host_id]), user__person__isnull=False
    ).values_list("user__person", flat=True)
    return _keep(council, {**dict.fromkeys(staff, "member"), **roles})


def look_at(council: Council, roles: Mapping[int, str]) -> list[Conflict]:
    """Look for what stands against people before they are given seats (person -> role), and keep it so that it can be
    judged."""
    return _keep(council, roles)


def _keep(council: Council, roles: Mapping[int, str]) -> list[Conflict]:
    made = []
    for person, by_subject in rules.against(council, list(roles)).items():
        for subject, found in by_subject.items():
            for one in rules.barring(council, found, role=roles[person]):
                evidence = [{"text": one.text, **one.rests_on}]
                row, new = Conflict.objects.get_or_create(
                    person_id=person, dossier=subject.dossier, ground=one.ground,
                    defaults={"source": Conflict.Source.COMPUTED, "evidence": evidence, "found_at": now()},
                )  # fmt: skip
                if new:
                    made.append(row)
                    _follow(council, subject, row)
    for seat in seats_of(council) if made else ():
        if any(row.person_id == seat.person_id for row in made):
            _suspend(seat)
    return made


def _follow(council: Council, subject: Subject, row: Conflict) -> None:
    """The same person must not see what belongs together with the subject either."""
    for dossier in owner_of(council.kind).related(subject.dossier):
        Conflict.objects.get_or_create(
            person_id=row.person_id, dossier=dossier, ground=row.ground,
            defaults={"source": row.source, "evidence": row.evidence, "found_at": row.found_at},
        )  # fmt: skip


def _suspend(seat: Seat) -> None:
    """The member's own desk and pages show the council, or what of it is barred, no more until it is judged."""
    aside = stands_aside(seat.council, seat.person_id)
    if aside:
        cases.move_seat(seat, "suspend", comment=_("a conflict of interest is suspected"))
    member = User.objects.filter(person=seat.person_id).first()
    if member is not None:
        of_council = [f"seat:{seat.pk}", seat.council.journal] if aside else []
        withdraw([*of_council, *_hidden_from(seat.person_id)], user=member)


def _hidden_from(person: int) -> list[str]:
    """What the person must hear nothing of; who takes part in a thing, or works where it is done, knows of it."""
    rows = Conflict.objects.filter(person=person).exclude(state=Conflict.State.DISMISSED)
    return list(rows.exclude(ground__in=(rules.PARTICIPANT, rules.STAFF)).values_list("dossier", flat=True))


@transaction.atomic
def report(council: Council, person: Person, subject: Subject, *, ground: str, text: str, by: Actor) -> Conflict:
    """Somebody tells of a conflict that the records do not show; also of one found after the meeting. Raises Refused:
    `conflict.reason-missing`."""
    require(may_run(by, council))
    require(_says(text))
    return _write(council, person, subject, ground, text, Conflict.Source.REPORTED, by)


@transaction.atomic
def declare(seat: Seat, *, conflicts: Mapping[Subject, str] | None = None, by: Actor) -> Seat:
    """The member says, once and for all subjects, where there is a conflict (with what it is) or that there is none;
    the secretary may enter a declaration made on paper. Raises Refused: `council.not-your-seat`,
    `conflict.reason-missing`, `council.seat-gone`."""
    current = Seat.objects.select_for_update(of=("self",)).select_related(
        "council__host", "case", "person"
    ).get(pk=seat.pk)  # fmt: skip
    if may_act_as(by, current) is not None:
        require(may_run(by, current.council))
    if current.state != Seat.State.ACCEPTED:
        raise Refused(Refusal("council.seat-gone", _("First accept the invitation, then declare your interests.")))
    _declared(current.council, [current], conflicts or {}, by=by)
    seat.refresh_from_db()
    return current


def declare_none(council: Council, seats: Sequence[Seat], *, by: Actor) -> None:
    """Enter that none of the members in these seats, which were accepted and are locked, declares a conflict."""
    _declared(council, seats, {}, by=by)


def _declared(council: Council, seats: Sequence[Seat], conflicts: Mapping[Subject, str], *, by: Actor) -> None:
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(interest_declared_at=now())
    cases.move_seats(seats, "declare")
    for subject, text in conflicts.items():
        require(_says(text))
        for seat in seats:
            _write(council, seat.person, subject, rules.INTEREST, text, Conflict.Source.DECLARED, by)
    told = [{"person": seat.person.full_name, "count": len(conflicts)} for seat in seats]
    record_many([Act(council.journal, "council.interest-declared", facts) for facts in told], by=by)
    _catch_up(council, seats)


def _catch_up(council: Council, seats: Iterable[Seat]) -> None:
    """Who declares after the documents went out gets them at once."""
    if council.state == Council.State.PREPARING:
        aside = standing_aside(council)
        ready = [seat for seat in seats if seat.person_id not in aside]
        cases.seats_due(ready, council.comments_due_on)
        cases.move_seats(ready, "hand-out")


def _write(
    council: Council, person: Person, subject: Subject, ground: str, text: str, source: str, by: Actor
) -> Conflict:
    row, new = Conflict.objects.select_for_update().get_or_create(
        person=person, dossier=subject.dossier, ground=ground,
        defaults={"source": source, "evidence": [{"text": text.strip()}], "found_at": now()},
    )  # fmt: skip
    if not new:
        row.evidence = [*row.evidence, {"text": text.strip()}]
        row.state, row.decided_by, row.decided_at, row.reason = Conflict.State.SUSPECTED, None, None, ""
        row.save()
    _follow(council, subject, row)
    record(council.journal, "council.conflict-told", by=by, person=person.full_name, subject=subject.number)
    for seat in council.seats.filter(person=person).select_related("council", "case"):
        _suspend(seat)
    return row


def _says(text: str) -> Refusal | None:
    if text.strip():
        return None
    return Refusal("conflict.reason-missing", _("Write what the conflict is, so that it can be judged."))


@transaction.atomic
def judge(council: Council, conflict: Conflict, *, confirmed: bool, reason: str, by: Actor) -> Conflict:
    """Decide on a suspected conflict, with the reason: confirmed, the person stays out; dismissed, the person takes
    part again. Raises Refused: `conflict.reason-missing`, `conflict.own`, `conflict.elsewhere`."""
    require(may_run(by, council))
    row = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if isinstance(by, User) and by.person_id == row.person_id:
        raise Refused(Refusal("conflict.own", _("Nobody judges a conflict of one's own.")))
    if not council.subjects.filter(dossier=row.dossier).exists():
        raise Refused(Refusal("conflict.elsewhere", _("This conflict is not about what the council judges.")))
    require(_says(reason))
    row.state = Conflict.State.CONFIRMED if confirmed else Conflict.State.DISMISSED
    row.decided_by = by if isinstance(by, User) else None
    row.decided_at, row.reason = now(), reason.strip()
    row.save()
    related = [one for subject in council.subjects.filter(dossier=row.dossier)
               for one in owner_of(council.kind).related(subject.dossier)]  # fmt: skip
    Conflict.objects.filter(person=row.person_id, dossier__in=related, ground=row.ground).update(
        state=row.state, decided_by=row.decided_by, decided_at=row.decided_at, reason=row.reason
    )
    verb = "council.conflict-confirmed" if confirmed else "council.conflict-dismissed"
    record(council.journal, verb, by=by, person=row.person.full_name, reason=row.reason)
    if not confirmed:
        _resume(council, council.seats.filter(person=row.person_id).select_related("council", "case"), row.reason)
    return row


def _resume(council: Council, seats: Iterable[Seat], reason: str) -> None:
    for seat in seats:
        if seat.state in ("proposed", "invited", "accepted") and not stands_aside(council, seat.person_id):
            cases.move_seat(seat, "resume", comment=reason)
            if seat.interest_declared_at is not None:
                cases.move_seat(seat, "declare")
                _catch_up(council, [seat])
