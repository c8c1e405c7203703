"""On which side of a report somebody stands: in the unit that reports, in one above it, or where it is received."""

from typing import TYPE_CHECKING

from django.db.models import Q

from khue.accounts.models import Membership, User
from khue.accounts.part import Part
from khue.accounts.roles import all_roles
from khue.accounts.rules import acting_in
from khue.accounts.scope import everywhere, for_department
from khue.core.actors import Actor, SystemActor
from khue.core.clock import today
from khue.directory.models import Unit, valid_on
from khue.directory.search import department
from khue.indicators.models import Programme

if TYPE_CHECKING:
    from django.db.models import QuerySet

SEE, REPORT, APPROVE = "indicator:see", "indicator:report", "indicator:approve"
MANAGE, DECIDE, COMPOSE = "indicator:manage", "indicator:decide", "indicator:compose"


def lead_of(programme: Programme) -> Unit:
    """Who receives the programme's reports. Raises Refused `directory.no-department` where nobody is."""
    return programme.lead or department()


def receives(user: User, programme: Programme, *permissions: str) -> bool:
    """Whether the person has any of `permissions` where the programme's reports are received, or in a part of it."""
    if programme.lead_id is None:
        return for_department(user, *permissions)
    return any(f"/{programme.lead_id}/" in part.unit_path for part in _parts(user, *permissions))


def offices(user: User, *permissions: str) -> set[int]:
    """The units in which the person has any of `permissions`, and all above them."""
    paths = (part.unit_path for part in _parts(user, *permissions))
    return {int(step) for path in paths for step in path.strip("/").split("/")}


def received_by(user: User, prefix: str = "") -> Q:
    """The condition that a programme (or the one reached by `prefix`) is run where the person works."""
    condition = Q(**{f"{prefix}lead__in": offices(user, SEE)})
    return condition | Q(**{f"{prefix}lead": None}) if for_department(user, SEE) else condition


def people_of(unit: Unit, permission: str) -> "QuerySet[User]":
    """Active people with `permission` in the unit or in a part of it, each of whose divisions may do its work."""
    roles = [role.name for role in all_roles().values() if role.allows(permission)]
    parts = Membership.objects.filter(valid_on(today()), role__in=roles, unit__in=Unit.objects.within([unit.pk]))
    return User.objects.filter(pk__in=parts.values("user"), is_active=True)


def oversees(by: Actor) -> bool:
    """Whether somebody sees every report: the system itself, and those whose role reaches the whole city."""
    return isinstance(by, SystemActor) or (isinstance(by, User) and everywhere(by, SEE))


def _parts(user: User, *permissions: str) -> list[Part]:
    return [part for part in acting_in(user) if part.allows(*permissions)]
