"""Figures brought in by the list: all or nothing, and every fault named with its row."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from khue.core.actors import IMPORTER
from khue.core.exchange import Row, named
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.indicators.actions.bringing import Figure, bring
from khue.indicators.actions.periods import named as period_named
from khue.indicators.models import Indicator, Observation, Rollup
from khue.indicators.rules import reading
from khue.indicators.tests.province import BEGAN, Province, province
from khue.office.actions import apply, rehearse
from khue.office.sheets import DryRun

pytestmark = pytest.mark.usefixtures("put_back")


@pytest.fixture(scope="module")
def built(kept: None) -> Province:
    made = province()
    Unit.objects.create(name="Quận Cũ", kind="district", parent=made.city, valid_from=BEGAN, valid_to=date(2025, 6, 30))
    return made


def sheet(*rows: dict[str, object]) -> DryRun:
    usual = {"unit": "Xã An Bình", "period": "2025-Q3", "indicator": "trained_people", "category": None, "note": None,
             "proof": None}  # fmt: skip
    return DryRun([Row(number, {**usual, **row}) for number, row in enumerate(rows, 2)])


def told(*rows: dict[str, object]) -> list[str]:
    exchange = named("figures")
    assert exchange is not None
    with override("en"):
        return [
            f"{one.row} {one.column}: {one.reason}" for one in rehearse(exchange, sheet(*rows), by=IMPORTER).problems
        ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"value": "nhiều"}, "2 Value of the figure: “nhiều” is not a number."),
        (
            {"value": "1,000"},
            "2 Value of the figure: “1,000” can mean 1000 or 1; write 1000, or the number without zeros.",
        ),
        ({"value": -3}, "-3 is less than 0, the least there can be."),
        ({"value": "2,5"}, "2 Value of the figure: “2,5” is not a whole number."),
        ({"value": 1, "unit": "Quận Cũ"}, "ended on 30/06/2025"),
        ({"value": 1, "unit": "Xã Nào Đó"}, "The directory knows no unit “Xã Nào Đó”."),
        ({"value": 1, "unit": "Xã An Bình", "period": "2025-Q1"}, "began on 01/07/2025"),
        ({"value": 1, "period": "quý 3"}, "2 Period: "),
        ({"value": 1, "indicator": "khong_co"}, "2 Indicator: “khong_co” is not followed in Quarter III of 2025."),
        ({"value": 1, "period": "2019-Q3", "unit": "Quận Cũ"}, "is not followed in Quarter III of 2019."),
        ({"value": 1, "indicator": "initiatives_share"}, "is calculated; bring in the figures that it is made of."),
        ({"value": 1, "category": "Nam"}, "is not broken down in this way."),
        ({"value": 10**18}, "too large"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(here: Province, row: dict[str, object], said: str) -> None:
    problems = told(row)
    assert len(problems) == 1
    assert said in problems[0]


def test_one_wrong_row_keeps_all_others_out(here: Province) -> None:
    exchange = named("figures")
    assert exchange is not None
    report = apply(exchange, sheet({"value": 5}, {"value": "x", "unit": "Xã Bắc Sơn"}), by=IMPORTER)
    assert len(report.problems) == 1
    assert not Observation.objects.exists()
    assert not Rollup.objects.exists()


def test_a_figure_twice_in_one_sheet_is_refused_whichever_is_right(here: Province) -> None:
    assert (
        len(
            told(
                {"value": 5},
                {"value": 6, "indicator": "Lượt cán bộ được tập huấn về khoa học, công nghệ, chuyển đổi số"},
            )
        )
        == 2
    )


def test_what_is_right_is_entered_counted_and_the_second_time_the_same(here: Province) -> None:
    exchange = named("figures")
    assert exchange is not None
    rows = sheet(
        {"value": "1.000"}, {"value": 7, "unit": "xa bac son"}, {"value": 2, "unit": "Quận Cũ", "period": "2025-Q1"}
    )
    assert [one.effect for one in apply(exchange, rows, by=here.receiver).changes] == ["new"] * 3
    trained = Indicator.objects.get(code="trained_people")
    told_ = reading.figures(here.city, period_named("2025-Q3"), [trained])[trained.pk]
    assert (told_.value, told_.units, told_.approved) == (Decimal(1007), 2, 2)
    assert [one.effect for one in apply(exchange, rows, by=here.receiver).changes] == ["same"] * 3
    rows = sheet({"value": 900})
    assert [one.effect for one in apply(exchange, rows, by=here.receiver).changes] == ["changed"]
    assert reading.figures(here.city, period_named("2025-Q3"), [trained])[trained.pk].value == 907
    out = list(exchange.export(here.receiver))
    assert [(row["period"], row["value"]) for row in out] == [("2025-Q3", 900), ("2025-Q3", 7), ("2025-Q1", 2)]


def test_units_do_not_bring_figures_in(here: Province) -> None:
    period, trained = period_named("2025-Q3"), Indicator.objects.get(code="trained_people")
    with pytest.raises(Refused):
        bring([Figure(period.pk, trained.pk, here.communes[0].pk, Decimal(1))], by=here.officer)
    assert not Observation.objects.exists()


def test_what_no_row_has_is_named_and_nothing_breaks(here: Province) -> None:
    period, trained = period_named("2025-Q3"), Indicator.objects.get(code="trained_people")
    brought = bring([Figure(period.pk, trained.pk, 10**9, Decimal(1)), Figure(0, 0, 0, None)], by=IMPORTER)
    assert [one.code for one in brought.wrong] == ["unknown", "unknown"]
    assert bring([], by=IMPORTER).total == 0
