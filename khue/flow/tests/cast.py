"""Who the tests are about: a city, a ward and the ward that follows it, and people in their roles."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from khue.accounts.models import Membership, User
from khue.core import clock
from khue.directory.models import Unit
from khue.flow.actions import open_case
from khue.flow.models import Case, Holding

BEGINNING = date(2020, 1, 1)
MONDAY = date(2025, 3, 3)


def make_unit(name: str, parent: Unit | None = None) -> Unit:
    """A unit with its path, which a trigger writes."""
    made = Unit.objects.create(name=name, kind=Unit.Kind.DEPARTMENT, parent=parent, valid_from=BEGINNING)
    return Unit.objects.get(pk=made.pk)


def make_person(name: str, *parts: tuple[str, Unit]) -> User:
    """An account with (role, unit) parts."""
    user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@example.vn", name)
    for role, unit in parts:
        Membership.objects.create(user=user, unit=unit, role=role, valid_from=BEGINNING)
    return user


def again(user: User) -> User:
    """The account as the next request loads it."""
    return User.objects.get(pk=user.pk)


@dataclass
class Cast:
    """The usual people."""

    city: Unit
    ward: Unit
    heir: Unit
    leader: User
    monitor: User
    officer: User
    head: User
    stranger: User

    def directive(
        self, number: int = 1, *, due: date | None = date(2025, 3, 31), on: date = MONDAY, **more: Any
    ) -> Case:
        """A directive of the city to the ward, opened on `on`."""
        with clock.at(on):
            return open_case(
                "directive-follow-up",
                title=f"Nhiệm vụ {number}",
                url=f"/nhiem-vu/{number}/",
                dossier=f"directive:{number}",
                parties={"issuer": self.city, "lead": self.ward},
                by=self.leader,
                due_on=due,
                **more,
            )


def gather() -> Cast:
    """Make them all."""
    city, ward, heir = make_unit("UBND Thành phố"), make_unit("UBND phường A"), make_unit("UBND phường B")
    return Cast(
        city,
        ward,
        heir,
        leader=make_person("An", ("leader", city)),
        monitor=make_person("Binh", ("monitor", city)),
        officer=make_person("Chi", ("officer", ward)),
        head=make_person("Dung", ("unit-head", ward)),
        stranger=make_person("Giang", ("officer", heir)),
    )


def held(case: Case) -> Holding:
    """The open holding of `case`."""
    return Holding.objects.get(case=case, until=None)
