"""A full city for `pages.py`: units, people, documents, directives over two years with their cases. Made by bulk."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from khue.accounts.models import Membership, User
from khue.core.clock import today
from khue.directory.models import Unit, UnitName
from khue.flow.actions import load_shelf
from khue.flow.models import ProcessVersion

DEPARTMENTS, DIVISIONS, PER_DOCUMENT = 40, 120, 8
LONG_AGO = date(2020, 1, 1)
SQL = Path(__file__).with_name("pages_city.sql")


def fill(directives: int, units: int) -> dict[str, User]:
    """Fill an empty database and return one person for each role that is measured."""
    load_shelf()
    city, departments, communes = _units(units)
    people = {
        "leader": _person("leader", city),
        "monitor": _person("monitor", departments[0]),
        "unit-head": _person("unit-head", departments[0]),
        "officer": _person("officer", departments[1]),
        "commune-officer": _person("officer", communes[7], "commune-officer"),
        "auditor": _person("auditor", departments[2]),
    }
    version = ProcessVersion.objects.filter(process="directive-follow-up").latest("version")
    values: dict[str, Any] = {
        "today": today(), "directives": directives, "documents": max(1, directives // PER_DOCUMENT),
        "issuers": [unit.pk for unit in departments[:6]], "leads": [unit.pk for unit in (*departments, *communes)],
        "process": version.pk, "clerk": people["officer"].pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in SQL.read_text(encoding="utf-8").split(";\n\n"):
            cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")
    return people


def _units(count: int) -> tuple[Unit, list[Unit], list[Unit]]:
    city = Unit.objects.create(name="UBND Thành phố", kind=Unit.Kind.AUTHORITY, valid_from=LONG_AGO)
    departments = _made("Sở số", Unit.Kind.DEPARTMENT, DEPARTMENTS, [city])
    _made("Phòng số", Unit.Kind.DIVISION, DIVISIONS, departments)
    communes = _made("UBND phường số", Unit.Kind.COMMUNE, count - DEPARTMENTS - DIVISIONS - 1, [city])
    return city, departments, communes


def _made(name: str, kind: str, count: int, parents: list[Unit]) -> list[Unit]:
    units = [
        Unit(name=f"{name} {n}", kind=kind, code=f"{kind}-{n}", parent=parents[n % len(parents)], valid_from=LONG_AGO)
        for n in range(1, count + 1)
    ]
    for unit in units:
        unit.prepare()
    made = Unit.objects.bulk_create(units)
    UnitName.objects.bulk_create(unit.first_name() for unit in made)
    return made


def _person(role: str, unit: Unit, name: str = "") -> User:
    user: User = User.objects.create_user(f"{name or role}@example.vn", name or role, None)
    Membership.objects.create(user=user, unit=unit, role=role, valid_from=LONG_AGO)
    return user
