"""The units in which a person may do something, today."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from khue.accounts.models import Membership, User
from khue.accounts.part import Part
from khue.accounts.roles import all_roles
from khue.accounts.rules import acting_in
from khue.core.clock import today
from khue.directory.models import Unit, valid_on
from khue.directory.search import department_number


def unit_ids(user: User, *roles: str) -> set[int]:
    """Units in which the person has one of `roles`, or any role when none is named; units below are not listed."""
    return {part.unit_id for part in acting_in(user) if not roles or part.role in roles}


def units_where(user: User, *permissions: str) -> set[int]:
    """Units in which the person has any of `permissions`: the units of those parts, and the ones below for heads."""
    parts = [part for part in acting_in(user) if part.allows(*permissions)]
    trees = {part.unit_id for part in parts if part.reaches("tree")}
    return {part.unit_id for part in parts} | _below(user, trees)


def everywhere(user: User, *permissions: str) -> bool:
    """Whether the person has any of `permissions` through a role that reaches the whole city."""
    return any(part.reaches("city") and part.allows(*permissions) for part in acting_in(user))


def reaches_all(user: User, *permissions: str) -> bool:
    """Whether any of `permissions` holds for the person in the whole city: by a role that reaches it, or in the
    department that this site serves, from which nothing is kept."""
    return everywhere(user, *permissions) or for_department(user, *permissions)


def may_in(user: User, unit_id: int, *permissions: str) -> bool:
    """Whether the person has any of `permissions` in that unit or everywhere; notes whose part it was."""
    parts = [part for part in acting_in(user) if part.allows(*permissions)]
    found = next((part for part in parts if _covers(user, part, unit_id)), None)  # own parts come first
    if found is not None:
        user.stood_in_for = found.delegated_by
    return found is not None


def _covers(user: User, part: Part, unit_id: int) -> bool:
    reach = part.described.reach if part.described else "unit"
    return part.unit_id == unit_id or reach == "city" or (reach == "tree" and unit_id in _below(user, {part.unit_id}))


def for_department(user: User, *permissions: str) -> bool:
    """Whether the person has any of `permissions` in the department that this site serves, or in a part of it."""
    parts = [part for part in acting_in(user) if part.allows(*permissions)]
    if not parts:
        return False
    office = department_of(user)
    return office is not None and any(f"/{office}/" in part.unit_path for part in parts)


def parts_where(user: User, permission: str) -> list[Part]:
    """The person's parts that have `permission`, own ones first."""
    return [part for part in acting_in(user) if part.allows(permission)]


def department_of(user: User) -> int | None:
    """The number of the department that the site serves, asked for once a person and day; None where it is not set up
    yet."""
    kept: dict[object, int | None] = user.__dict__.setdefault("_department", {})
    if today() not in kept:
        kept[today()] = department_number()
    return kept[today()]


def the_department(user: User) -> Unit | None:
    """The department itself."""
    return Unit.objects.filter(pk=department_of(user) or 0).first()


def people_of(unit: Unit, permission: str) -> "QuerySet[User]":
    """Active people with `permission` in the unit or in one of its divisions, which do its work: whom to tell."""
    return people_of_all([unit.pk], permission)


def people_of_all(units: Collection[int], permission: str) -> "QuerySet[User]":
    """The same of several units."""
    roles = [role.name for role in all_roles().values() if role.allows(permission)]
    offices = Unit.objects.within(units).filter(Q(pk__in=units) | Q(kind=Unit.Kind.DIVISION))
    parts = Membership.objects.filter(valid_on(today()), role__in=roles, unit__in=offices)
    return User.objects.filter(pk__in=parts.values("user"), is_active=True)


def _below(user: User, trees: set[int]) -> set[int]:
    """Units below `trees`; asked once for a person, a day and a set of trees."""
    if not trees:
        return set()
    kept: dict[object, set[int]] = user.__dict__.setdefault("_units_below", {})
    key = (today(), frozenset(trees))
    if key not in kept:
        kept[key] = set(Unit.objects.within(trees).values_list("pk", flat=True))
    return kept[key]
