"""The accounts behind a holder: who is told."""

from datetime import date

from django.db.models import Q, QuerySet

from khue.accounts.models import Delegation, Membership, User
from khue.core.clock import today
from khue.directory.models import valid_on
from khue.flow.divisions import members_of
from khue.flow.models import CaseParty, Holding


def people_of(row: Holding | CaseParty, on: date | None = None) -> "QuerySet[User, User]":
    """Active accounts that act for a holder or a party on `on` (today): the person, or who has one of the holding's
    roles in the unit or a division that holds it too, also in somebody's stead. For a party these are the roles in
    which it acts in the process; everybody in a unit that only looks on."""
    active = User.objects.filter(is_active=True)
    if row.user_id is not None:
        return active.filter(pk=row.user_id)
    if row.unit_id is None:
        return active.none()
    day = on or today()
    divisions = isinstance(row, Holding) and row.divisions
    memberships = Membership.objects.filter(valid_on(day), members_of(row.unit_id, divisions=divisions))
    if roles := row.roles if isinstance(row, Holding) else row.case.definition.roles_of(row.party):
        memberships = memberships.filter(role__in=roles)
    lent = Delegation.objects.filter(valid_on(day), ended_at=None, from_membership__in=memberships)
    return active.filter(Q(pk__in=memberships.values("user")) | Q(pk__in=lent.values("to_user")))
