"""What waits for a person, and what a person waits for."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.accounts.veils import veiled
from khue.flow.divisions import held_above
from khue.flow.models import Case, CaseParty, Holding, Holdings
from khue.flow.rules import FOLLOW

FEW = 300


def waiting_for(user: User) -> Holdings:
    """Open holdings of `user`, and of units in which, or in a division of which, `user` has one of the roles they ask
    for; what hurts first."""
    return _open_to(user).filter(_mine(user)).for_lists().by_urgency()


def i_wait_for(user: User) -> Holdings:
    """Open holdings of others in cases that `user` opened or a unit of `user` takes part in; what hurts first."""
    return _open_to(user).filter(_asked(user)).exclude(_mine(user)).for_lists().by_urgency()


def _open_to(user: User) -> Holdings:
    """What waits now, without cases of which `user` must see nothing."""
    found = Holding.objects.current()
    for hidden in veiled(user):
        found = found.exclude(hidden)
    return found


def _asked(user: User) -> Q:
    """Cases that `user` opened or has a part in. A few are named one by one, and found by their numbers; with many,
    the list walks the holdings by urgency and looks at the case of each until the page is full."""
    units = {part.unit_id for part in acting_in(user) if part.described and part.described.allows(FOLLOW)}
    parts = CaseParty.objects.filter(Q(unit__in=units) | Q(user=user))
    opened = Case.objects.filter(opened_by=user).values_list("pk", flat=True)
    taken = parts.filter(case__closed_at=None).values_list("case", flat=True)
    few = {*taken[: FEW + 1], *opened.filter(closed_at=None)[: FEW + 1]}
    if len(few) <= FEW:
        return Q(case__in=few)
    return Q(case__opened_by=user) | Q(Exists(parts.filter(case=OuterRef("case"))))


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
    return mine | held_above(acting_in(user))
