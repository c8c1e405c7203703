"""What waits for a person, and what a person waits for."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.flow.models import CaseParty, Holding, Holdings


def waiting_for(user: User) -> Holdings:
    """Open holdings of `user`, and of units in which `user` has one of the roles they ask for; what hurts first."""
    return Holding.objects.current().filter(_mine(user)).for_lists().by_urgency()


def i_wait_for(user: User) -> Holdings:
    """Open holdings of others in cases that `user` opened or a unit of `user` takes part in; what hurts first."""
    units = {part.unit_id for part in acting_in(user)}
    parts = CaseParty.objects.filter(Q(unit__in=units) | Q(user=user), case=OuterRef("case_id"))
    asked = Q(Exists(parts)) | Q(case__opened_by=user)
    return Holding.objects.current().filter(asked).exclude(_mine(user)).for_lists().by_urgency()


def _mine(user: User) -> Q:
    roles = defaultdict(set)
    for part in acting_in(user):
        roles[part.unit_id].add(part.role)
    alike = defaultdict(list)
    for unit, names in roles.items():
        alike[tuple(sorted(names))].append(unit)
    mine = Q(user=user)
    for together, units in alike.items():
        mine |= Q(unit__in=units) & (Q(roles=[]) | Q(roles__overlap=list(together)))
    return mine
