"""Figures over time: a year so far, the break of July 2025, and what is set against each other across it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.directory.models import Place, PlaceSuccession, Unit, UnitSuccession
from khue.indicators.actions.bringing import Figure, bring
from khue.indicators.actions.periods import named
from khue.indicators.models import Indicator, Period
from khue.indicators.rules import mapping, series
from khue.indicators.tests.province import BEGAN, Province, province

pytestmark = pytest.mark.usefixtures("put_back")
ENDED, TWO_TIERS = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def built(kept: None) -> Province:
    return province(5)


def districts(here: Province, count: int = 10) -> list[Unit]:
    """Old districts; the first two became the communes, An Bình and Bắc Sơn from the first, the rest the second."""
    made = [
        Unit.objects.create(name=f"Quận {n}", kind="district", parent=here.city, valid_from=BEGAN, valid_to=ENDED)
        for n in range(count)
    ]
    for number, commune in enumerate(here.communes):
        for district in made:
            main = district == made[number >= 2]
            if main or district in made[2:]:
                kind = "main-part" if main else "part"
                UnitSuccession.objects.create(old=district, new=commune, kind=kind, on=TWO_TIERS)
    return made


def report(code: str, figures: dict[tuple[str, Unit], int]) -> Indicator:
    one = Indicator.objects.get(code=code)
    rows = [Figure(named(period).pk, one.pk, unit.pk, Decimal(value)) for (period, unit), value in figures.items()]
    assert bring(rows, by=IMPORTER).new == len(rows)
    return one


def test_a_series_of_the_city_breaks_where_its_units_were_succeeded(here: Province) -> None:
    old = districts(here)
    new = {("2025-Q3", here.communes[0]): 7, ("2025-Q4", here.communes[1]): 8}
    trained = report("trained_people", {("2025-Q1", old[0]): 10, ("2025-Q2", old[1]): 20} | new)
    with at(date(2026, 1, 10)):
        points = [one for one in series.series(trained, here.city, since=2025) if one.figure.value is not None]
    assert [(one.period.code, one.figure.value) for one in points] == [
        ("2025-Q1", Decimal(10)), ("2025-Q2", Decimal(20)), ("2025-Q3", Decimal(7)), ("2025-Q4", Decimal(8)),
    ]  # fmt: skip
    assert [one.breaks for one in points] == [None, None, TWO_TIERS, None]
    with at(date(2026, 1, 10)):
        district = [one.figure.value for one in series.series(trained, old[0], since=2025)]
    assert district == [Decimal(10), None, None, None], "a district stops"


def test_across_the_break_each_unit_of_today_counts_once(here: Province) -> None:
    old = districts(here)
    trained = report(
        "trained_people",
        {("2025-Q2", old[0]): 10, ("2025-Q2", old[1]): 20, ("2025-Q2", old[2]): 5}
        | {("2025-Q3", unit): 1 + number for number, unit in enumerate(here.communes)},
    )
    compared = mapping.compare(trained, named("2025-Q2"), named("2025-Q3"))
    assert {one.old.name: (one.before, one.after, one.units) for one in compared} == {
        "Quận 0": (Decimal(10), Decimal(1 + 2), 2), "Quận 1": (Decimal(20), Decimal(3 + 4 + 5), 3),
        "Quận 2": (Decimal(5), None, 0),
    }  # fmt: skip
    assert sum(one.after or 0 for one in compared) == 15, "the city comes out whole"


def test_places_tell_from_which_district_most_of_a_commune_came(here: Province) -> None:
    city = Place.objects.create(code="99", level="province", kind="Thành phố", name="Thử", valid_from=BEGAN)
    old, lands = [], []
    for number in range(2):
        land = Place.objects.create(
            code=f"d{number}", level="district", kind="Quận", name=f"Q{number}", parent=city, valid_from=BEGAN,
            valid_to=ENDED,
        )  # fmt: skip
        lands.append(land)
        facts = {"kind": "district", "place": land, "parent": here.city, "valid_from": BEGAN, "valid_to": ENDED}
        old.append(Unit.objects.create(name=f"Quận {number}", **facts))
    new = Place.objects.create(code="n", level="commune", kind="Xã", name="Mới", parent=city, valid_from=TWO_TIERS)
    for number, land in enumerate([lands[0], lands[1], lands[1]]):
        was = Place.objects.create(
            code=f"c{number}",
            level="commune",
            kind="Xã",
            name=f"C{number}",
            parent=land,
            valid_from=BEGAN,
            valid_to=ENDED,
        )
        PlaceSuccession.objects.create(old=was, new=new, kind="whole", on=TWO_TIERS)
    commune = here.communes[0]
    commune.place = new
    commune.save()
    for one in old:
        UnitSuccession.objects.create(old=one, new=commune, kind="part", on=TWO_TIERS)
    assert mapping.main_predecessors([commune], old) == {commune.pk: old[1].pk}


def test_a_year_adds_takes_the_last_or_divides_as_each_figure_says(here: Province) -> None:
    one, other = here.communes[:2]
    trained = report("trained_people", {("2026-Q1", one): 10, ("2026-Q2", one): 20, ("2026-Q2", other): 5})
    report("ocop_products", {("2026-Q1", one): 10, ("2026-Q2", one): 20, ("2026-Q2", other): 20})
    report("ocop_with_ip", {("2026-Q1", one): 1, ("2026-Q2", one): 8, ("2026-Q2", other): 12})
    added = series.year_so_far(trained, here.city, 2026)
    assert (added.value, added.periods, added.of) == (Decimal(35), 2, 4)
    share = Indicator.objects.get(code="ocop_ip_share")
    assert series.year_so_far(share, here.city, 2026).value == 50, "of the last period: 20 of 40"
    nothing = series.year_so_far(trained, here.city, 2025)
    assert (nothing.value, nothing.periods) == (None, 0)


def test_levels_are_every_unit_above_another_in_every_period(here: Province, django_assert_max_num_queries) -> None:
    trained = report(
        "trained_people", {("2026-Q1", unit): 2 for unit in here.communes} | {("2026-Q2", here.communes[0]): 3}
    )
    with django_assert_max_num_queries(4):
        found = series.levels(trained, named("2026-Q2"))
    codes = {period.pk: period.code for period in Period.objects.all()}
    assert {(unit, codes[period]): one.value for (unit, period), one in found.items()} == {
        (here.city.pk, "2026-Q1"): Decimal(10), (here.city.pk, "2026-Q2"): Decimal(3),
    }  # fmt: skip


def test_levels_read_the_index_alone(here: Province) -> None:
    trained = report("trained_people", {("2026-Q1", unit): 2 for unit in here.communes})
    with CaptureQueriesContext(connection) as asked:
        series.levels(trained, named("2026-Q1"))
    (sums,) = [one["sql"] for one in asked.captured_queries if "indicators_rollup" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sums}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Only Scan using rollup_over_time" in plan


def test_series_cost_the_same_queries_however_long(here: Province, django_assert_max_num_queries) -> None:
    trained = report("trained_people", {(f"{year}-Q4", here.communes[0]): 1 for year in (2025, 2026, 2027)})
    with at(date(2028, 1, 10)), django_assert_max_num_queries(16):
        assert len(series.series(trained, here.city)) == 12


def test_a_figure_that_comes_in_another_way_is_marked_and_what_was_typed_stays(here: Province) -> None:
    recognised = report("initiatives_recognised", {("2026-Q1", here.communes[0]): 5})
    with at(date(2026, 10, 1)):
        points = {one.period.code: one for one in series.series(recognised, here.city, since=2026)}
    assert {code: one.redefined for code, one in points.items() if one.redefined} == {"2026-Q3": date(2026, 6, 15)}
    assert points["2026-Q1"].figure.value == 5
    assert [one.kind for one in series.redefinitions(recognised)] == ["measured"]
