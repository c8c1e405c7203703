"""Who has which role in which unit, from when until when."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from khue.accounts import rules
from khue.accounts.models import Membership, User
from khue.accounts.roles import all_roles
from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import require
from khue.directory.models import Unit
from khue.journal.actions import record


def dossier(user: User) -> str:
    """How the journal calls the account."""
    return f"user:{user.pk}"


@transaction.atomic
def give_role(
    user: User, *, unit: Unit, role: str, valid_from: date, by: Actor, valid_to: date | None = None
) -> Membership:
    """From `valid_from` the account acts in `unit` as `role`; raises `Refused`."""
    require(rules.may_give_role(by, user, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to))
    membership = Membership.objects.create(
        user=user, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to or unit.valid_to
    )
    record(
        dossier(user), "user.role-given", by=by, role=role, label=role_label(role), unit=unit.name, on=f"{valid_from}"
    )
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, last_day: date, by: Actor) -> Membership:
    """The account acts in the membership until `last_day`; delegations of it end with it."""
    membership.refresh_from_db(from_queryset=Membership.objects.select_for_update())
    require(rules.may_end_membership(by, membership, last_day=last_day))
    _close(membership, last_day, by)
    return membership


@transaction.atomic
def change_role(membership: Membership, *, role: str, on: date, by: Actor) -> Membership:
    """From `on` the account has `role` in the unit instead of the one it had."""
    user, unit = membership.user, membership.unit
    end_membership(membership, last_day=on - timedelta(days=1), by=by)
    return give_role(user, unit=unit, role=role, valid_from=on, by=by)


def close_memberships(unit: Unit, on: date, successors: Sequence[Unit], by: Actor) -> None:  # noqa: ARG001
    """Memberships end with their unit; who works in a successor is for its administrator to say."""
    open_ones = Membership.objects.select_for_update(of=["self"]).filter(unit=unit, valid_to=None)
    for membership in open_ones.select_related("user", "unit"):
        _close(membership, max(on - timedelta(days=1), membership.valid_from), by)


def _close(membership: Membership, last_day: date, by: Actor) -> None:
    membership.valid_to = last_day
    membership.save()
    membership.delegations.filter(ended_at=None, valid_from__gt=last_day).update(ended_at=now())
    membership.delegations.filter(ended_at=None, valid_to__gt=last_day).update(valid_to=last_day)
    record(
        dossier(membership.user),
        "user.role-ended",
        by=by,
        role=membership.role,
        label=role_label(membership.role),
        unit=membership.unit.name,
        on=f"{last_day}",
    )


def role_label(role: str) -> str:
    """The role's Vietnamese label of the day; the journal keeps it as it was."""
    known = all_roles().get(role)
    return known.label_vi if known else role
