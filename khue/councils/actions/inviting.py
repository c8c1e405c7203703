"""Inviting members by a one-time link, and their answers."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.actions import add_user
from khue.accounts.models import Membership, User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import cases
from khue.councils.actions.conflicts import declare_none
from khue.councils.actions.seats import add_seat
from khue.councils.models import Council, Invitation, Seat
from khue.councils.rules.candidates import next_best
from khue.councils.rules.managing import may_act_as, may_run
from khue.journal.actions import Act, record, record_many
from khue.notices.actions import notify, saying

LASTS = timedelta(days=14)
"""How long a link works; the desk's own deadline for the answer is on the shelf."""
EXPERT = "expert"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _locked(seat: Seat) -> Seat:
    return _now().get(pk=seat.pk)


def _now() -> QuerySet[Seat]:
    return Seat.objects.select_for_update(of=("self",)).select_related("council__host", "person", "case")


@transaction.atomic
def invite(seat: Seat, *, by: Actor) -> str:
    """Invite the member; returns the secret of the link, which is kept nowhere. Inviting again ends earlier links.
    Whoever has an account finds the invitation on the desk too. Raises Refused: `seat.answered`."""
    current = _locked(seat)
    require(may_run(by, current.council))
    require(_unanswered(current))
    current.invitations.filter(used_at=None, expires_at__gt=now()).update(used_at=now())
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(seat=current, secret_sha256=_hash(secret), sent_at=now(), expires_at=now() + LASTS)
    current.state = Seat.State.INVITED
    current.save(update_fields=["state"])
    cases.open_seat_cases(current.council, [current], by=by)
    record(current.council.journal, "council.invited", by=by, person=current.person.full_name)
    seat.refresh_from_db()
    return secret


def _unanswered(seat: Seat) -> Refusal | None:
    if seat.state in (Seat.State.PROPOSED, Seat.State.INVITED):
        return None
    sentence = _("%(person)s has answered already: %(state)s.")
    told = {"person": seat.person, "state": str(seat.get_state_display()).lower()}
    return Refusal("seat.answered", sentence % told)


def invitation_of(secret: str) -> Invitation | None:
    """The invitation that `secret` opens; None when there is none, it was used, or it ran out."""
    found = Invitation.objects.filter(secret_sha256=_hash(secret), used_at=None, expires_at__gt=now())
    return found.select_related("seat__council__host", "seat__person").first()


@transaction.atomic
def accept(seat: Seat, *, by: Actor) -> Seat:
    """The member takes the seat; the secretary may enter an answer given by letter or telephone. Raises Refused:
    `seat.answered`, `council.not-your-seat`."""
    current = _locked(seat)
    if may_act_as(by, current) is not None:
        require(may_run(by, current.council))
    require(_unanswered(current))
    _accepted(current.council, [current], by=by)
    seat.refresh_from_db()
    return current


def _accepted(council: Council, seats: Sequence[Seat], *, by: Actor) -> None:
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(state=Seat.State.ACCEPTED, answered_at=now())
    for seat in seats:
        seat.state = Seat.State.ACCEPTED
    cases.open_seat_cases(council, seats, by=by)
    cases.move_seats(seats, "accept")
    Invitation.objects.filter(seat__in=seats, used_at=None).update(used_at=now())
    told = [{"person": seat.person.full_name} for seat in seats]
    record_many([Act(council.journal, "council.accepted", facts) for facts in told], by=by)


@transaction.atomic
def decline(seat: Seat, *, reason: str, by: Actor) -> Seat:
    """The member does not take the seat, with the reason; the row stays and whoever follows names it. Raises Refused:
    `seat.answered`, `council.reason-missing`, `council.not-your-seat`."""
    current = _locked(seat)
    if may_act_as(by, current) is not None:
        require(may_run(by, current.council))
    require(_unanswered(current))
    if not reason.strip():
        raise Refused(Refusal("council.reason-missing", _("Write briefly why, so that somebody fitting can be asked.")))
    current.state, current.answered_at, current.reason = Seat.State.DECLINED, now(), reason.strip()[:300]
    current.save(update_fields=["state", "answered_at", "reason"])
    cases.move_seat(current, "leave", comment=reason)
    current.invitations.filter(used_at=None).update(used_at=now())
    record(
        current.council.journal, "council.declined", by=by, person=current.person.full_name, reason=current.reason
    )  # fmt: skip
    _tell_declined(current, by=by)
    seat.refresh_from_db()
    return current


