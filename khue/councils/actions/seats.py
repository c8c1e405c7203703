"""Seats: given, changed, taken away, filled by somebody else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

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
from khue.councils.rules.composition import standing_aside
from khue.councils.rules.conflicts import standing_on
from khue.councils.rules.managing import may_run, wrong_state
from khue.councils.rules.numbers import numbers
from khue.councils.rules.visibility import SEATED
from khue.directory.models import Person, Post, Unit, valid_on
from khue.journal.actions import Act, record, record_many

CHANGEABLE = (
    Council.State.FORMING, Council.State.APPOINTED, Council.State.PREPARING, Council.State.MEETING,
    Council.State.COUNTED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A seat to be given; a reviewer reviews the subjects `reviews` (all when none is named). `follows`: the emptied
    seat that it fills."""

    person: Person
    role: str = Seat.Role.MEMBER
    reviews: Collection[Subject] = ()
    follows: Seat | None = None


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
    seats, refusals = add_seats(council, [Wanted(person, role, reviews, follows)], by=by)
    for refusal in refusals:  # said only now: what was found stays to be judged when the seat is refused
        raise Refused(refusal)
    return seats[0]


@transaction.atomic
def add_seats(council: Council, wanted: Sequence[Wanted], *, by: Actor) -> tuple[list[Seat], list[Refusal]]:
    """What `add_seat` does, for several people in a constant number of queries: the seats that were given, and why
    others were not. Raises Refused: `council.not-yours`, `council.conflict` (of who runs it), `council.wrong-state`."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, *CHANGEABLE[:4]))
    look_at(current, {one.person.pk: one.role for one in wanted})
    given, refusals = _possible(current, wanted)
    seats = _seats(current, given)
    Seat.objects.bulk_create(seats)
    _review(current, [(seat, one.reviews) for seat, one in zip(seats, given, strict=True)])
    told = [{"person": seat.person.full_name, "role": str(seat.get_role_display())} for seat in seats]
    record_many([Act(current.journal, "council.seat-added", facts) for facts in told], by=by)
    return seats, refusals


def _possible(council: Council, wanted: Sequence[Wanted]) -> tuple[list[Wanted], list[Refusal]]:
    """Those of `wanted` who may sit there, each after those before, and why the others may not. The council is
    locked: nobody takes a seat meanwhile."""
    seated, against = _seated(council), _against(council)
    given, refusals = [], []
    for one in wanted:
        refusal = _no_room(council, one, seated) or against.get(one.person.pk)
        if refusal:
            refusals.append(refusal)
        else:
            seated[one.person.pk] = one.role
            given.append(one)
    return given, refusals


def _seats(council: Council, given: Sequence[Wanted]) -> list[Seat]:
    held = Post.objects.filter(valid_on(today()), person__in=[one.person for one in given]).select_related("unit")
    posts = {post.person_id: post for post in reversed(held)}  # of several the one that began last
    units = [posts[one.person.pk].unit if one.person.pk in posts else None for one in given]
    return [
        Seat(
            council=council, person=one.person, role=one.role, unit=unit, follows=one.follows,
            outside=not (unit and _inside(unit, council.host)),
        )
        for one, unit in zip(given, units, strict=True)
    ]  # fmt: skip


def _against(council: Council) -> dict[int, Refusal]:
    """person -> why they may not judge this."""
    rows, aside = standing_on(council), standing_aside(council)
    people = Person.objects.in_bulk(aside)
    sentence = _("%(person)s may not judge this: %(why)s Choose somebody else, or judge the conflict first.")
    why = {one: "; ".join(str(row.evidence[0].get("text", "")) for row in rows[one] if row.evidence) for one in aside}
    return {
        one: Refusal("council.conflict", sentence % {"person": people[one], "why": text}) for one, text in why.items()
    }


def _inside(unit: Unit, host: Unit) -> bool:
    return f"/{host.pk}/" in unit.path


def _no_room(council: Council, one: Wanted, seated: Mapping[int, str]) -> Refusal | None:
    """Whether the council is full, or the seat somebody's."""
    most = numbers(council).number("members-most")
    if most and len(seated) >= most:
        sentence = _("The council already has %(most)s members, the most that are allowed. Take one away first.")
        return Refusal("council.full", sentence % {"most": most})
    if one.person.pk in seated:
        sentence = _("%(person)s sits in this council already.")
        return Refusal("council.seated-already", sentence % {"person": one.person})
    if one.follows is not None and council.seats.filter(follows=one.follows).exists():
        return Refusal("council.seat-filled", _("This seat was filled by somebody else already. Reload the page."))
    return _second_chair(one.role, seated)


def _seated(council: Council) -> dict[int, str]:
    """person -> role, of those who sit in the council."""
    return dict(council.seats.filter(state__in=SEATED).values_list("person", "role"))


def _second_chair(role: str, others: Mapping[int, str]) -> Refusal | None:
    if role != Seat.Role.CHAIR or Seat.Role.CHAIR not in others.values():
        return None
    return Refusal("council.two-chairs", _("There is a chair already. Give that seat another role first."))


def _review(council: Council, given: Sequence[tuple[Seat, Collection[Subject]]]) -> None:
    reviewing = [(seat, reviews) for seat, reviews in given if seat.role == Seat.Role.REVIEWER]
    everything = list(council.subjects.all()) if any(not reviews for _seat, reviews in reviewing) else []
    Reviewing.objects.bulk_create(
        Reviewing(seat=seat, subject=subject) for seat, reviews in reviewing for subject in reviews or everything
    )


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
        look_at(council, {current.person_id: role})
        require(_against(council).get(current.person_id))
    before = str(current.get_role_display())
    current.role = role
    current.authorised = current.authorised and role == Seat.Role.VICE_CHAIR
    current.save(update_fields=["role", "authorised"])
    Reviewing.objects.filter(seat=current).delete()
    _review(council, [(current, reviews)])
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
