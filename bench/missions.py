"""Pages over many missions and needs, and the import of missions of the past.

    python bench/missions.py [--small] [--only PART,PART]

Fills a database of its own with 200,000 missions, of which 20,000 were carried out here and 2,000 still are, and
1,000,000 needs, of which 10,000 wait for an answer (a tenth of each with --small); asks for the pages as an officer of
the department, as one who must see nothing of many dossiers, a leader, a commune and a lead organisation; imports
10,000 missions (2,000 with --small), and drops it. Search is asked with an index of everything, built as a node
builds it: its limit is that of first results. `--only` measures some parts alone: `import`, a page, or all pages whose
name begins so (`--only search,need_related`); the index is built where one of them asks it.
`python_ms` is time of the processor without the database's. The last line is one JSON object.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any

from pages import LIMITS, p95, scratch_database, timed

IMPORT_LIMIT = 60.0
FIRST_RESULTS = 50
"""Milliseconds until a search shows something."""
IMPORT = "import"
ASK_THE_INDEX = ("search", "need_related", "suggestions")
"""Pages, or how their names begin, that need the index of everything."""


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


def pages(missions: int, needs: int) -> dict[str, tuple[str, str]]:
    """Who asks for what: the lists, the boards, a case that is under way and one that is over, the forms."""
    from django.urls import reverse

    def at(name: str, *given: int, asked: str = "") -> str:
        return reverse(name, args=given) + asked

    return {
        "desk": ("officer", at("site:desk")),
        "missions": ("officer", at("missions:missions")),
        "missions_words": ("officer", at("missions:missions", asked="?q=nuoi+luon+vung+15")),
        "missions_open": ("officer", at("missions:missions", asked="?standing=open")),
        "missions_board": ("leader", at("missions:board")),
        "board_years": ("leader", at("missions:board-years")),
        "missions_own": ("host", at("missions:own")),
        "mission_running": ("officer", at("missions:mission", missions)),
        "mission_past": ("officer", at("missions:mission", 17)),
        "acceptances": ("officer", at("missions:acceptances")),
        "needs": ("officer", at("needs:needs")),
        "needs_all": ("officer", at("needs:needs", asked="?state=all")),
        "needs_overdue": ("officer", at("needs:needs", asked="?state=overdue")),
        "needs_of_commune": ("commune", at("needs:needs")),
        "triage": ("officer", at("needs:board")),
        "triage_alike": ("officer", at("needs:board-alike")),
        "need_open": ("officer", at("needs:need", needs)),
        "need_answered": ("officer", at("needs:need", 7)),
        "need_related": ("officer", at("needs:need-related", needs)),
        "suggestions": ("commune", at("needs:suggestions")),
        "search": ("officer", at("site:search", asked="?q=nuoi+luon")),
        "search_rare": ("officer", at("site:search", asked="?q=nuoi+luon+vung+15")),
        "search_misspelt": ("officer", at("site:search", asked="?q=nu%C3%B4i+l%C6%B0%C6%A1ng+kh%C3%B4ng+b%C3%B9n")),
        "search_barred": ("barred", at("site:search", asked="?q=nuoi+luon")),
        "search_commune": ("commune", at("site:search", asked="?q=nuoi+luon")),
        "search_typing": ("officer", at("site:search", asked="?q=nuoi+luo")),
        "search_facets": ("officer", at("matching:explore", asked="?q=nuoi+luon")),
        "search_facets_barred": ("barred", at("matching:explore", asked="?q=nuoi+luon")),
    }


def measure(people: dict[str, Any], asked: dict[str, tuple[str, str]], rounds: int) -> dict[str, dict[str, float]]:
    """Time at the clock, time of the processor in this process, and number of queries of each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found = {}
    for name, (role, address) in asked.items():
        client = Client()
        client.force_login(people[role])
        headers = {"HX-Request": "true"} if name == "search_typing" else {}

        def ask(client: Client = client, address: str = address, headers: dict[str, str] = headers) -> None:
            assert client.get(address, headers=headers).status_code == 200, address

        ask()
        begun = time.process_time()
        times = timed(ask, rounds)
        own = (time.process_time() - begun) * 1000 / (rounds + 1)
        with CaptureQueriesContext(connection) as captured:
            ask()
        found[name] = {
            "p50_ms": round(statistics.median(times), 1), "p95_ms": round(p95(times), 1), "python_ms": round(own, 1),
            "queries": len(captured),
        }  # fmt: skip
        print(
            f"{name:18} {role:8} " + "  ".join(f"{key} {value:7.1f}" for key, value in found[name].items()), flush=True
        )
    return found


def is_part(name: str, parts: Sequence[str]) -> bool:
    """Whether `name` is one of the parts, or one of a group of that name; no parts are all of them."""
    return not parts or any(name == part or name.startswith(f"{part}_") for part in parts)


def wanted() -> tuple[bool, list[str]]:
    """What was asked for: whether only a tenth, and which parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a tenth of the records, fewer rounds")
    parser.add_argument("--only", default="", metavar="PART,PART", help="pages, groups of pages or `import`")
    given = parser.parse_args()
    return given.small, [part.strip() for part in given.only.split(",") if part.strip()]


def main() -> None:
    """Fill, ask, import, tell."""
    small, parts = wanted()
    missions, needs, imported, rounds = (20_000, 100_000, 2_000, 8) if small else (200_000, 1_000_000, 10_000, 30)
    with scratch_database(), TemporaryDirectory() as var:
        os.environ["KHUE_VAR"] = var  # where the index lies
        import_module("khue.config.wsgi")
        from django.core.management import call_command
        from missions_city import fill, index

        call_command("migrate", verbosity=0)
        every = pages(missions, needs)
        if unknown := [part for part in parts if not any(is_part(name, [part]) for name in (*every, IMPORT))]:
            raise SystemExit(f"no such part: {', '.join(unknown)}; there are {', '.join((*every, IMPORT))}")
        begun = time.perf_counter()
        people = fill(missions, needs)
        print(f"filled in {time.perf_counter() - begun:.0f} s", flush=True)
        chosen = {name: page for name, page in every.items() if is_part(name, parts)}
        if any(is_part(name, ASK_THE_INDEX) for name in chosen):
            print(f"index of {missions + needs:,} records {index():.0f} s", flush=True)
        asked = measure(people, chosen, rounds)
        seconds = import_past(imported) if is_part(IMPORT, parts) else None
    limits = {(name, measure): limit for name in asked for measure, limit in LIMITS.items()}
    limits |= {(name, "p50_ms"): FIRST_RESULTS for name in asked if name.startswith("search")}
    targets = {
        f"{name}_{measure}": {"value": asked[name][measure], "limit": limit, "met": asked[name][measure] <= limit}
        for (name, measure), limit in limits.items()
    }
    if seconds is not None:
        limit = IMPORT_LIMIT * imported / 10_000
        print(f"import of {imported:,} missions {seconds:.1f} s")
        targets["import_s"] = {"value": round(seconds, 1), "limit": limit, "met": seconds <= limit}
    results = {"missions": missions, "needs": needs, "imported": imported, "pages": asked}
    machine = {"cores": os.cpu_count()}
    sys.stdout.write(
        json.dumps({"bench": "missions", "machine": machine, "results": results, "targets": targets}) + "\n"
    )


if __name__ == "__main__":
    main()