def _propose_next(seat: Seat) -> Promise:
    """While the council is being formed, the next best takes the empty seat as a proposal; afterwards, when a decision
    names the members, the secretary is only told who it would be. Returns what to tell."""
    found = next_best(seat.council, seat.role, limit=1)
    if not found:
        return gettext_lazy("Nobody else fits this seat now: widen the circle of experts or change the roles.")
    name = str(found[0].person)
    if seat.council.state != Council.State.FORMING:
        return saying(gettext_lazy("The next best would be %(person)s."), person=name)
    reviews = [row.subject for row in seat.reviews.select_related("subject")]
    add_seat(seat.council, found[0].person, role=seat.role, reviews=reviews, by=cases.COUNCIL, follows=seat)
    return saying(gettext_lazy("%(person)s was proposed for the seat."), person=name)


def _tell_declined(seat: Seat, *, by: Actor) -> None:
    told = _propose_next(seat)
    keeper = cases.secretary_of(seat.council)
    if isinstance(keeper, User):
        notify(
            [keeper], key=f"council:{seat.council_id}:declined:{seat.pk}", by=by, dossier=seat.council.journal,
            subject=saying(
                gettext_lazy("%(person)s declined the seat: %(title)s"), person=seat.person, title=seat.council.title
            ),
            body=saying("%(reason)s %(told)s", reason=seat.reason, told=told), url=seat.council.get_absolute_url(),
        )  # fmt: skip


@transaction.atomic
def accept_by_link(secret: str) -> tuple[Seat, User]:
    """Use the link up and take the seat: with the person's account, or a new one of role expert, which its owner opens
    by the link of the accounts. Raises Refused: `invitation.over`, `invitation.no-address`."""
    seat = _opened(secret)
    user = _account(seat)
    return accept(seat, by=user), user


def opened_by_link(user: User) -> bool:
    """Whether the link may also open the account: nobody has chosen a password for it, and it only judges. The
    secretary has seen the link, and must not come into what others do."""
    others = user.memberships.exclude(role=EXPERT).exists() or user.received_delegations.exists()
    return not (user.has_usable_password() or others)


@transaction.atomic
def decline_by_link(secret: str, *, reason: str) -> Seat:
    """Use the link up and decline. Raises Refused: `invitation.over`, `council.reason-missing`."""
    seat = _opened(secret)
    return decline(seat, reason=reason, by=cases.COUNCIL)


def _opened(secret: str) -> Seat:
    invitation = Invitation.objects.select_for_update().filter(secret_sha256=_hash(secret)).first()
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= now():
        sentence = _("This link was used already or has run out. Ask the secretary of the council for a new one.")
        raise Refused(Refusal("invitation.over", sentence))
    return invitation.seat


def _account(seat: Seat) -> User:
    """The person's account; a new one without password acts as expert where the person works, or for the host."""
    person = seat.person
    found = User.objects.filter(person=person).first()
    if found is None and person.email:
        found = User.objects.filter(email__iexact=person.email, person=None).first()
        if found is not None:
            found.person = person
            found.save(update_fields=["person"])
    if found is not None:
        return found
    if not person.email:
        sentence = _("No e-mail address of %(person)s is known. Tell the secretary of the council the address.")
        raise Refused(Refusal("invitation.no-address", sentence % {"person": person}))
    user = add_user(email=person.email, full_name=person.full_name, by=cases.COUNCIL, person=person)
    unit = seat.unit or seat.council.host
    Membership.objects.create(user=user, unit=unit, role=EXPERT, valid_from=today())
    record(f"user:{user.pk}", "council.expert-account", by=cases.COUNCIL, unit=unit.name)
    return user


@transaction.atomic
def seat_everybody(council: Council, *, by: Actor) -> int:
    """Enter that everybody asked has accepted and declared no conflict, on paper handed to the secretary; for past
    councils and demonstrations. Returns how many seats that were."""
    seats = accept_everybody(council, by=by)
    if seats:
        declare_none(council, seats, by=by)
    return len(seats)


@transaction.atomic
def accept_everybody(council: Council, *, by: Actor) -> list[Seat]:
    """Enter that everybody asked has accepted; returns their seats. Raises Refused: `council.not-yours`."""
    require(may_run(by, council))
    seats = list(_now().filter(council=council, state__in=(Seat.State.PROPOSED, Seat.State.INVITED)).order_by("pk"))
    if seats:
        _accepted(council, seats, by=by)
    return seats
