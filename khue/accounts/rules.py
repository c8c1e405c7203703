"""What an account may act for on a day, and what it may do."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, Value
from django.db.models.fields import CharField

from khue.accounts.models import Membership, User
from khue.accounts.part import Part
from khue.core.actors import Actor
from khue.core.clock import today
from khue.directory.models import Unit, valid_on


def acting_in(user: User, on: date | None = None) -> list[Part]:
    """The parts `user` has on `on` (today), own ones first: one query, kept on the user object for the request."""
    day = on or today()
    if not user.is_active or user.pk is None:
        return []
    if day not in user.parts_by_day:
        user.parts_by_day[day] = [Part(*row) for row in _rows(user, day)]
    return user.parts_by_day[day]


def _rows(user: User, day: date) -> Iterable[tuple[int, int, str, str, str, str]]:
    columns = ["pk", "unit_id", "unit__name", "unit__path", "role"]
    valid = Membership.objects.filter(valid_on(day))
    own = valid.filter(user=user).annotate(delegated_by=Value("", CharField()))
    lent = valid.filter(
        Q(valid_on(day, "delegations__")), delegations__to_user=user, delegations__ended_at=None
    ).annotate(delegated_by=F("user__full_name"))
    rows = own.values_list(*columns, "delegated_by").union(lent.values_list(*columns, "delegated_by"))
    return sorted(rows, key=lambda row: (bool(row[5]), row[0]))


def has_role(user: User, role: str, unit: Unit | int | None = None) -> bool:
    """Whether `user` has `role` today: in any unit, or reaching `unit` (a tree role reaches units below its own)."""
    return any(part.role == role and _reaches(part, unit) for part in acting_in(user))


def unit_ids(user: User, role: str | None = None) -> set[int]:
    """The units `user` acts in today, in any role or in `role`; units below are not listed (see `Units.within`)."""
    return {part.unit_id for part in acting_in(user) if role in (None, part.role)}


def may(actor: Actor, permission: str, unit_id: int | None = None) -> bool:
    """Whether `actor` is an account with `permission` through any of its parts, reaching `unit_id` if given."""
    if not isinstance(actor, User):
        return False
    parts = [part for part in acting_in(actor) if part.described and part.described.allows(permission)]
    return any(_reaches(part, unit_id) for part in parts)


def _reaches(part: Part, unit: Unit | int | None) -> bool:
    if unit is None:
        return True
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    if part.unit_id == unit_id or (part.described and part.described.reach == "city"):
        return True
    if part.described is None or part.described.reach == "unit":
        return False
    return Unit.objects.filter(pk=unit_id).within([part.unit_id]).exists()
