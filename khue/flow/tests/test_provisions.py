"""What a version says besides steps and moves, and answers with money, numbers and tables."""

from fractions import Fraction
from typing import Any

import pytest

from khue.core.refusals import Refused
from khue.flow.answers import checked, missing
from khue.flow.shelf.folders import Folder
from khue.flow.shelf.reading import read
from khue.flow.shelf.telling import told_value
from khue.flow.shelf.values import Basis, Field, Form, Label, Process, Provision

MAIN = """
id = "trial"
version = 2024-06-01
start = "open"
label = { vi = "Thử", en = "Trial" }
"""
PROVISIONS = """
[pass-share]
label = { vi = "Tỷ lệ phiếu", en = "Share of ballots" }
share = "3/4"
basis = { instrument = "tt-06-2023", article = "12" }

[documents-before]
label = { vi = "Gửi tài liệu trước", en = "Documents before" }
working_days = 5
basis = "house"
"""
SHEET = """
label = { vi = "Phiếu chấm", en = "Sheet" }
kind = "points"
total = 100
basis = "house"
types = ["topic"]
[[criterion]]
name = "overview"
label = { vi = "Tổng quan", en = "Overview" }
most = 40
[[criterion]]
name = "plan"
label = { vi = "Kế hoạch", en = "Plan" }
most = 60
"""
PAPER = """
label = { vi = "Biên bản", en = "Minutes" }
code = "D1-BBHĐ"
type_name = "BIÊN BẢN"
text = "# {{ title }}"
basis = "house"
"""


def version(**files: str) -> dict[str, str]:
    """The files of a version; keys have `__` for `/`."""
    return {"process.toml": MAIN} | {f"{name.replace('__', '/')}.toml": text for name, text in files.items()}


def process(**files: str) -> tuple[Process, list[str]]:
    """The process of these files, and its problems as text (the bare MAIN has no steps: no problem of reading)."""
    found, problems = read(version(**files))
    return found, [str(problem) for problem in problems]


def test_numbers_sheets_and_papers_are_read() -> None:
    found, problems = process(provisions=PROVISIONS, criteria__topic=SHEET, papers__minutes=PAPER)
    assert problems == []
    assert found.share("pass-share") == Fraction(3, 4)
    assert found.number("documents-before") == 5
    assert found.sheet_for("topic").total == 100
    assert found.papers["minutes"].code == "D1-BBHĐ"
    with pytest.raises(TypeError):
        found.number("pass-share")
    with pytest.raises(KeyError):
        found.sheet_for("project")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"provisions": PROVISIONS.replace('"3/4"', '"4/3"')}, "provisions.toml: pass-share.share: phải từ 0 đến 1"),
        ({"provisions": PROVISIONS.replace('"3/4"', '"ba"')}, "phải là một phần"),
        ({"provisions": PROVISIONS.replace("working_days = 5\n", "")}, "documents-before: cần đúng một trong"),
        ({"criteria__topic": SHEET.replace("most = 60", "most = 50")}, "các tiêu chí cộng lại là 90, không phải 100"),
        ({"criteria__topic": SHEET.replace('"plan"', '"overview"')}, "hai tiêu chí cùng tên"),
        ({"papers__minutes": PAPER.replace('text = "# {{ title }}"', "")}, "papers/minutes.toml: text: thiếu khóa này"),
    ],
)
def test_a_mistake_is_named(files: dict[str, str], told: str) -> None:
    assert any(told in problem for problem in process(**files)[1])


def test_a_later_version_takes_over_the_files_it_has_not_itself(tmp_path: Any) -> None:
    for day, main, code in (("2024-06-01", MAIN, "D1"), ("2025-10-01", MAIN + 'like = "2024-06-01"\n', "")):
        folder = tmp_path / "trial" / day
        (folder / "papers").mkdir(parents=True)
        (folder / "process.toml").write_text(main.replace("2024-06-01\nstart", f"{day}\nstart"), encoding="utf-8")
        if code:
            (folder / "papers" / "minutes.toml").write_text(PAPER, encoding="utf-8")
    newer = Folder("trial", "2025-10-01", tmp_path / "trial" / "2025-10-01")
    assert newer.like == "2024-06-01"
    assert newer.files()["papers/minutes.toml"] == PAPER
    assert "2025-10-01" in newer.files()["process.toml"]


def field(name: str, kind: Any, required: bool = True, columns: tuple[Field, ...] = ()) -> Field:
    """A question without words."""
    return Field(name, kind, Label(name, name), required, Label("", ""), Label("", ""), columns=columns)


BUDGET = Form(
    "budget",
    Label("Dự toán", "Budget"),
    (
        field("aim", "paragraph"),
        field("share", "number", required=False),
        field("items", "rows", columns=(field("item", "text"), field("amount", "money"))),
    ),
)


def test_tables_money_and_numbers_are_kept_exactly() -> None:
    rows = [{"item": "Vật tư", "amount": "1.250.000 ₫"}, {"item": "", "amount": ""}, {"item": "Công", "amount": 40}]
    kept = checked(BUDGET, {"aim": " Nhân giống ", "share": "12,50", "items": rows})
    assert kept == {
        "aim": "Nhân giống",
        "share": "12.5",
        "items": [{"item": "Vật tư", "amount": 1_250_000}, {"item": "Công", "amount": 40}],
    }


@pytest.mark.parametrize("amount", ["1,5", "-3", "nhiều", "1.25.000", "1e9"])
def test_a_wrong_amount_is_refused_with_its_row(amount: str) -> None:
    rows = [{"item": "Công", "amount": 1}, {"item": "Vật tư", "amount": amount}]
    with pytest.raises(Refused, match=r"2.*amount"):
        checked(BUDGET, {"aim": "x", "items": rows})


def test_a_draft_may_lack_answers_and_says_which() -> None:
    kept = checked(BUDGET, {"items": [{"item": "Vật tư"}]}, draft=True)
    assert kept == {"items": [{"item": "Vật tư"}]}
    assert [question.name for question in missing(BUDGET, kept)] == ["aim"]
    with pytest.raises(Refused):
        checked(BUDGET, kept)


@pytest.mark.parametrize(("share", "told"), [("2/3", "2/3"), ("3/5", "60 %"), ("1/7", "1/7"), ("1", "100 %")])
def test_a_share_is_told_as_the_law_writes_it_and_the_whole_as_percent(share: str, told: str) -> None:
    assert told_value(Provision("share", Label("Tỷ lệ", "Share"), "share", Fraction(share), Basis("house"))) == told
