"""People and work for the tests of the shell."""

from datetime import date, timedelta

import pytest
from django.test import Client

from khue.accounts.models import Membership, User
from khue.core import clock
from khue.directory.models import Unit
from khue.flow.actions import open_case
from khue.flow.models import Case, Holding

DAY = date(2026, 6, 10)  # a Wednesday


def unit(name: str) -> Unit:
    """A department called `name`."""
    found = Unit.objects.filter(name=name).first()
    return found or Unit.objects.create(name=name, kind=Unit.Kind.DEPARTMENT, valid_from=date(2003, 1, 1))


def account(name: str, *parts: tuple[str, str]) -> User:
    """An account with parts, each a role and the name of a unit."""
    user = User.objects.create_user(f"{name.rsplit(maxsplit=1)[-1].lower()}@example.vn", name)
    for role, where in parts:
        Membership.objects.create(user=user, unit=unit(where), role=role, valid_from=date(2020, 1, 1))
    return user


@pytest.fixture
def officer(db: None) -> User:
    """An officer of the department of science and technology."""
    return account("Nguyễn Thị Hanh", ("officer", "Sở Khoa học và Công nghệ"))


@pytest.fixture
def leader(db: None) -> User:
    """A leader of the city."""
    return account("Trần Văn Binh", ("leader", "Ủy ban nhân dân thành phố"))


@pytest.fixture
def signed_in(client: Client, officer: User) -> Client:
    """A browser in which the officer is signed in."""
    client.force_login(officer)
    return client


def give_work(leader: User, number: int, days: int | None, lead: str = "Sở Khoa học và Công nghệ") -> Case:
    """Work number `number` for `lead`, whose holder has it until `days` after `DAY`."""
    case = open_case(
        "directive-follow-up",
        title=f"Việc số {number}",
        url=f"/nhiem-vu/{number}/",
        dossier=f"directive:{number}",
        parties={"issuer": unit("Ủy ban nhân dân thành phố"), "lead": unit(lead)},
        by=leader,
        due_on=None if days is None else clock.today() + timedelta(days=days),
    )
    due_on = None if days is None else DAY + timedelta(days=days)
    Holding.objects.filter(case=case).update(due_on=due_on)
    return case
