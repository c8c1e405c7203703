"""A city with many missions and needs for `missions.py`: what is over long ago, and what waits. Made by bulk, also what
search knows of them, but for the words of each, which serve only while there is no index."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from pages_city import LONG_AGO, _made, _person

from khue.accounts.models import User
from khue.core.clock import now, today
from khue.directory.models import Person, Place, Unit
from khue.flow.actions import load_shelf
from khue.flow.models import ProcessVersion
from khue.matching.actions import reconcile
from khue.matching.projection.store import store

COMMUNES, HOSTS = 126, 300
OPEN_NEEDS, CARRIED, RUNNING = 100, 10, 100
"""One need of so many waits for an answer; one mission of so many was carried out here, one of so many still is."""
CONFLICTS = 2_000
"""So many missions, and as many needs, one of the officers must see nothing of."""
FILLED = [
    "flow_case", "flow_caseparty", "flow_holding", "needs_need", "needs_need_places", "missions_mission",
    "missions_plan", "missions_planstage", "missions_contract", "missions_instalment", "missions_progressreport",
    "missions_stageprogress", "missions_spending", "matching_entry",
]  # fmt: skip
"""Tables that get very many rows."""
SQL = Path(__file__).with_name("missions_city.sql")


def fill(missions: int, needs: int) -> dict[str, User]:
    """Fill an empty database; returns the people who look at it."""
    load_shelf()
    city = Unit.objects.create(name="UBND Thành phố", kind=Unit.Kind.AUTHORITY, valid_from=LONG_AGO)
    name = settings.DEPARTMENT.split(";")[0].strip()
    department = Unit.objects.create(name=name, kind=Unit.Kind.DEPARTMENT, valid_from=LONG_AGO, parent=city)
    communes = _communes(city)
    hosts = _made("Viện số", Unit.Kind.INSTITUTE, HOSTS, [city])
    authors = [_person("officer", unit, f"commune-{unit.pk}") for unit in communes]
    people = {
        "officer": _person("officer", department), "leader": _person("leader", city),
        "commune": authors[0], "host": _person("officer", hosts[0], "host"),
        "barred": _person("officer", department, "barred"),
    }  # fmt: skip
    people["barred"].person = Person.objects.create(full_name="Người có nhiều xung đột lợi ích")
    people["barred"].save()
    values: dict[str, Any] = {
        "missions": missions, "needs": needs, "open_needs": needs // OPEN_NEEDS, "carried": missions // CARRIED,
        "running": missions // RUNNING, "now": now(), "today": today(), "department": department.pk,
        "officer": people["officer"].pk, "communes": [one.pk for one in communes], "hosts": [one.pk for one in hosts],
        "places": [unit.place_id for unit in communes], "people": [user.pk for user in authors],
        "barred": people["barred"].person.pk, "conflicts": CONFLICTS,
        "intake": _version("need-intake"), "carry": _version("mission-carry-out"),
        "report": _version("progress-report"),
    }  # fmt: skip
    with connection.cursor() as cursor:
        with _in_bulk(cursor):
            for statement in SQL.read_text(encoding="utf-8").split(";\n\n"):
                cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")
    return people


@contextmanager
def _in_bulk(cursor: CursorWrapper) -> Iterator[None]:
    """Millions of rows that are known to belong together: what leads from table to table is checked, and indexes are
    made, once all of them are there."""
    cursor.execute(
        "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),"
        " format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))"
        " FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])"
        " UNION ALL SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)"
        " FROM pg_index WHERE indrelid = ANY(%s::regclass[])"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
        [FILLED, FILLED],
    )
    undone = cursor.fetchall()
    for drop, _make in undone:
        cursor.execute(drop)
    cursor.execute("SET maintenance_work_mem = '512MB'")
    yield
    for _drop, make in reversed(undone):
        cursor.execute(make)
    cursor.execute("RESET maintenance_work_mem")


def index() -> float:
    """Seconds in which what search knows of the directory and the index of it all are made, as a node makes it."""
    start = time.perf_counter()
    reconcile(["unit", "person", "place"])
    store().rebuild()
    return time.perf_counter() - start


def _communes(city: Unit) -> list[Unit]:
    province = Place.objects.create(code=settings.CITY, level=Place.Level.PROVINCE, kind="Thành phố", name="Đo",
                                    valid_from=LONG_AGO)  # fmt: skip
    units = _made("UBND phường số", Unit.Kind.COMMUNE, COMMUNES, [city])
    for number, unit in enumerate(units):
        unit.place = Place.objects.create(
            code=f"{number:05}", level=Place.Level.COMMUNE, kind="Phường", name=f"Số {number}", parent=province,
            latitude=20.8 + number // 12 * 0.05, longitude=105.5 + number % 12 * 0.05, valid_from=LONG_AGO,
        )  # fmt: skip
    Unit.objects.bulk_update(units, ["place"])
    return units


def _version(process: str) -> int:
    return ProcessVersion.objects.filter(process=process).latest("version").pk
