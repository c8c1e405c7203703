"""Seats: given, changed, taken away, filled by somebody else."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import cases
from khue.councils.actions.closing import reopen
from khue.councils.actions.conflicts import look_at
from khue.councils.actions.forming import locked
from khue.councils.models import Council, Reviewing, Seat, Subject
from khue.councils.rules.composition import stands_aside
from khue.councils.rules.conflicts import standing_on
from khue.councils.rules.managing import may_run, wrong_state
from khue.councils.rules.numbers import numbers
from khue.councils.rules.visibility import SEATED
from khue.directory.models import Person, Post, Unit, valid_on
from khue.journal.actions import record

CHANGEABLE = (
    Council.State.FORMING, Council.State.APPOINTED, Council.State.PREPARING, Council.State.MEETING,
    Council.State.COUNTED,
)  # fmt: skip


def add_seat(
    council: Council,
    person: Person,
    *,
    role: str = Seat.Role.MEMBER,
    reviews: Collection[Subject] = (),
    by: Actor,
    follows: Seat | None = None,
) -> Seat:
    """Give `person` a seat; a reviewer reviews the subjects `reviews` (all when none is named). What the records say
    against it is looked for first. Raises Refused: `council.conflict`, `council.seated-already`, `council.two-chairs`,
    `council.full`, `council.seat-filled`, `council.wrong-state`."""
    with transaction.atomic():
        current = locked(council)
        require(may_run(by, current))
        require(wrong_state(current, *CHANGEABLE[:4]))
        look_at(current, person, role=role)
        refusal = _no_room(current, person, role, follows) or _no_conflict(current, person)
        seat = None if refusal else _add(current, person, role, reviews, follows, by)
    require(refusal)  # said only now: what was found stays to be judged when the seat is refused
    assert seat is not None  # noqa: S101 - refused otherwise
    return seat


def _add(
    council: Council, person: Person, role: str, reviews: Collection[Subject], follows: Seat | None, by: Actor
) -> Seat:
    post = Post.objects.filter(valid_on(today()), person=person).select_related("unit").first()
    seat = Seat.objects.create(
        council=council, person=person, role=role, unit=post.unit if post else None, follows=follows,
        outside=not (post and _inside(post.unit, council.host)),
    )  # fmt: skip
    _review(seat, reviews)
    record(council.journal, "council.seat-added", by=by, person=person.full_name, role=str(seat.get_role_display()))
    return seat


def _no_conflict(council: Council, person: Person) -> Refusal | None:
    if not stands_aside(council, person.pk):
        return None
    rows = standing_on(council)[person.pk]
    text = "; ".join(str(row.evidence[0].get("text", "")) for row in rows if row.evidence)
    sentence = _("%(person)s may not judge this: %(why)s Choose somebody else, or judge the conflict first.")
    return Refusal("council.conflict", sentence % {"person": person, "why": text})


def _inside(unit: Unit, host: Unit) -> bool:
    return f"/{host.pk}/" in unit.path


def _no_room(council: Council, person: Person, role: str, follows: Seat | None) -> Refusal | None:
    """Whether the council is full, or the seat somebody's. The council is locked: nobody takes it meanwhile."""
    seated, most = _seated(council), numbers(council).number("members-most")
    if most and len(seated) >= most:
        sentence = _("The council already has %(most)s members, the most that are allowed. Take one away first.")
        return Refusal("council.full", sentence % {"most": most})
    if person.pk in seated:
        return Refusal("council.seated-already", _("%(person)s sits in this council already.") % {"person": person})
    if follows is not None and council.seats.filter(follows=follows).exists():
        return Refusal("council.seat-filled", _("This seat was filled by somebody else already. Reload the page."))
    return _second_chair(role, seated)


def _seated(council: Council) -> dict[int, str]:
    """person -> role, of those who sit in the council."""
    return dict(council.seats.filter(state__in=SEATED).values_list("person", "role"))


