"""Pages over many missions and needs, and the import of missions of the past.

    python bench/missions.py [--small]

Fills a database of its own with 200,000 missions and 1,000,000 needs (20,000 and 100,000 with --small), asks the pages
for a department officer, imports 10,000 missions (2,000 with --small), and drops it. The last line is one JSON object.
"""

import argparse
import json
import os
import statistics
import sys
import time
from importlib import import_module
from typing import Any

from pages import LIMITS, p95, scratch_database, timed

IMPORT_LIMIT = 60.0


def fill(missions: int, needs: int) -> Any:
    """The records, and an officer of the department."""
    from datetime import date

    from django.db import connection

    from khue.accounts.models import Membership, User
    from khue.directory.models import Unit
    from khue.flow.actions import load_shelf

    load_shelf()
    unit = Unit.objects.create(name="Sở Khoa học và Công nghệ", kind="department", valid_from=date(2000, 1, 1))
    user = User.objects.create(email="bench@khue.example", full_name="Người đo")
    Membership.objects.create(user=user, unit=unit, role="officer", valid_from=date(2000, 1, 1))
    with connection.cursor() as cursor:
        for table, count in (("missions_mission", missions), ("needs_need", needs)):
            _copies(cursor, table, count, unit.pk, user.pk)
        cursor.execute("ANALYZE")
    return user


def _copies(cursor: Any, table: str, count: int, unit: int, user: int) -> None:
    """`count` rows of `table`, each column by its type; titles of varied words."""
    cursor.execute(
        "SELECT column_name, data_type, column_default, is_nullable, character_maximum_length FROM "
        "information_schema.columns WHERE table_name = %s AND is_identity = 'NO'",
        [table],
    )
    words = "(ARRAY['rau an toan','nuoi luon','cay an qua','xu ly nuoc','do thi','y te','phan mem','giong lua'])"
    title = f"'mo hinh ' || {words}[1 + n % 8] || ' vung ' || n % 997 || ' so ' || n"
    columns, values = [], []
    for name, kind, default, nullable, most in cursor.fetchall():
        given = _value(name, kind, default, nullable, most, title, unit, user)
        if given is not None:
            columns.append(f'"{name}"')
            values.append(given)
    text = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM generate_series(1, {count}) n"  # noqa: S608 - our own names
    cursor.execute(text)


def _value(
    name: str, kind: str, default: str | None, nullable: str, most: int | None, title: str, unit: int, user: int
) -> str | None:
    special = {
        "title": title, "folded": title, "year": "2000 + n % 26", "state": "'closed'", "type": "'technology-topic'",
        "imported": "true", "budget_state": "n % 900 * 1000000", "field": "'agricultural'", "level": "'city'",
        "host_id": str(unit), "department_id": str(unit), "author_unit_id": str(unit), "unit_id": str(unit),
        "author_id": str(user), "submitted_at": "now() - n * interval '1 minute'", "number": "n", "code": "'M-' || n",
    }  # fmt: skip
    if name in special:
        return special[name]
    if nullable == "YES" or default:
        return None
    plain = {
        "boolean": "false", "date": "date '2024-01-01' + n % 700", "jsonb": "'{}'::jsonb", "ARRAY": "'{}'",
        "timestamp with time zone": "now() - n * interval '1 minute'", "uuid": "gen_random_uuid()",
    }  # fmt: skip
    return plain.get(kind, "0" if most is None and kind not in ("text",) else "''")


def import_past(count: int) -> float:
    """Seconds that the import of `count` missions takes."""
    from khue.core.actors import IMPORTER
    from khue.core.exchange import Row
    from khue.missions.exchange import FIELDS, MISSIONS

    names = [field.key for field in FIELDS]
    facts = {"type": "technology-topic", "budget_state": 900_000_000, "abstract": "Quy trình và mô hình. " * 12}
    rows = [
        Row(
            number,
            dict.fromkeys(names)
            | facts
            | {"title": f"Mô hình số {number} về rau", "host_name": f"Viện {number % 300}", "year": 2000 + number % 20,
               "last_year": 2003 + number % 20, "investigator_name": f"TS. Nguyễn Văn {number % 900}"},
        )
        for number in range(2, count + 2)
    ]  # fmt: skip
    start = time.perf_counter()
    done = sum(1 for _outcome in MISSIONS.enter(rows, IMPORTER))
    if done != count:
        raise SystemExit(f"imported {done} of {count}")
    return time.perf_counter() - start


def main() -> None:
    """Fill, ask, import, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the records, fewer rounds")
    small = parser.parse_args().small
    missions, needs, imported, rounds = (20_000, 100_000, 2_000, 8) if small else (200_000, 1_000_000, 10_000, 30)
    with scratch_database():
        import_module("khue.config.wsgi")
        from django.core.management import call_command
        from django.test import Client
        from django.urls import reverse

        call_command("migrate", verbosity=0)
        client = Client()
        client.force_login(fill(missions, needs))
        pages = {
            "missions": reverse("missions:missions"),
            "missions_words": reverse("missions:missions") + "?q=nuoi+luon+vung+15",
            "acceptances": reverse("missions:acceptances"),
            "needs": reverse("needs:needs"),
            "search": reverse("site:search") + "?q=nuoi+luon",
        }
        targets: dict[str, dict[str, object]] = {}
        for name, address in pages.items():

            def ask(address: str = address) -> None:
                assert client.get(address, follow=True).status_code == 200, address

            times = timed(ask, rounds)
            for measure, value in (("p50_ms", statistics.median(times)), ("p95_ms", p95(times))):
                limit = LIMITS[measure]
                targets[f"{name}_{measure}"] = {"value": round(value, 1), "limit": limit, "met": value <= limit}
            print(f"{name:16} p50 {statistics.median(times):7.1f} ms  p95 {p95(times):7.1f} ms", flush=True)
        seconds = import_past(imported)
        print(f"import of {imported:,} missions {seconds:.1f} s")
        limit = IMPORT_LIMIT * imported / 10_000
        targets["import_s"] = {"value": round(seconds, 1), "limit": limit, "met": seconds <= limit}
    results = {"missions": missions, "needs": needs, "imported": imported}
    machine = {"cores": os.cpu_count()}
    sys.stdout.write(
        json.dumps({"bench": "missions", "machine": machine, "results": results, "targets": targets}) + "\n"
    )


if __name__ == "__main__":
    main()
