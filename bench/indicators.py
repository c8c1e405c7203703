"""Roll-up of observations: what the triggers keep, against adding up anew in PostgreSQL and in DuckDB on Parquet.

    python bench/indicators.py [--small]

Fills a database of its own with 3,500 units x 200 reported indicators x 40 periods, 28 million observations (350 x 50 x
8 with --small), plus 20 formulas over them; measures on the way at several sizes; brings in 1,000,000 figures (50,000)
through the action that people use; and drops it. Every sum is compared with the other two ways. DuckDB is left out
where it is not installed (`pip install khue[bench]`). The last line on standard output is one JSON object.
"""

import argparse
import importlib.util
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from pages import scratch_database, timed

LIMITS = {"city_period_p50": 150.0, "indicator_series_p50": 150.0, "correction_s": 1.0, "import_s": 90.0}
FORMULAS = 20
Say = Callable[[str], object]


@dataclass(frozen=True)
class Size:
    """How much."""

    units: int
    indicators: int
    periods: int
    marks: tuple[int, ...]
    """Numbers of periods after which it is measured."""
    imported: int


FULL = Size(3500, 200, 40, (2, 10, 20, 40), 1_000_000)
SMALL = Size(350, 50, 8, (2, 8), 50_000)


@dataclass
class City:
    """What was filled: numbers and objects to ask with."""

    root: Any
    units: list[int]
    leaves: list[int]
    formulas: list[Any]
    periods: list[Any]
    measured: dict[int, dict[str, float]] = field(default_factory=dict)


