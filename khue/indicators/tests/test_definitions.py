"""What programmes say: files of the shelf through their versions, and lists of an office's own."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.core.exchange import Row, named
from khue.core.refusals import Refused
from khue.indicators import checks
from khue.indicators.actions.bringing import Figure, bring
from khue.indicators.actions.defining import define_indicator
from khue.indicators.actions.definitions import load_programmes
from khue.indicators.actions.periods import named as period_named
from khue.indicators.actions.targets import set_target
from khue.indicators.models import Indicator, Programme, ReportSet, Target
from khue.indicators.rules import reading
from khue.indicators.rules.meanings import meanings_on
from khue.indicators.tests.province import Province
from khue.office.actions import apply
from khue.office.sheets import DryRun

pytestmark = pytest.mark.usefixtures("put_back")
HEAD = """
title = "Chương trình thử"
first_year = 2025
last_year = 2030
[sets.local]
label = "Biểu thử"
every = "quarter"
levels = ["commune"]
"""
ONE = (
    HEAD
    + """
[indicators.x_done]
name = "Đã làm"
unit = "việc"
set = "local"
[indicators.x_all]
name = "Phải làm"
unit = "việc"
set = "local"
[indicators.x_share]
name = "Tỷ lệ"
unit = "%"
formula = "x_done / x_all * 100"
targets = [{ year = 2030, value = 90 }]
"""
)


def write(shelf: Path, version: str, text: str) -> None:
    folder = shelf / "programmes" / "thu"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{version}.toml").write_text(text, encoding="utf-8")


def test_the_programmes_on_the_shelf_are_loaded_with_their_targets_and_marks() -> None:
    plan = Programme.objects.get(code="ke-hoach-345")
    assert not plan.verified
    tfp = Indicator.objects.get(code="tfp_share")
    assert [(one.year, one.bound, one.value, one.verified) for one in tfp.targets.all()] == [
        (2025, "more", Decimal(50), False), (2030, "more", Decimal(55), False)
    ]  # fmt: skip
    spending = Target.objects.get(indicator__code="rd_spending_share", year=2025)
    assert (spending.value, spending.value_to, spending.words) == (Decimal("1.2"), Decimal("1.5"), "1,2 - 1,5 %")
    assert {programme.code for programme in Programme.objects.all()} >= {"07-ctr-tu", "ke-hoach-345", "chuyen-doi-so"}
    assert checks.problems() == []
    assert load_programmes() == [], "a second time there is nothing to do"


def test_every_indicator_says_where_it_comes_from() -> None:
    silent = [
        meaning.version.name
        for meaning in meanings_on(date(2026, 6, 1)).of.values()
        if not (meaning.version.basis or meaning.version.source or meaning.version.proof)
        and meaning.indicator.targets.exists()
    ]
    assert silent == []


def test_a_new_version_changes_a_formula_from_its_day_and_ends_what_it_does_not_name(
    here: Province, tmp_path: Path
) -> None:
    write(tmp_path, "2025-07-01", ONE)
    assert load_programmes(tmp_path) == ["programmes/thu/2025-07-01.toml"]
    first, second = period_named("2025-Q3"), period_named("2025-Q4")
    codes = {one.code: one.pk for one in Indicator.objects.all()}
    unit = here.communes[0].pk
    figures = [Figure(period.pk, codes[code], unit, Decimal(value))
               for period in (first, second) for code, value in (("x_done", 3), ("x_all", 4))]  # fmt: skip
    assert bring(figures, by=IMPORTER).new == 4
    share = Indicator.objects.get(code="x_share")
    assert reading.figures(here.city, second, [share])[share.pk].value == 75
    changed = ONE.replace("x_done / x_all * 100", "(x_all - x_done) / x_all * 100")
    write(tmp_path, "2025-10-01", changed)
    load_programmes(tmp_path)
    assert reading.figures(here.city, first, [share])[share.pk].value == 75
    assert reading.figures(here.city, second, [share])[share.pk].value == 25
    write(tmp_path, "2026-01-01", HEAD + ONE.removeprefix(HEAD).partition("[indicators.x_share]")[0])
    load_programmes(tmp_path)
    share.refresh_from_db()
    assert share.ended_on == date(2025, 12, 31)
    assert share.pk not in meanings_on(date(2026, 3, 1)).of


def test_a_file_is_corrected_until_figures_were_reported_under_it(here: Province, tmp_path: Path) -> None:
    write(tmp_path, "2025-07-01", ONE)
    load_programmes(tmp_path)
    write(tmp_path, "2025-07-01", ONE.replace("Đã làm", "Đã làm xong"))
    load_programmes(tmp_path)
    done = Indicator.objects.get(code="x_done")
    assert (done.name, done.versions.count()) == ("Đã làm xong", 1)
    bring([Figure(period_named("2025-Q3").pk, done.pk, here.communes[0].pk, Decimal(1))], by=IMPORTER)
    write(tmp_path, "2025-07-01", ONE)
    with pytest.raises(Refused) as refused:
        load_programmes(tmp_path)
    assert refused.value.refusal.code == "programme.version-changed"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("x_done / x_all * 100", "x_done / ", "indicators.x_share.formula"),
        ('every = "quarter"', 'every = "fortnight"', "sets.local.every"),
        ('set = "local"', 'set = "nowhere"', "indicators.x_done.set"),
        ("value = 90", 'value = "90"', "value"),
        ('unit = "%"', 'unti = "%"', "unti"),
        ('levels = ["commune"]', "", "sets.local.levels"),
        ("[indicators.x_done]", "[indicators.X]", "indicators.X"),
        ('title = "Chương trình thử"', 'title = "Chương trình', "TOML"),
    ],
)
def test_a_slip_of_the_pen_is_named_by_file_and_key(tmp_path: Path, before: str, after: str, said: str) -> None:
    write(tmp_path, "2025-07-01", ONE.replace(before, after, 1))
    with pytest.raises(Refused) as refused:
        load_programmes(tmp_path)
    assert refused.value.refusal.code == "programme.wrong"
    assert "programmes/thu/2025-07-01.toml" in refused.value.refusal.sentence
    assert said in refused.value.refusal.sentence


def test_the_start_fails_on_a_circle_or_a_measure_that_nobody_counts(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PROCESSES", tmp_path)
        write(tmp_path, "2025-07-01", ONE.replace("x_done / x_all", "x_share / x_all"))
        assert [one.key for one in checks.problems()] == ["indicators.x_share.formula"]
        write(tmp_path, "2025-07-01", ONE.replace('unit = "việc"', 'unit = "việc"\nmeasure = "moon.phases"', 1))
        assert [one.key for one in checks.problems()] == ["indicators.x_done.measure"]


def rows(*given: dict[str, object]) -> DryRun:
    exchange = named("indicators")
    assert exchange is not None
    empty = {field.key: None for field in exchange.fields}
    usual = {
        "programme": "rieng", "title": "Kế hoạch riêng", "unit_of_measure": "lớp", "set": "quy", "every": "quarter",
        "levels": ("commune",), "year": 2026,
    }  # fmt: skip
    return DryRun([Row(number, {**empty, **usual, **row}) for number, row in enumerate(given, 2)])


def test_indicators_come_in_as_a_sheet_and_the_second_time_nothing_happens(here: Province) -> None:
    exchange = named("indicators")
    assert exchange is not None
    sheet = rows(
        {"code": "y_lop", "name": "Lớp tập huấn", "target": Decimal(100)},
        {"code": "y_dung", "name": "Lớp đúng hạn"},
        {"code": "y_ty_le", "name": "Tỷ lệ", "set": None, "formula": "y_dung / y_lop * 100", "unit_of_measure": "%"},
    )
    with at(date(2026, 1, 5)):
        assert [one.effect for one in apply(exchange, sheet, by=here.receiver).changes] == ["new"] * 3
        assert [one.effect for one in apply(exchange, sheet, by=here.receiver).changes] == ["same"] * 3
    assert ReportSet.objects.get(code="rieng-quy").levels == ["commune"]
    assert Target.objects.get(indicator__code="y_lop").value == 100
    assert [row["code"] for row in exchange.export(here.receiver)] == ["y_lop", "y_dung", "y_ty_le"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"code": "Lớp 1", "name": "a"}, "is no code"),
        ({"code": "y", "name": "a", "formula": "nobody * 2"}, "which is no indicator"),
        ({"code": "y", "name": "a", "formula": "y + 1"}, "circle"),
        ({"code": "y", "name": "a", "measure": "moon.phases"}, "No part of the system counts"),
        ({"code": "y", "name": "a", "set": None}, "Say with which set"),
        ({"code": "y", "name": "a", "levels": ("làng",)}, "is no level"),
        ({"code": "tfp_share", "name": "a"}, "Another programme already has"),
        ({"code": "y", "name": "a", "programme": "07-ctr-tu"}, "is defined by its file"),
        ({"code": "y", "name": "a", "title": None}, "There is no programme"),
        ({"code": "y", "name": "a", "year": None, "programme": "khac"}, "There is no programme"),
    ],
)
def test_a_definition_that_cannot_be_is_refused_in_words(here: Province, row: dict[str, object], said: str) -> None:
    exchange = named("indicators")
    assert exchange is not None
    with override("en"):
        report = apply(exchange, rows(row), by=here.receiver)
    assert [said in one.reason for one in report.problems] == [True]
    assert not Programme.objects.filter(code="rieng").exists()


def test_a_meaning_does_not_change_for_periods_that_were_reported(here: Province) -> None:
    exchange = named("indicators")
    assert exchange is not None
    with at(date(2026, 1, 5)):
        apply(exchange, rows({"code": "y_lop", "name": "Lớp tập huấn"}), by=here.receiver)
    lop = Indicator.objects.get(code="y_lop")
    bring([Figure(period_named("2026-Q1").pk, lop.pk, here.communes[0].pk, Decimal(1))], by=IMPORTER)
    meaning = {"name": "Lớp", "unit_of_measure": "lớp"}
    with pytest.raises(Refused) as refused:
        define_indicator(
            lop.programme, "y_lop", meaning, by=here.receiver, report_set=lop.report_set, since=date(2026, 2, 1)
        )
    assert refused.value.refusal.code == "indicator.reported"
    define_indicator(
        lop.programme, "y_lop", meaning, by=here.receiver, report_set=lop.report_set, since=date(2026, 4, 1)
    )
    assert lop.versions.count() == 2
    with pytest.raises(Refused):
        define_indicator(lop.programme, "y_lop", meaning, by=here.officer, report_set=lop.report_set)


def test_a_target_of_a_shelved_programme_may_be_set_and_says_what_it_was(here: Province) -> None:
    filings = Indicator.objects.get(code="ip_filings")
    set_target(filings, 2026, Decimal(15000), by=here.receiver, source="Quyết định giao chỉ tiêu")
    set_target(filings, 2026, Decimal(16000), by=here.receiver)
    assert [one.value for one in filings.targets.all()] == [16000]
    with pytest.raises(Refused):
        set_target(filings, 2026, Decimal(1), by=here.officer)
    with pytest.raises(Refused):
        set_target(filings, 2027, Decimal(2), value_to=Decimal(1), bound="range", by=here.receiver)
