"""Where a year is heading: by hand, and never where no figure can be."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.indicators.actions.bringing import Figure, bring, needed
from khue.indicators.actions.defining import begin_programme, define_indicator, define_set
from khue.indicators.actions.periods import named
from khue.indicators.formulas import read, takes_away
from khue.indicators.rules.forecast import Bounds, of_levels, of_sums
from khue.indicators.rules.progress import standings
from khue.indicators.tests.province import province

values = st.lists(st.integers(0, 100).map(Decimal), min_size=1, max_size=10)


@settings(deadline=None)
@given(values, st.integers(0, 4))
def test_a_level_stays_within_what_there_can_be_and_its_range_in_order(known: list[Decimal], left: int) -> None:
    found = of_levels(known, left, Bounds(Decimal(0), Decimal(100)))
    assert found is not None
    edges = [one for one in (found.low, found.value, found.high) if one is not None]
    assert edges == sorted(edges)
    assert all(0 <= one <= 100 for one in edges)
    free = of_levels(known, left)
    assert free is not None
    if all(0 <= one <= 100 for one in (free.value, free.low, free.high) if one is not None):
        assert found == free


def test_what_was_held_is_said() -> None:
    falling = [Decimal(30), Decimal(20), Decimal(5)]
    with override("en"):
        found = of_levels(falling, 3, Bounds(Decimal(0), Decimal(100)))
    assert found is not None
    assert (found.value, found.low, found.high) == (Decimal(0),) * 3
    assert found.how.endswith("Held at 0, the least there can be.")


def test_a_sum_follows_the_shape_of_earlier_years() -> None:
    years = {2024: {1: Decimal(10), 2: Decimal(30)}, 2025: {1: Decimal(20), 2: Decimal(20)}, 2026: {1: Decimal(8)}}
    found = of_sums(years, 2026, 2)
    assert found is not None
    assert (found.value, found.low, found.high) == (Decimal(24), Decimal(16), Decimal(32))


def test_which_formulas_may_fall_below_nothing() -> None:
    assert [takes_away(read(text).node) for text in ("a / b * 100", "sum(a, b - c)", "-a", "mean(a, b)")] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_share_that_falls_is_not_forecast_below_nothing() -> None:
    here = province()
    programme = begin_programme("rieng", title="Riêng", first_year=2026, last_year=2026, by=here.receiver)
    local = define_set(programme, "quy", label="Quý", every="quarter", levels=["commune"], by=here.receiver)
    meaning = {"unit_of_measure": "hồ sơ"}
    for code in ("late_files", "all_files"):
        define_indicator(
            programme, code, {**meaning, "name": code}, by=here.receiver, report_set=local, since=date(2026, 1, 1)
        )
    formula = {"name": "Tỷ lệ trễ", "unit_of_measure": "%", "formula": "late_files / all_files * 100", "decimals": 1}
    share = define_indicator(programme, "late_share", formula, by=here.receiver, since=date(2026, 1, 1))
    numbers = dict(programme.indicators.values_list("code", "pk"))
    for period, late in (("2026-Q1", 50), ("2026-Q2", 5)):
        rows = [
            Figure(named(period).pk, numbers[code], here.communes[0].pk, Decimal(value))
            for code, value in (("late_files", late), ("all_files", 100))
        ]
        needed(rows, bring(rows, by=IMPORTER))
    with at(date(2026, 7, 1)):
        found = next(one for one in standings(programme, here.city, 2026) if one.indicator == share)
    assert found.forecast is not None
    assert (found.value, found.forecast.value) == (Decimal("27.5"), Decimal(0)), "5 % in the newest period, 50 % before"
