"""The sums that the database keeps are those that one would get by adding everything up anew."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from khue.directory.models import Unit, UnitSuccession
from khue.indicators.actions.meanings import mean, recalculate, recount
from khue.indicators.actions.periods import named
from khue.indicators.formulas import calculate, clauses, read
from khue.indicators.formulas.calculating import EXACT
from khue.indicators.models import COUNTED, Indicator, Observation, Period, Programme, Rollup
from khue.indicators.rules import reading

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)
FORMULAS = {"t.share": "t.a / t.b * 100", "t.either": "sum(t.a, t.c) / t.b", "t.nested": "t.share - t.c"}
LEAVES = ("t.a", "t.b", "t.c", "t.m")
MEANING = {
    "unit_of_measure": "cái", "direction": "up", "kind": "entered", "measure": "", "formula": "", "across": "sum",
    "over_time": "sum", "decimals": 2,
}  # fmt: skip


@pytest.fixture
def indicators() -> dict[str, Indicator]:
    programme = Programme.objects.create(code="test", title="Thử", first_year=2020, last_year=2030)
    found = {}
    for number, code in enumerate((*LEAVES, *FORMULAS)):
        one = Indicator.objects.create(code=code, programme=programme, number=number, name=code)
        formula = FORMULAS.get(code, "")
        kind = {"kind": "formula", "across": "ratio"} if formula else {"across": "mean" if code == "t.m" else "sum"}
        mean(one, {**MEANING, "name": code, "formula": formula, **kind}, (), since=SINCE)
        found[code] = one
    recalculate()
    return found


states = st.sampled_from(["draft", "submitted", "returned", "approved"])
values = st.one_of(st.none(), st.integers(-5, 40).map(Decimal), st.integers(0, 400).map(lambda n: Decimal(n) / 100))
units_ = st.integers(0, 9)
rows_ = st.tuples(units_, st.sampled_from(LEAVES), st.integers(0, 1), values, states)
acts_ = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.lists(rows_, min_size=1, max_size=8, unique_by=lambda row: row[:3])),
        st.tuples(st.just("state"), units_, states),
        st.tuples(st.just("remove"), units_, st.sampled_from(LEAVES)),
        st.tuples(st.just("move"), st.integers(1, 9), units_),
        st.tuples(st.just("undo"), units_),
        st.tuples(st.just("merge"), st.integers(1, 9), st.integers(1, 9), st.integers(0, 400).map(Decimal)),
        st.tuples(st.just("correct"), units_, st.integers(0, 400).map(Decimal)),
        st.tuples(st.just("recount")),
    ),
    min_size=3,
    max_size=7,
)


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # every example is a database of its own: shrinking would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(  # what every run has to see: figures, a merger with its own ones, an exception, a move of what was merged
    parents=[0, 0, 1, 1, 2, 2, 3, 4, 5],
    acts=[
        ("write", [(unit, code, 0, Decimal(7), "approved") for unit in range(10) for code in ("t.a", "t.b")]),
        ("merge", 1, 2, Decimal(40)), ("correct", 3, Decimal(9)), ("move", 3, 6), ("merge", 5, 3, Decimal(2)),
    ],
)  # fmt: skip
@given(parents=st.lists(st.integers(0, 8), min_size=9, max_size=9), acts=acts_)
def test_rolled_up_equals_added_up(indicators: dict[str, Indicator], parents: list[int], acts: list[tuple]) -> None:
    sid = transaction.savepoint()
    try:
        units = tree(parents)
        periods = [named("2026-Q1"), named("2026-Q2")]
        for act in acts:
            do(act, units, indicators, periods)
            check(units[:2], units, indicators, periods)
        check(units, units, indicators, periods)
    finally:
        transaction.savepoint_rollback(sid)


def tree(parents: list[int]) -> list[Unit]:
    """Ten units, each below one that came before it."""
    units = [Unit.objects.create(name="Gốc", kind="authority", valid_from=SINCE)]
    for number, parent in enumerate(parents, 1):
        above = units[parent % number]
        units.append(Unit.objects.create(name=f"Đơn vị {number}", kind="commune", parent=above, valid_from=SINCE))
    return units


def do(act: tuple, units: list[Unit], indicators: dict[str, Indicator], periods: list[Period]) -> None:
    match act:
        case ("write", rows):
            write(rows, units, indicators, periods)
        case ("state", unit, state):
            Observation.objects.filter(unit=units[unit]).update(state=state)
        case ("remove", unit, code):
            Observation.objects.filter(unit=units[unit], indicator=indicators[code]).delete()
        case ("move", unit, under):
            move(units[unit], units[under])
        case ("undo", unit):
            inner = transaction.savepoint()
            Observation.objects.filter(unit=units[unit]).update(value=Decimal(1000))
            transaction.savepoint_rollback(inner)
        case ("merge", one, other, value):
            merge([units[one], units[other]], value, units, indicators, periods[1])
        case ("correct", unit, value):
            own = Observation.objects.filter(unit=units[unit], period=periods[0])
            own.update(state="returned")  # the exception: it counts no more until it is approved again
            own.filter(indicator=indicators["t.a"]).update(value=value)
            own.update(state="approved")
        case ("recount",):
            recount()


def write(rows: list[tuple], units: list[Unit], indicators: dict[str, Indicator], periods: list[Period]) -> None:
    """Many figures in two statements, as the actions write them."""
    there = {(one.unit_id, one.indicator_id, one.period_id): one for one in Observation.objects.all()}
    new: dict[tuple, Observation] = {}
    changed: dict[tuple, Observation] = {}
    for unit, code, period, value, state in rows:
        key = (units[unit].pk, indicators[code].pk, periods[period].pk)
        one = there.get(key) or Observation(unit_id=key[0], indicator_id=key[1], period_id=key[2])
        one.value, one.state = value, state
        (changed if key in there else new)[key] = one
    Observation.objects.bulk_create(new.values())
    Observation.objects.bulk_update(changed.values(), ["value", "state"])


def move(unit: Unit, under: Unit) -> None:
    unit.refresh_from_db()
    under.refresh_from_db()
    if f"/{unit.pk}/" not in under.path:
        unit.parent = under
        unit.save()


def merge(old: list[Unit], value: Decimal, units: list[Unit], indicators: dict[str, Indicator], period: Period) -> None:
    """Two units end and one begins in their place, with all that was below them and figures of its own."""
    for one in old:
        one.refresh_from_db()
    born = period.first
    made = Unit.objects.create(name=f"Hợp nhất {len(units)}", kind="commune", parent=old[0].parent, valid_from=born)
    for one in {one.pk: one for one in old}.values():
        UnitSuccession.objects.create(old=one, new=made, kind="whole", on=born)
        Unit.objects.filter(pk=one.pk).update(valid_to=born - timedelta(days=1))
        for child in one.children.exclude(pk__in=[made.pk, *(each.pk for each in old)]):
            move(child, made)
    figures = [Observation(period=period, indicator=indicators[code], unit=made, value=value, state="submitted")
               for code in ("t.a", "t.b")]  # fmt: skip
    Observation.objects.bulk_create(figures)
    units.append(made)


def check(some: list[Unit], units: list[Unit], indicators: dict[str, Indicator], periods: list[Period]) -> None:
    """Of `some` units every figure equals the one by hand."""
    for unit in units:
        unit.refresh_from_db()
    for period in periods:
        reported = own_figures(indicators, period)
        for unit in some:
            told = reading.figures(unit, period, list(indicators.values()))
            below = [one for one in units if stands_below(one, unit, units)]
            for code, one in indicators.items():
                expected, count = by_hand(code, [reported[one.pk] for one in below if one.pk in reported])
                got = told[one.pk]
                assert (got.value, got.units) == (expected, count), (code, unit, period)


def stands_below(one: Unit, above: Unit, units: list[Unit]) -> bool:
    """Whether the way up from `one`, parent by parent, leads over `above`: not by the kept paths."""
    parents = {each.pk: each.parent_id for each in units}
    step: int | None = one.pk
    while step is not None and step != above.pk:
        step = parents[step]
    return step is not None


def own_figures(indicators: dict[str, Indicator], period: Period) -> dict[int, dict[str, Decimal]]:
    """What each unit reported that counts."""
    names = {one.pk: name for name, one in indicators.items()}
    found: dict[int, dict[str, Decimal]] = {}
    for row in Observation.objects.filter(period=period, state__in=COUNTED, value__isnull=False):
        assert row.value is not None
        found.setdefault(row.unit_id, {})[names[row.indicator_id]] = row.value
    return found


def by_hand(code: str, reported: list[dict[str, Decimal]]) -> tuple[Decimal | None, int]:
    """The same from the definition: units that have every part, each part added over them, then the formula."""
    formulas = {name: read(text) for name, text in FORMULAS.items()}
    written = {"t.nested": read("t.a / t.b * 100 - t.c")} | {k: v for k, v in formulas.items() if k != "t.nested"}
    formula = written.get(code) or read(code)
    whole = [one for one in reported if all(clause & one.keys() for clause in clauses(formula))]
    wanted = frozenset().union(*clauses(formula))
    sums: dict[str, Decimal | None] = {}
    for name in wanted:
        if given := [one[name] for one in whole if name in one]:
            total = sum(given, Decimal(0))
            sums[name] = EXACT.divide(total, Decimal(len(given))) if name == "t.m" else total
    return calculate(formula, sums).value, len(whole)


def test_a_thousand_random_writes_leave_the_sums_as_recounting_gives_them(indicators: dict[str, Indicator]) -> None:
    chance = random.Random(5)  # noqa: S311 - the same writes every time
    units = tree([chance.randrange(9) for _ in range(9)])
    periods = [named("2026-Q1"), named("2026-Q2")]
    for _ in range(40):
        rows = [
            (chance.randrange(10), chance.choice(LEAVES), chance.randrange(2), Decimal(chance.randrange(-5, 99)),
             chance.choice(["draft", "submitted", "approved", "returned"]))
            for _ in range(25)
        ]  # fmt: skip
        write(list({row[:3]: row for row in rows}.values()), units, indicators, periods)
    kept = list(standing())
    recount()
    assert kept == list(standing())
    assert len(kept) > 20


def standing() -> Iterator[tuple]:
    """The sums that say something, in order."""
    rows = Rollup.objects.exclude(units=0, total=0).order_by("period", "unit", "indicator", "of")
    return rows.values_list("period", "unit", "indicator", "of", "total", "units", "positive", "approved").iterator()


def test_a_formula_changed_in_mid_year_counts_from_its_day_and_nothing_before_it(
    indicators: dict[str, Indicator],
) -> None:
    units = tree([0] * 9)
    before, after = named("2026-Q1"), named("2026-Q3")
    for period in (before, after):
        for code, value in (("t.a", 3), ("t.b", 4), ("t.c", 10)):
            facts = {"period": period, "unit": units[1], "indicator": indicators[code]}
            Observation.objects.create(**facts, value=Decimal(value), state="approved")
    share = indicators["t.share"]
    changed = {**MEANING, "name": "t.share", "formula": "t.a / t.c * 100", "kind": "formula", "across": "ratio"}
    assert mean(share, changed, (), since=date(2026, 7, 1))
    recalculate()
    assert reading.figures(units[0], before, [share])[share.pk].value == 75
    assert reading.figures(units[0], after, [share])[share.pk].value == 30


def test_one_city_costs_as_many_queries_as_one_unit(
    indicators: dict[str, Indicator], django_assert_num_queries
) -> None:
    units = tree([0] * 9)
    period = named("2026-Q1")
    rows = [Observation(period=period, unit=unit, indicator=one, value=Decimal(2), state="submitted")
            for unit in units for code, one in indicators.items() if code in LEAVES]  # fmt: skip
    Observation.objects.bulk_create(rows)
    for unit in (units[0], units[9]):
        with django_assert_num_queries(6):
            reading.figures(unit, period)
