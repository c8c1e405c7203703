"""Templates of reports on the shelf: what is wrong in one is named by its file and key."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from khue.core.refusals import Refused
from khue.indicators.checks import wrong_templates
from khue.indicators.composing.patterns import condition, hold
from khue.indicators.composing.shelf import files, read, template_of, templates_on
from khue.indicators.composing.values import UNKNOWN, Fact, word

WHOLE = """label = "Mẫu thử"
subject = "Kết quả {period}"
of = ["unit"]
periods = ["quarter"]
programmes = "one"
basis = "house"
[[blocks]]
name = "one"
kind = "paragraph"
rows = "indicator"
[[blocks.sentences]]
say = "{name}: {value}, {figure models_applied target}, {measure missions.ordered}."
when = ["change > 0"]
[[blocks]]
name = "two"
kind = "text"
from = "missions"
[[blocks]]
name = "three"
kind = "table"
rows = "unit"
columns = [{ head = "Đơn vị", say = "{name}" }, { each = "indicator", head = "{name}", say = "{cell}" }]
"""


def write(shelf: Path, text: str) -> None:
    folder = shelf / "reports" / "thu"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2026-01-01.toml").write_text(text, encoding="utf-8")


def test_the_templates_of_the_shelf_are_in_order() -> None:
    assert wrong_templates(settings.PROCESSES) == []
    names = {file.of for file in files(settings.PROCESSES)}
    assert names >= {"programme-of-city", "programme-of-unit"}
    for name in ("programme-of-city", "programme-of-unit"):
        assert set(templates_on(date(2026, 7, 1))[name].periods) >= {"quarter", "half", "year"}


@pytest.mark.parametrize(
    ("before", "after", "key", "said"),
    [
        ("{value}", "{valeu}", "blocks[1].sentences[1].say", "valeu"),
        ("figure models_applied", "figure models_lost", "blocks[1].sentences[1].say", "models_lost"),
        ("measure missions.ordered", "measure moon.phases", "blocks[1].sentences[1].say", "moon.phases"),
        ("change > 0", "change >> 0", "blocks[1].sentences[1].when", "change >> 0"),
        ("change > 0", "changes > 0", "blocks[1].sentences[1].when", "changes"),
        ('from = "missions"', 'from = "rumours"', "blocks[2].from", "rumours"),
        ('from = "missions"', 'reports = { part = "poems" }', "blocks[2].reports.part", "poems"),
        ('each = "indicator"', 'each = "moon"', "blocks[3].columns[2].each", "moon"),
        ('say = "{cell}"', 'say = "{sell}"', "blocks[3].columns[2].say", "sell"),
        ('rows = "unit"', 'rows = "moon"', "blocks[3].rows", "một trong"),
        ('name = "two"', 'name = "one"', "blocks", "one"),
        ('programmes = "one"', 'programmes = ["moon"]', "programmes", "moon"),
        ('periods = ["quarter"]', 'periods = ["fortnight"]', "periods", "fortnight"),
        ('basis = "house"', 'basis = { instrument = "moon" }', "basis", "moon"),
        ('subject = "Kết quả', 'subjcet = "Kết quả', "subjcet", "không có khóa"),
        ('label = "Mẫu thử"', 'label = "Mẫu', "", "TOML"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_named_by_file_and_key(
    tmp_path: Path, before: str, after: str, key: str, said: str
) -> None:
    assert before in WHOLE
    write(tmp_path, WHOLE.replace(before, after, 1))
    found = [one for one in wrong_templates(tmp_path, settings.PROCESSES) if one.key == key]
    assert found, [str(one) for one in wrong_templates(tmp_path, settings.PROCESSES)]
    assert found[0].file == "reports/thu/2026-01-01.toml"
    assert said in str(found[0])


def test_a_whole_template_has_nothing_wrong(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    assert wrong_templates(tmp_path, settings.PROCESSES) == []
    assert read(files(tmp_path)[0])[0].block("two") is not None


def test_the_version_of_the_day_is_taken_and_one_that_is_gone_is_named() -> None:
    assert templates_on(date(2019, 12, 31)) == {}
    with pytest.raises(Refused, match="programme-of-city"):
        template_of("programme-of-city", date(2019, 12, 31))


@dataclass(frozen=True)
class Case:
    text: str
    holds: bool


FACTS = {"late": Fact(Decimal(2)), "none": UNKNOWN, "light": word("done"), "asked": Fact(Decimal(2))}


@pytest.mark.parametrize(
    "case",
    [
        Case("late", True), Case("not late", False), Case("none", False), Case("not none", True),
        Case("late > 1", True), Case("late > 2", False), Case("late = asked", True), Case("light = 'done'", True),
        Case("light != 'done'", False), Case("none > 0", False), Case("none = 0", False), Case("light > 1", False),
    ],
)  # fmt: skip
def test_conditions_over_figures(case: Case) -> None:
    one = condition(case.text)
    assert one is not None
    assert hold([one], FACTS.__getitem__) is case.holds


def test_the_shelf_check_reads_templates_too(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("process", "check")
    assert "Kệ quy trình đúng" in capsys.readouterr().out
