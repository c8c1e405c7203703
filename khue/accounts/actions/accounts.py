"""Accounts come by invitation, and are deactivated, never deleted."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from khue.accounts import rules
from khue.accounts.actions.memberships import dossier, role_label
from khue.accounts.models import Invitation, Membership, User
from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refused, require
from khue.directory.actions.people import dossier as person_dossier
from khue.directory.models import Person, Unit
from khue.journal.actions import begin_chains, record

BATCH = 1000
PROFILE = ("full_name", "language", "text_size", "theme")


@transaction.atomic
def add_user(
    *, email: str, full_name: str, by: Actor, password: str | None = None, person: Person | None = None
) -> User:
    """An account without any part yet; `give_role` gives it some. Its person is entered with it if there is none."""
    require(rules.may_add_user(by, email))
    known = person is not None
    person = person or Person.objects.create(full_name=full_name, email=email)
    user = User.objects.create_user(email, full_name, password, person=person)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    begin_chains([*([] if known else [_entered(person)]), _added(user)], by=by)
    return user


@dataclass(slots=True)
class NewRole:
    """A role that a new account has from its beginning."""

    unit: Unit
    role: str
    valid_from: date
    valid_to: date | None = None

    def overlaps(self, other: "NewRole") -> bool:
        """Whether it is the same role in the same unit on some of the same days."""
        same = (self.unit.pk, self.role) == (other.unit.pk, other.role)
        return (
            same and self.valid_from <= (other.valid_to or date.max) and other.valid_from <= (self.valid_to or date.max)
        )


@dataclass(slots=True)
class NewUser:
    """An account to be made, with its roles."""

    email: str
    full_name: str
    roles: list[NewRole] = field(default_factory=list)


@transaction.atomic
def add_users(new: Sequence[NewUser], *, by: Actor) -> list[User]:
    """What `add_user` and `give_role` do, for many at once in a constant number of writes. Raises `Refused`."""
    require(rules.may_add_users(by, [each.email for each in new]))
    for unit, role, first, last in {(r.unit, r.role, r.valid_from, r.valid_to) for each in new for r in each.roles}:
        require(rules.may_offer_role(by, unit=unit, role=role, valid_from=first, valid_to=last))
    for each in new:
        if any(one.overlaps(other) for one, other in combinations(each.roles, 2)):
            raise Refused(rules.twice(each.full_name))
    people = [Person(full_name=each.full_name, email=each.email).prepare() for each in new]
    Person.objects.bulk_create(people, BATCH)
    described = User.objects.described
    users = [described(each.email, each.full_name, person=person) for each, person in zip(new, people, strict=True)]
    User.objects.bulk_create(users, BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, primary=True, verified=True) for user in users], BATCH
    )
    paired = list(zip(users, new, strict=True))
    Membership.objects.bulk_create([_part(user, role) for user, each in paired for role in each.roles], BATCH)
    begin_chains((act for user, each in paired for act in _acts(user, each)), by=by)
    return users


def _part(user: User, new: NewRole) -> Membership:
    last = new.valid_to or new.unit.valid_to
    return Membership(user=user, unit=new.unit, role=new.role, valid_from=new.valid_from, valid_to=last)


Act = tuple[str, str, dict[str, str]]


def _entered(person: Person) -> Act:
    """The person enters the directory with the account: search hears of it through the journal."""
    return person_dossier(person), "person.added", {"name": person.full_name}


def _added(user: User) -> Act:
    return dossier(user), "user.added", {"name": user.full_name}


def _acts(user: User, new: NewUser) -> Iterator[Act]:
    if user.person is not None:
        yield _entered(user.person)
    yield _added(user)
    for role in new.roles:
        facts = {"role": role.role, "label": role_label(role.role), "unit": role.unit.name, "on": f"{role.valid_from}"}
        yield dossier(user), "user.role-given", facts


@transaction.atomic
def invite(user: User, *, by: Actor) -> str:
    """A new one-time secret with which the account's owner chooses a password; those before no longer work."""
    require(rules.may_manage_user(by, user))
    secret = secrets.token_urlsafe(32)
    user.invitations.filter(used_at=None).update(expires_at=now())
    Invitation.objects.create(
        user=user,
        secret_hash=_hash(secret),
        invited_by=by if isinstance(by, User) else None,
        expires_at=now() + timedelta(days=settings.INVITATION_DAYS),
    )
    record(dossier(user), "user.invited", by=by)
    return secret


def invitation_of(secret: str) -> Invitation | None:
    """The invitation that `secret` opens; None when there is none, it was used, or it ran out."""
    found = Invitation.objects.filter(secret_hash=_hash(secret), used_at=None, expires_at__gt=now())
    return found.filter(user__is_active=True).select_related("user").first()


@transaction.atomic
def accept_invitation(secret: str, *, password: str) -> User:
    """Set the password and use the invitation up; raises `Refused` for one that no longer works."""
    invitation = Invitation.objects.select_for_update().filter(secret_hash=_hash(secret)).first()
    if invitation is None:
        raise Refused(rules.no_invitation())
    require(rules.may_accept(invitation))
    user = invitation.user
    user.set_password(password)
    user.save()
    invitation.used_at = now()
    invitation.save()
    record(dossier(user), "user.joined", by=user)
    return user


@transaction.atomic
def change_profile(user: User, *, by: Actor, **details: Any) -> User:
    """Change some of `PROFILE`: by its owner, or by an administrator of the account."""
    require(rules.may_change_profile(by, user))
    changed = {name: value for name, value in details.items() if name in PROFILE and getattr(user, name) != value}
    for name, value in changed.items():
        setattr(user, name, value)
    if changed:
        user.save()
    if "full_name" in changed:
        record(dossier(user), "user.changed", by=by, changed=sorted(changed))
    return user


@transaction.atomic
def deactivate(user: User, *, by: Actor, reason: str) -> User:
    """The account can no longer sign in and is signed out everywhere; all that its owner did stays as it is."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    require(rules.may_deactivate(by, user))
    user.is_active, user.deactivated_at = False, now()
    user.save()
    user.invitations.filter(used_at=None).update(expires_at=now())
    user.received_delegations.filter(ended_at=None).update(ended_at=now())
    sign_out_everywhere(user)
    record(dossier(user), "user.deactivated", by=by, reason=reason)
    return user


@transaction.atomic
def reactivate(user: User, *, by: Actor) -> User:
    """The account may sign in again, with the parts it still has."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    require(rules.may_manage_user(by, user))
    user.is_active, user.deactivated_at = True, None
    user.save()
    record(dossier(user), "user.reactivated", by=by)
    return user


@transaction.atomic
def forget_second_factor(user: User, *, by: Actor, reason: str) -> int:
    """Take app, keys and recovery codes off an account whose owner lost them; returns how many there were.

    The person is signed out everywhere, so that whoever found the lost device is out too.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    require(rules.may_forget_second_factor(by, user))
    gone: int = Authenticator.objects.filter(user=user).delete()[0]
    sign_out_everywhere(user)
    record(dossier(user), "user.second-factor-forgotten", by=by, reason=reason)
    return gone


def sign_out_everywhere(user: User) -> int:
    """End every session of the account; returns how many there were."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
