"""For a leave, somebody else acts in one's part."""

from datetime import date

from django.db import transaction

from khue.accounts import rules
from khue.accounts.actions.memberships import dossier
from khue.accounts.models import Delegation, Membership, User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import require
from khue.journal.actions import record


@transaction.atomic
def delegate(
    membership: Membership, *, to_user: User, valid_from: date, valid_to: date, reason: str, by: Actor
) -> Delegation:
    """From `valid_from` to `valid_to` `to_user` acts in `membership` as well; journalled with both."""
    membership.refresh_from_db(from_queryset=Membership.objects.select_for_update())
    require(rules.may_delegate(by, membership, to_user=to_user, valid_from=valid_from, valid_to=valid_to))
    delegation = Delegation.objects.create(
        from_membership=membership,
        to_user=to_user,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason,
        created_by=by if isinstance(by, User) else None,
    )
    facts = {"unit": membership.unit.name, "role": membership.role, "since": f"{valid_from}", "until": f"{valid_to}"}
    record(dossier(membership.user), "user.delegated", by=by, to=to_user.full_name, reason=reason, **facts)
    record(dossier(to_user), "user.stands-in", by=by, instead_of=membership.user.full_name, reason=reason, **facts)
    return delegation


@transaction.atomic
def recall(delegation: Delegation, *, by: Actor) -> Delegation:
    """The delegation ends today; one that has begun keeps the days it had."""
    delegation.refresh_from_db(from_queryset=Delegation.objects.select_for_update())
    require(rules.may_recall(by, delegation))
    delegation.ended_at = now()
    delegation.save()
    absent, stand_in = delegation.from_membership.user, delegation.to_user
    record(dossier(absent), "user.recalled", by=by, to=stand_in.full_name, on=f"{today()}")
    record(dossier(stand_in), "user.no-longer-stands-in", by=by, instead_of=absent.full_name, on=f"{today()}")
    return delegation
