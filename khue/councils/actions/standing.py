"""Standing councils: set up for a term, called together, their reviewers named, ended."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions.forming import appoint, locked
from khue.councils.actions.inviting import accept_everybody
from khue.councils.actions.seats import Wanted, add_seats
from khue.councils.models import Council, Reviewing, Seat, Standing, StandingMember, Subject
from khue.councils.rules.conflicts import standing_on
from khue.councils.rules.managing import may_manage, may_run, wrong_state
from khue.councils.rules.numbers import numbers
from khue.councils.rules.standing import KINDS, REVIEWS, in_term, may_name_reviewers, members_of
from khue.directory.models import Person, Unit
from khue.journal.actions import record

ENDED = (Council.State.CONCLUDED, Council.State.DISSOLVED)


@transaction.atomic
def set_up_standing(
    *,
    kind: str,
    title: str,
    host: Unit,
    decision_sign: str,
    decided_on: date,
    term_from: date,
    term_to: date,
    members: Mapping[Person, str],
    by: Actor,
) -> Standing:
    """Record the decision that sets a council up for a term, with its members and their roles.

    Raises Refused: `council.not-yours`, `standing.kind`, `standing.no-title`, `standing.no-decision`, `standing.term`,
    `standing.no-chair`."""
    require(may_manage(by, host))
    require(_wrong(kind, title, decision_sign, decided_on, term_from, term_to))
    if list(members.values()).count(Seat.Role.CHAIR) != 1:
        raise Refused(Refusal("standing.no-chair", _("A standing council has one chair. Choose who chairs it.")))
    made = Standing.objects.create(
        kind=kind, title=title.strip(), host=host, decision_sign=decision_sign.strip(), decided_on=decided_on,
        term_from=term_from, term_to=term_to, created_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    for person, role in members.items():
        StandingMember.objects.create(standing=made, person=person, role=_role(role), since=term_from)
    record(
        made.journal, "standing.set-up", by=by, sign=made.decision_sign, count=len(members),
        begins=term_from.isoformat(), ends=term_to.isoformat(),
    )  # fmt: skip
    return made


def _wrong(
    kind: str, title: str, sign: str, decided_on: date, term_from: date, term_to: date
) -> Refusal | None:  # fmt: skip
    if kind not in KINDS:
        return Refusal("standing.kind", _("Councils of this kind are set up for one case, not for a term."))
    if not title.strip():
        return Refusal("standing.no-title", _("Write how the council is called."))
    if not sign.strip() or decided_on > today():
        sentence = _("Write the number and sign of the decision and its day, not later than today.")
        return Refusal("standing.no-decision", sentence)
    if term_to <= term_from:
        return Refusal("standing.term", _("The term ends after it begins."))
    return None


def _role(role: str) -> str:
    """Reviewers are named for each case, so that a member who is to review sits as a member."""
    if role not in Seat.Role.values or role == Seat.Role.REVIEWER:
        sentence = _("A standing council names its reviewers for each case: choose another role.")
        raise Refused(Refusal("standing.reviewer", sentence))
    return role


def _locked(standing: Standing) -> Standing:
    return Standing.objects.select_for_update(of=("self",)).select_related("host").get(pk=standing.pk)


@transaction.atomic
def add_standing_member(standing: Standing, person: Person, *, role: str, by: Actor) -> StandingMember:
    """Take somebody in for the rest of the term. Raises Refused: `council.not-yours`, `standing.ended`,
    `standing.seated`, `standing.two-chairs`, `standing.reviewer`."""
    current = _locked(standing)
    require(may_manage(by, current.host) or _ended(current))
    try:
        with transaction.atomic():
            made = StandingMember.objects.create(
                standing=current, person=person, role=_role(role), since=max(today(), current.term_from)
            )
    except IntegrityError as error:
        raise Refused(_taken(person, str(error))) from None
    record(current.journal, "standing.member-in", by=by, person=person.full_name, role=str(made.get_role_display()))
    return made


def _taken(person: Person, error: str) -> Refusal:
    if "standing_one_chair" in error:
        return Refusal("standing.two-chairs", _("There is a chair already. Take the chair out first."))
    return Refusal("standing.seated", _("%(person)s sits in this council already.") % {"person": person})


def _ended(standing: Standing) -> Refusal | None:
    if standing.ended_on is None and today() <= standing.term_to:
        return None
    sentence = _("The term of this council ended on %(day)s; set up a new one.")
    return Refusal("standing.ended", sentence % {"day": f"{standing.last_day:%d/%m/%Y}"})


@transaction.atomic
def remove_standing_member(member: StandingMember, *, reason: str, by: Actor) -> StandingMember:
    """Take somebody out for the rest of the term; sittings that go on are changed on their own page. Raises Refused:
    `council.not-yours`, `council.reason-missing`, `standing.left`."""
    standing = _locked(member.standing)
    require(may_manage(by, standing.host))
    current = StandingMember.objects.select_for_update(of=("self",)).select_related("person").get(pk=member.pk)
    if current.left_on is not None:
        raise Refused(Refusal("standing.left", _("%(person)s left already.") % {"person": current.person}))
    if not reason.strip():
        raise Refused(Refusal("council.reason-missing", _("Write why the member leaves the council.")))
    current.left_on, current.left_because = max(today(), current.since), reason.strip()[:300]
    current.save(update_fields=["left_on", "left_because"])
    record(standing.journal, "standing.member-out", by=by, person=current.person.full_name, reason=reason.strip())
    return current


@transaction.atomic
def end_standing(standing: Standing, *, reason: str, by: Actor) -> Standing:
    """End it before its term. Raises Refused: `council.not-yours`, `standing.ended`, `council.reason-missing`,
    `standing.sitting` (a sitting goes on)."""
    current = _locked(standing)
    require(may_manage(by, current.host) or _ended(current))
    if not reason.strip():
        raise Refused(Refusal("council.reason-missing", _("Write why the council is dissolved.")))
    going_on = current.sittings.exclude(state__in=ENDED).first()
    if going_on is not None:
        sentence = _("«%(title)s» is not concluded yet. Conclude or dissolve that sitting first.")
        raise Refused(Refusal("standing.sitting", sentence % {"title": going_on.title}))
    current.ended_on, current.ended_because = today(), reason.strip()[:300]
    current.save(update_fields=["ended_on", "ended_because"])
    record(current.journal, "standing.ended", by=by, reason=reason.strip())
    standing.refresh_from_db()
    return current


def sit(council: Council, standing: Standing, *, by: Actor) -> list[Refusal]:
    """Let `standing` sit as `council`, which has no members yet: everybody takes the seat they have in it, under its
    decision. Who may not judge this is left out; returns why.

    Raises Refused: `council.not-yours`, `council.wrong-state`, `standing.other`, `standing.term-over`,
    `standing.seats-taken`, `council.incomplete` (too few are left)."""
    current = Standing.objects.select_related("host").get(pk=standing.pk)
    require(may_run(by, council) or wrong_state(council, Council.State.FORMING) or in_term(current))
    if (current.kind, current.host_id) != (council.kind, council.host_id):
        sentence = _("«%(title)s» stands for something else than this.")
        raise Refused(Refusal("standing.other", sentence % {"title": current.title}))
    if council.seats.exists():
        sentence = _("Members were chosen for this council already; take them out before a standing council sits.")
        raise Refused(Refusal("standing.seats-taken", sentence))
    _seats, left_out = add_seats(council, [Wanted(one.person, one.role) for one in members_of(current)], by=by)
    _take_over(council, current, by=by)
    return left_out


@transaction.atomic
def _take_over(council: Council, standing: Standing, *, by: Actor) -> None:
    taken = locked(council)
    taken.standing = standing
    taken.save(update_fields=["standing"])
    accept_everybody(taken, by=by)
    appoint(
        taken, decision_sign=standing.decision_sign, decided_on=standing.decided_on, term_to=standing.term_to, by=by
    )
    record(standing.journal, "standing.sits", by=by, title=taken.title)
    council.refresh_from_db()


@transaction.atomic
def name_reviewers(council: Council, chosen: Mapping[Subject, Sequence[Seat]], *, by: Actor) -> Council:
    """The standing council names who reviews what, before the documents go out; those named before give way.

    Raises Refused: `standing.not-standing`, `council.wrong-state`, `council.not-yours`, `reviewers.office`,
    `reviewers.conflict`, `reviewers.too-few`."""
    current = locked(council)
    if current.standing_id is None:
        sentence = _("Reviewers of this council are chosen with its members.")
        raise Refused(Refusal("standing.not-standing", sentence))
    require(wrong_state(current, Council.State.APPOINTED) or may_name_reviewers(by, current))
    for subject in current.subjects.all():
        require(_review_refusal(current, subject, chosen.get(subject, ())))
    reviewing = {seat.pk for seats in chosen.values() for seat in seats}
    Reviewing.objects.filter(seat__council=current).delete()
    for seat in current.seats.filter(role__in=(Seat.Role.MEMBER, Seat.Role.REVIEWER)):
        seat.role = Seat.Role.REVIEWER if seat.pk in reviewing else Seat.Role.MEMBER
        seat.save(update_fields=["role"])
    for subject, seats in chosen.items():
        for seat in seats:
            Reviewing.objects.create(seat=seat, subject=subject)
    people = Person.objects.filter(seats__in=reviewing).order_by("pk").values_list("full_name", flat=True)
    record(current.journal, "council.reviewers-named", by=by, names=", ".join(people))
    council.refresh_from_db()
    return current


def _review_refusal(council: Council, subject: Subject, seats: Sequence[Seat]) -> Refusal | None:
    least = numbers(council).number("reviewers")
    if len({seat.pk for seat in seats}) < least:
        sentence = _("«%(title)s» needs %(least)s reviewers.")
        return Refusal("reviewers.too-few", sentence % {"title": subject.title, "least": least})
    against = standing_on(council)
    for seat in seats:
        if seat.role not in REVIEWS or seat.council_id != council.pk:
            sentence = _("%(person)s has an office in the council and cannot review.")
            return Refusal("reviewers.office", sentence % {"person": seat.person})
        if any(row.dossier == subject.dossier for row in against.get(seat.person_id, [])):
            sentence = _("%(person)s is in conflict with «%(title)s» or suspected of it.")
            return Refusal("reviewers.conflict", sentence % {"person": seat.person, "title": subject.title})
    return None
