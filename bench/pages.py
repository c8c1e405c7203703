"""Server time of desk, board, lists and register on a full city; beside it, the same counts made plainly.

    python bench/pages.py [--small]

Fills a scratch database (100,000 directives in 3,500 units; 20,000 with --small), asks every page as several roles,
several rounds, and prints medians. The database is dropped at the end. The last line is one JSON object.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
NAME = "khue_bench_pages"
FULL, SMALL = (100_000, 3_500), (20_000, 3_500)
LIMITS = {"p50_ms": 40, "p95_ms": 120}


@contextmanager
def scratch_database() -> Iterator[None]:
    """A database of our own on the server of `DATABASE_URL`, else on the embedded one; `DATABASE_URL` names it."""
    import psycopg
    from psycopg import sql

    given = os.environ.get("DATABASE_URL")
    if given:
        parts = urlsplit(given)
        address, home = urlunsplit(parts._replace(path=f"/{NAME}")), urlunsplit(parts._replace(path="/postgres"))
    else:
        from khue.core.postgres import ensure_running

        server = ensure_running(ROOT / "var")
        address, home = server.database_url(NAME), server.database_url("postgres")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME))
    with psycopg.connect(home, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    os.environ.update(DATABASE_URL=address, DJANGO_SETTINGS_MODULE="khue.config.settings")
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()
        with psycopg.connect(home, autocommit=True) as connection:
            connection.execute(drop)


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each of `rounds` runs after one that does not count."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def p95(times: list[float]) -> float:
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]


def measure_pages(people: dict[str, Any], rounds: int) -> dict[str, dict[str, object]]:
    """Times and number of queries of every page for every role that may open it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    pages = {
        "desk": reverse("site:desk"),
        "board": reverse("documents:board"),
        "list": reverse("documents:directives"),
        "list_overdue": reverse("documents:directives") + "?standing=overdue",
        "list_all": reverse("documents:directives") + "?standing=all",
        "register": reverse("documents:documents"),
    }
    found: dict[str, dict[str, object]] = {}
    for page, address in pages.items():
        times: list[float] = []
        queries = {}
        for role, user in people.items():
            client = Client()
            client.force_login(user)

            def ask(client: Client = client, address: str = address) -> None:
                assert client.get(address).status_code == 200, address

            own = timed(ask, rounds)
            times += own
            with CaptureQueriesContext(connection) as captured:
                ask()
            queries[role] = len(captured)
            print(
                f"{page:13} {role:16} p50 {statistics.median(own):6.1f} ms"
                f"  p95 {p95(own):6.1f} ms  {len(captured)} queries"
            )
        found[page] = {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(p95(times), 1), "queries": queries}
    return found


def naive_counts() -> dict[str, int]:
    """The board's tiles by looking at every directive, as one would write it first."""
    from khue.core.clock import today
    from khue.documents.models import Directive
    from khue.documents.rules.lateness import soon_until, standing

    counts: dict[str, int] = {}
    now, soon = today(), soon_until(today())
    for directive in Directive.objects.select_related("lead", "document").iterator():
        name = standing(directive, now, soon)
        counts[name] = counts.get(name, 0) + 1
    return counts


def unindexed_counts() -> None:
    """The board's queries with the planner kept from the indexes."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_indexonlyscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        our_counts()


def our_counts() -> None:
    """The board's figures as the page counts them."""
    from khue.core.clock import today
    from khue.documents.models import Directive
    from khue.documents.rules.board import board
    from khue.documents.rules.lateness import soon_until

    board(Directive.objects.all(), today(), soon_until(today()))


def report(pages: dict[str, dict[str, object]], peers: dict[str, float], size: tuple[int, int]) -> str:
    targets = {
        f"{page}_{name}": {"value": figures[name], "limit": limit, "met": figures[name] <= limit}  # type: ignore[operator]
        for page, figures in pages.items()
        for name, limit in LIMITS.items()
    }
    results = {"directives": size[0], "units": size[1], "pages": pages, "board_counts_ms": peers}
    return json.dumps(
        {"bench": "pages", "machine": {"cores": os.cpu_count()}, "results": results, "targets": targets},
        ensure_ascii=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="20,000 directives, fewer rounds")
    small = parser.parse_args().small
    size, rounds = (SMALL, 8) if small else (FULL, 30)
    with scratch_database():
        import_module("khue.config.wsgi")  # sets Django up as the server does, so that the times are the server's
        from django.core.management import call_command
        from pages_city import fill

        start = time.perf_counter()
        call_command("migrate", verbosity=0)
        people = fill(*size)
        print(f"filled {size[0]:,} directives and {size[1]:,} units in {time.perf_counter() - start:.0f} s")
        pages = measure_pages(people, rounds)
        few = 2 if small else 5
        peers = {
            "khue": round(statistics.median(timed(our_counts, rounds)), 1),
            "group_by_without_indexes": round(statistics.median(timed(unindexed_counts, few)), 1),
            "row_by_row": round(statistics.median(timed(naive_counts, 1)), 1),
        }
        for name, value in peers.items():
            print(f"board counts, {name:26} {value:8.1f} ms")
        print(report(pages, peers, size))


if __name__ == "__main__":
    main()
