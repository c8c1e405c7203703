"""On which side somebody stands: of the department that selects, or of an organisation that applies."""

from django.db.models import Q

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.accounts.scope import everywhere, for_department, units_where
from khue.core.actors import Actor, SystemActor
from khue.core.refusals import Refusal
from khue.directory.models import Unit

MANAGE, OPEN, WRITE, SUBMIT = "call:manage", "application:open", "application:write", "application:submit"
SEE = ("order:see", "mission:see")
"""Of those who oversee the whole city."""


def own_units(user: User, permission: str = WRITE) -> set[int]:
    """The organisations for which `user` may do something as an applicant: those of the person's own parts, and the
    body whose division it is. Never the units below: who stands above an institute does not read its draft."""
    parts = [part for part in acting_in(user) if part.allows(permission)]
    return {part.unit_id for part in parts} | {part.division_of for part in parts if part.division_of is not None}


def department_side(user: User, host: str, *permissions: str) -> Q:
    """The condition that the unit in the column `host` is a department for which `user` has any of `permissions`, the
    person works in a part of the department that this site serves, or oversees the whole city."""
    if everywhere(user, *permissions, *SEE) or for_department(user, *permissions):
        return Q(**{f"{host}__isnull": False})
    return Q(**{f"{host}__in": units_where(user, *permissions)})


def may_for(by: Actor, host: Unit, permission: str, refusal: Refusal) -> Refusal | None:
    """None when `by` has `permission` in `host` or in a division of it, else `refusal`."""
    if isinstance(by, SystemActor) or (isinstance(by, User) and host.pk in _acted_for(by, permission)):
        return None
    return refusal


def _acted_for(by: User, permission: str) -> set[int]:
    """Units in which `by` has `permission`, and those whose division the person has it in."""
    parts = [part for part in acting_in(by) if part.allows(permission)]
    return units_where(by, permission) | {part.division_of for part in parts if part.division_of is not None}