def found(size: Size) -> City:
    """Units in three levels, a programme with its indicators and formulas, and the periods; nothing reported yet."""
    from datetime import date

    from khue.directory.models import Unit
    from khue.indicators.actions.meanings import mean, recalculate
    from khue.indicators.actions.periods import named
    from khue.indicators.models import Indicator, Programme

    since = date(2000, 1, 1)

    def units(parents: list[Any], count: int, kind: str) -> list[Any]:
        rows = [
            Unit(name=f"{kind} {n}", kind=kind, code=f"{kind}-{n}", parent=parents[n % len(parents)], valid_from=since)
            for n in range(count)
        ]
        return Unit.objects.bulk_create(row.prepare(set()) for row in rows)

    root = Unit.objects.create(name="Thành phố", kind="authority", valid_from=since)
    middle = units([root], max(5, size.units // 23), "department")
    below = units(middle, size.units - len(middle), "commune")
    programme = Programme.objects.create(code="bench", title="Phép đo", first_year=2017, last_year=2030)
    meaning = {"unit_of_measure": "cái", "kind": "entered", "decimals": 2, "across": "sum"}
    leaves = Indicator.objects.bulk_create(
        Indicator(code=f"i{n}", programme=programme, name=f"Chỉ tiêu {n}") for n in range(size.indicators)
    )
    formulas = Indicator.objects.bulk_create(
        Indicator(code=f"f{n}", programme=programme, name=f"Tỷ lệ {n}") for n in range(FORMULAS)
    )
    for one in leaves:
        mean(one, {**meaning, "name": one.name}, (), since=since)
    for n, one in enumerate(formulas):
        text = {"kind": "formula", "across": "ratio", "formula": f"i{2 * n} / i{2 * n + 1} * 100", "name": one.name}
        mean(one, {**meaning, **text}, (), since=since)
    recalculate()
    codes = [f"{year}-Q{quarter}" for year in range(2017, 2017 + -(-size.periods // 4) + 2) for quarter in range(1, 5)]
    return City(
        root, [one.pk for one in (*middle, *below)], [one.pk for one in leaves], formulas, [named(c) for c in codes]
    )


FILL = """
    INSERT INTO indicators_observation
        (period_id, indicator_id, unit_id, category_id, value, state, at, proof, note, override, mark, revision)
    SELECT %s, indicator, unit, 1, (hashint8(unit * 1000003 + indicator * 97 + %s) & 65535)::numeric / 100,
           CASE WHEN (unit + indicator) %% 10 < 8 THEN 'approved' WHEN (unit + indicator) %% 10 < 9 THEN 'submitted'
                ELSE 'draft' END, now(), '', '', '', '', 1
    FROM unnest(%s::int[]) AS indicator, unnest(%s::bigint[]) AS unit ORDER BY indicator, unit
"""


def fill(city: City, period: Any) -> None:
    """One period of all units: copied in as an old series would be, then summed once."""
    from django.db import connection, transaction

    from khue.indicators.models.rolling import recounting

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE indicators_observation DISABLE TRIGGER USER")
        cursor.execute(FILL, [period.pk, period.pk, city.leaves, city.units])
        cursor.execute("ALTER TABLE indicators_observation ENABLE TRIGGER USER")
        for statement in recounting(only_formulas=False):
            cursor.execute(statement, {"period": period.pk})


def foreign_keys() -> list[str]:
    """Take the foreign keys off while old series are copied in; gives the statements that put them back for all that
    comes after."""
    text = """
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = 'indicators_observation'::regclass AND contype = 'f'
    """
    from django.db import connection

    there = rows(text, [])
    with connection.cursor() as cursor:
        for name, _definition in there:
            cursor.execute(f'ALTER TABLE indicators_observation DROP CONSTRAINT "{name}"')
    add = 'ALTER TABLE indicators_observation ADD CONSTRAINT "{}" {} NOT VALID'
    return [add.format(name, definition) for name, definition in there]


GROUPED = """
    SELECT indicator_id, sum(value), count(value) FROM indicators_observation
    WHERE period_id = %s AND state IN ('submitted', 'approved') GROUP BY indicator_id
"""
SERIES = """
    SELECT there.period_id, step::bigint, sum(value), count(value) FROM indicators_observation AS there
    JOIN directory_unit AS unit ON unit.id = there.unit_id,
         unnest(string_to_array(trim(BOTH '/' FROM unit.path), '/')) AS step
    WHERE indicator_id = %s AND period_id = ANY(%s) AND state IN ('submitted', 'approved') GROUP BY 1, 2
"""


def rows(text: str, given: list[Any]) -> list[tuple[Any, ...]]:
    """What PostgreSQL answers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(text, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


class Duck:
    """The same observations as Parquet, asked by DuckDB."""

    def __init__(self, folder: Path) -> None:
        import duckdb

        self.folder = folder
        self.base = duckdb.connect()
        self.base.execute("SET threads = 2")

    def take(self, period: Any) -> None:
        """Copy one period out of PostgreSQL into a Parquet file, with the units above each unit."""
        from django.db import connection

        plain = self.folder / "period.csv"
        columns = "period_id, indicator_id, unit_id, value, state"
        copy = f"COPY (SELECT {columns} FROM indicators_observation WHERE period_id = {period.pk}) TO STDOUT CSV"  # noqa: S608 - a number
        with plain.open("wb") as file, connection.cursor() as cursor, cursor.cursor.copy(copy) as data:
            for block in data:
                file.write(block)
        names = {"period": "INT", "indicator": "INT", "unit": "BIGINT", "value": "DECIMAL(18,2)", "state": "VARCHAR"}
        kinds = json.dumps(names).replace('"', "'")
        target = self.folder / f"{period.pk}.parquet"
        self.base.execute(f"COPY (FROM read_csv('{plain}', header=false, columns={kinds})) TO '{target}'")
        plain.unlink()

    def units(self) -> None:
        """The tree, a row for each unit and each unit above it or itself."""
        pairs = rows(
            "SELECT id, step::bigint FROM directory_unit,"
            " unnest(string_to_array(trim(BOTH '/' FROM path), '/')) AS step",
            [],
        )
        self.base.execute("CREATE OR REPLACE TABLE tree (unit BIGINT, above BIGINT)")
        self.base.executemany("INSERT INTO tree VALUES (?, ?)", pairs)

    def period(self, period: Any) -> list[tuple[Any, ...]]:
        """Sums of one period."""
        text = "SELECT indicator, sum(value), count(value) FROM read_parquet(?)"
        text += " WHERE state IN ('submitted', 'approved') GROUP BY indicator"
        return list(self.base.execute(text, [str(self.folder / f"{period.pk}.parquet")]).fetchall())

    def series(self, indicator: int) -> list[tuple[Any, ...]]:
        """Sums of one indicator at every level of every period."""
        text = "SELECT period, above, sum(value), count(value) FROM read_parquet(?) JOIN tree USING (unit)"
        text += " WHERE indicator = ? AND state IN ('submitted', 'approved') GROUP BY period, above"
        return list(self.base.execute(text, [str(self.folder / "*.parquet"), indicator]).fetchall())


def measure(city: City, filled: list[Any], duck: Duck | None, rounds: int) -> dict[str, float]:
    """Milliseconds of each question, in each way, over what is filled so far."""
    from khue.indicators.models import Indicator, Period
    from khue.indicators.rules import reading, series

    last = Period.objects.get(pk=filled[-1].pk)
    one = Indicator.objects.get(pk=city.leaves[7])
    numbers = [period.pk for period in filled]
    agree(city, last, one, numbers, duck)
    asked = {
        "city_period": lambda: reading.figures(city.root, last),
        "city_period_group_by": lambda: rows(GROUPED, [last.pk]),
        "indicator_series": lambda: series.levels(one, last),
        "indicator_series_formula": lambda: series.levels(city.formulas[3], last),
        "indicator_series_group_by": lambda: rows(SERIES, [one.pk, numbers]),
        **(
            {"city_period_duckdb": lambda: duck.period(last), "indicator_series_duckdb": lambda: duck.series(one.pk)}
            if duck
            else {}
        ),
    }
    slow = {"city_period_group_by", "indicator_series_group_by"}
    times = {name: timed(work, 3 if name in slow else rounds) for name, work in asked.items()}
    return {f"{name}_p50": round(statistics.median(each), 2) for name, each in times.items()}


def agree(city: City, period: Any, indicator: Any, numbers: list[int], duck: Duck | None) -> None:
    """All ways give the same sums, or the benchmark breaks off."""
    from khue.indicators.models import Rollup
    from khue.indicators.rules import reading

    kept = {pk: (one.value, one.units) for pk, one in reading.figures(city.root, period, city.leaves).items()}
    anew = {pk: (total, count) for pk, total, count in rows(GROUPED, [period.pk])}
    assert kept == anew, "the sums of a period differ from adding up"
    there = Rollup.objects.filter(indicator=indicator, period__in=numbers, unit=city.root)
    levels = {one.period_id: (one.total, one.units) for one in there}
    summed = rows(SERIES, [indicator.pk, numbers])
    assert levels == {at: (total, count) for at, unit, total, count in summed if unit == city.root.pk}, (
        "a series differs"
    )
    if duck:
        assert {pk: (Decimal(total), count) for pk, total, count in duck.period(period)} == anew, "DuckDB differs"


def correct(city: City, period: Any) -> float:
    """Seconds from writing a late correction until the city's figure of all indicators shows it."""
    from django.db import transaction

    from khue.indicators.models import Observation
    from khue.indicators.rules import reading

    one = Observation.objects.filter(period=period, indicator=city.leaves[1], state="approved").order_by("unit")[0]
    before = reading.figures(city.root, period, [city.leaves[1]])[city.leaves[1]].value or Decimal(0)
    begun = time.perf_counter()
    with transaction.atomic():
        Observation.objects.filter(pk=one.pk).update(value=(one.value or Decimal(0)) + 1000)
    after = reading.figures(city.root, period)[city.leaves[1]].value
    taken = time.perf_counter() - begun
    assert after == before + 1000, "the correction does not show"
    return taken


def bring_in(city: City, periods: list[Any], count: int) -> float:
    """Seconds to bring in `count` figures of new periods, checked and summed."""
    from khue.core.actors import IMPORTER
    from khue.indicators.actions.bringing import Figure, bring

    def figures() -> Iterator[Figure]:
        left = count
        for period in periods:
            for indicator in city.leaves:
                for unit in city.units:
                    if left == 0:
                        return
                    left -= 1
                    yield Figure(period.pk, indicator, unit, Decimal(left % 9973) / 100)

    begun = time.perf_counter()
    brought = bring(figures(), by=IMPORTER)
    taken = time.perf_counter() - begun
    assert brought.new == count, "not all were brought in"
    return taken


def grown(growth: dict[str, dict[str, float]]) -> Iterator[str]:
    """How the cost of each question grew from the first size to the last: a line each."""
    sizes = list(growth)
    first, last = growth[sizes[0]], growth[sizes[-1]]
    yield f"from {int(sizes[0]):,} to {int(sizes[-1]):,} observations (x{int(sizes[-1]) / int(sizes[0]):.0f}):"
    for name, value in last.items():
        course = " -> ".join(f"{one[name]:g}" for one in growth.values())
        yield f"  {name:<32} {course}  (x{value / first[name]:.1f})" if first[name] else f"  {name:<32} {course}"


def run(size: Size, say: Say) -> dict[str, Any]:
    """Fill, measure, bring in."""
    from django.db import connection

    city = found(size)
    duck, folder = None, tempfile.TemporaryDirectory()
    if importlib.util.find_spec("duckdb"):
        duck = Duck(Path(folder.name))
        duck.units()
    growth: dict[str, dict[str, float]] = {}
    put_back = foreign_keys()
    for number, period in enumerate(city.periods[: size.periods], 1):
        fill(city, period)
        if duck:
            duck.take(period)
        if number in size.marks:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (ANALYZE) indicators_observation, indicators_rollup")
            count = number * len(city.units) * len(city.leaves)
            growth[f"{count}"] = measure(city, city.periods[:number], duck, 15)
            growth[f"{count}"]["correction_s"] = round(statistics.median(correct(city, period) for _ in range(5)), 4)
            say(f"{count:>12,} observations: {json.dumps(growth[str(count)])}\n")
    say("\n".join(grown(growth)) + "\n")
    with connection.cursor() as cursor:
        for statement in put_back:
            cursor.execute(statement)
    took = bring_in(city, city.periods[size.periods :], size.imported)
    say(f"{size.imported:>12,} brought in: {took:.1f} s\n")
    folder.cleanup()
    return {"growth": growth, "import_s": round(took, 1), "figures_per_s": round(size.imported / took)}


def main() -> int:
    """Run, and print the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="350 units, 50 indicators, 8 periods")
    asked = parser.parse_args()
    with scratch_database():
        import_module("khue.config.wsgi")  # as the server does: what is loaded then is not looked through for garbage
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measured = run(SMALL if asked.small else FULL, sys.stdout.write)
    last = list(measured["growth"].values())[-1]
    values = {
        "city_period_p50": last["city_period_p50"], "indicator_series_p50": last["indicator_series_p50"],
        "correction_s": last["correction_s"], "import_s": measured["import_s"],
    }  # fmt: skip
    targets = {
        name: {"value": value, "limit": LIMITS[name], "met": value <= LIMITS[name]} for name, value in values.items()
    }
    with suppress(OSError):
        measured["load"] = os.getloadavg()[0]
    sys.stdout.write(json.dumps({"bench": "indicators", "targets": targets, "measured": measured}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
