"""A small city to test with: a department with two divisions, a commune, and people in their roles."""

from datetime import date

from khue.accounts.models import Membership, User
from khue.directory.models import Unit

LONG_AGO = date(2020, 1, 1)


def unit(name: str, kind: str = Unit.Kind.DEPARTMENT, **fields: object) -> Unit:
    """A unit valid since long ago."""
    made: Unit = Unit.objects.create(name=name, kind=kind, valid_from=LONG_AGO, **fields)
    return made


def person(name: str, role: str = "", at: Unit | None = None) -> User:
    """An account, with a part in a unit when `role` is given."""
    user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@example.vn", name, "mat khau dai")
    if role and at is not None:
        Membership.objects.create(user=user, unit=at, role=role, valid_from=LONG_AGO)
    return user