def _second_chair(role: str, others: Mapping[int, str]) -> Refusal | None:
    if role != Seat.Role.CHAIR or Seat.Role.CHAIR not in others.values():
        return None
    return Refusal("council.two-chairs", _("There is a chair already. Give that seat another role first."))


def _review(seat: Seat, reviews: Collection[Subject]) -> None:
    if seat.role != Seat.Role.REVIEWER:
        return
    subjects = reviews or seat.council.subjects.all()
    Reviewing.objects.bulk_create([Reviewing(seat=seat, subject=subject) for subject in subjects])


@transaction.atomic
def change_seat(seat: Seat, *, role: str, reviews: Collection[Subject] = (), by: Actor) -> Seat:
    """Give a member another role, or other subjects to review. Raises Refused as `add_seat` does."""
    council = locked(seat.council)
    require(may_run(by, council))
    require(wrong_state(council, *CHANGEABLE[:4]))
    current = _live(seat)
    if role != current.role:
        others = {person: other for person, other in _seated(council).items() if person != current.person_id}
        require(_second_chair(role, others))
        look_at(council, current.person, role=role)
        require(_no_conflict(council, current.person))
    before = str(current.get_role_display())
    current.role = role
    current.authorised = current.authorised and role == Seat.Role.VICE_CHAIR
    current.save(update_fields=["role", "authorised"])
    Reviewing.objects.filter(seat=current).delete()
    _review(current, reviews)
    record(
        council.journal, "council.seat-changed", by=by, person=current.person.full_name, before=before,
        role=str(current.get_role_display()),
    )  # fmt: skip
    seat.refresh_from_db()
    return current


def _live(seat: Seat) -> Seat:
    """The seat as it is now, locked. Raises Refused (`council.seat-gone`) when its member left."""
    current = Seat.objects.select_for_update(of=("self",)).select_related("person", "council", "case").get(pk=seat.pk)
    if current.state in (Seat.State.DECLINED, Seat.State.REMOVED):
        sentence = _("%(person)s no longer sits in this council: %(reason)s")
        raise Refused(Refusal("council.seat-gone", sentence % {"person": current.person, "reason": current.reason}))
    return current


@transaction.atomic
def remove_seat(seat: Seat, *, reason: str, by: Actor) -> Seat:
    """Take a member away, with the reason; also midway. What the member wrote stays on file and no longer counts: a
    council that was counted already goes back to the session and is counted anew. Raises Refused:
    `council.reason-missing`, `council.seat-gone`, `council.wrong-state`."""
    council = locked(seat.council)
    require(may_run(by, council))
    require(wrong_state(council, *CHANGEABLE))
    current = _live(seat)
    if not reason.strip():
        raise Refused(Refusal("council.reason-missing", _("Write why the member leaves the council.")))
    current.state, current.reason, current.attendance = Seat.State.REMOVED, reason.strip()[:300], ""
    current.authorised = False
    current.save()
    Reviewing.objects.filter(seat=current).delete()
    cases.move_seat(current, "leave", comment=reason)
    record(council.journal, "council.seat-removed", by=by, person=current.person.full_name, reason=current.reason)
    if council.state == Council.State.COUNTED:
        reopen(council, by=by, reason=reason)
    seat.refresh_from_db()
    return current


@transaction.atomic
def replace_seat(seat: Seat, person: Person, *, reason: str, by: Actor) -> Seat:
    """Put `person` in the seat of another, with the same role and the same subjects to review; a seat that was
    declined or emptied already is filled. Raises Refused as `remove_seat` and `add_seat` do."""
    old = Seat.objects.select_related("council").get(pk=seat.pk)
    reviews = [row.subject for row in old.reviews.select_related("subject")]
    if old.state not in (Seat.State.DECLINED, Seat.State.REMOVED):
        remove_seat(old, reason=reason, by=by)
    return add_seat(old.council, person, role=old.role, reviews=reviews, by=by, follows=old)
