"""Papers filled in: days, money and decimals as they are written here, dots where nothing is known, mistakes named."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from khue.flow.shelf.checking import Known, check
from khue.flow.shelf.filling import GAP, fill, unfilled
from khue.flow.shelf.values import Basis, Label, PaperForm
from khue.flow.tests.test_provisions import MAIN, PAPER


def paper(text: str) -> PaperForm:
    """A paper with this text."""
    return PaperForm("trial", Label("Thử", "Trial"), "", "", text, Basis("house"))


@pytest.mark.parametrize(
    ("text", "context", "filled"),
    [
        ("Ngày {{ on }}", {"on": date(2026, 3, 5)}, "Ngày 05/03/2026"),
        ("Lúc {{ at }}", {"at": datetime(2026, 3, 5, 1, 30, tzinfo=UTC)}, "Lúc 08:30 ngày 05/03/2026"),
        ("{{ score }} điểm", {"score": Decimal("86.50")}, "86,5 điểm"),
        ("{{ score }} điểm", {"score": Decimal("70")}, "70 điểm"),
        ("{{ money|dong }}", {"money": 1_250_000}, "1.250.000 đồng"),
        ("Năm {{ year }}, mã {{ code }}.", {"year": 2026, "code": None}, "Năm 2026, mã ."),
        ("{{ host.name }} & {{ quote }}", {"host": {"name": "A<b>"}, "quote": '"x"'}, 'A<b> & "x"'),
        ("Bên {{ host.name }}: {{ money|dong }}", {"host": {}}, f"Bên {GAP}: {GAP}"),
        ("Ở: {{ a }}; đại diện: {{ b }} {{ c }}", {"a": "", "b": None, "c": ""}, f"Ở: {GAP}; đại diện: {GAP}"),
        ("Chủ nhiệm: {{ degree }} {{ name }}", {"degree": "", "name": "Hồ Yến"}, "Chủ nhiệm: Hồ Yến"),
        ("# A\n\n{{ a }}\n", {"a": ""}, f"# A\n\n{GAP}"),
        ("# A\n\n{{ a }} {{ b }}\n\nX", {"a": "", "b": "có"}, "# A\n\ncó\n\nX"),
        ("|T|N|\n{% for r in rows %}\n| {{ r }} |\n{% endfor %}\nX", {"rows": []}, f"|T|N|\n| {GAP} | {GAP} |\nX"),
        ("|T|\n{% for r in rows %}\n| {{ r }} |\n{% endfor %}\nX", {"rows": [1, 2]}, "|T|\n| 1 |\n| 2 |\nX"),
    ],
)  # fmt: skip
def test_what_is_known_is_put_in(text: str, context: dict[str, object], filled: str) -> None:
    assert fill(paper(text), context) == filled + "\n"


def test_a_name_that_nobody_fills_is_told() -> None:
    text = (
        "{{ a.b }} {{ a.c }} {% for row in lists %}{{ row.x }}{% endfor %}{% for row in good %}{{ row.x }}{% endfor %}"
    )
    assert unfilled(paper(text), {"a": {"b": 1}, "good": [{"x": 1}]}) == ["a.c", "lists"]
    assert "Unclosed tag" in unfilled(paper("{% if a %}"), {})[0]


def test_the_check_of_the_shelf_fills_every_paper(tmp_path: Path) -> None:
    folder = tmp_path / "trial" / "2024-06-01"
    (folder / "papers").mkdir(parents=True)
    (folder / "process.toml").write_text(MAIN, encoding="utf-8")
    bare = PAPER.replace('text = "# {{ title }}"\n', "")
    (folder / "papers" / "minutes.toml").write_text(bare, encoding="utf-8")
    (folder / "papers" / "minutes.txt").write_text("# {{ titel }} {{ place }}", encoding="utf-8")
    (tmp_path / "papers.toml").write_text('title = "T"\nplace = "P"\n', encoding="utf-8")
    told = [str(problem) for problem in check(tmp_path, Known((), (), ()))]
    missing = "trial/2024-06-01/process.toml: papers/minutes.text: không điền được «titel»"
    assert [problem for problem in told if "không điền được" in problem] == [
        f"{missing}; xem các tên có trong papers.toml"
    ]
