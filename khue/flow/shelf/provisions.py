"""Reads what a version says besides steps and moves: numbers with their basis, scoring sheets, papers."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, cast

from khue.flow.shelf.table import NAME, Table
from khue.flow.shelf.values import EMPTY, Criterion, PaperForm, Provision, ScoreSheet, Value

KINDS = (
    "working_days", "days", "months", "years", "people", "points", "dong", "times", "count", "share", "flag", "names",
)  # fmt: skip
"""What a provision may be: whole numbers of something, a share such as "3/4", yes or no, or a list of names."""
SHEET_KINDS = ("points", "pass", "rating")


def read_provisions(table: Table) -> Mapping[str, Provision]:
    """`provisions.toml`: `[name] label, one of KINDS, basis`."""
    found = {}
    for name in table.values:
        if not NAME.fullmatch(name):
            table.problem(name, "tên chỉ gồm chữ thường không dấu, số và gạch nối")
        found[name] = _provision(name, table.sub(name))
    return found


def _provision(name: str, table: Table) -> Provision:
    kinds = [kind for kind in KINDS if kind in table.values]
    if len(kinds) != 1:
        table.problem("", f"cần đúng một trong: {', '.join(KINDS)}")
    kind = kinds[0] if kinds else "count"
    why = table.label("only_told", EMPTY)
    found = Provision(name, table.label("label"), kind, _value(kind, table), table.basis(), why)
    table.close()
    return found


def _value(kind: str, table: Table) -> Value:
    if kind == "names":
        return table.names(kind)
    if kind == "flag":
        return table.get(kind, bool)
    if kind == "share":
        return _share(table)
    return table.get(kind, int, None if kind in table.values else 0)


def _share(table: Table) -> Fraction:
    told = table.get("share", str)
    try:
        share = Fraction(told)
    except (ValueError, ZeroDivisionError):
        table.problem("share", 'phải là một phần, như "3/4" hoặc "0.2"')
        return Fraction(0)
    if not 0 <= share <= 1:
        table.problem("share", "phải từ 0 đến 1")
    return share


def read_sheet(name: str, table: Table) -> ScoreSheet:
    """`criteria/<name>.toml`."""
    kind = table.get("kind", str)
    if kind not in SHEET_KINDS:
        table.problem("kind", f"phải là một trong: {', '.join(SHEET_KINDS)}")
        kind = "points"
    sheet = ScoreSheet(
        name=name,
        label=table.label("label"),
        code=table.get("code", str, ""),
        kind=cast(Literal["points", "pass", "rating"], kind),
        criteria=tuple(_criterion(row) for row in table.rows("criterion")),
        basis=table.basis(),
        types=table.names("types", ()),
    )
    _check_sheet(sheet, table)
    table.close()
    return sheet


def _criterion(table: Table) -> Criterion:
    criterion = Criterion(
        table.get("name", str), table.label("label"), table.get("most", int, 0), table.label("help", EMPTY)
    )
    if not NAME.fullmatch(criterion.name):
        table.problem("name", "tên chỉ gồm chữ thường không dấu, số và gạch nối")
    table.close()
    return criterion


def _check_sheet(sheet: ScoreSheet, table: Table) -> None:
    if not sheet.criteria:
        table.problem("criterion", "phải có ít nhất một tiêu chí")
    names = [criterion.name for criterion in sheet.criteria]
    if len(set(names)) != len(names):
        table.problem("criterion", "hai tiêu chí cùng tên")
    if sheet.kind == "points":
        total = table.get("total", int)
        if total != sheet.total:
            table.problem("total", f"các tiêu chí cộng lại là {sheet.total}, không phải {total}")


def read_paper(name: str, table: Table, text: str) -> PaperForm:
    """`papers/<name>.toml`; `text` is the one of `papers/<name>.txt`, empty without."""
    layout = table.get("layout", str, "state")
    if layout not in ("state", "party"):
        table.problem("layout", "phải là state hoặc party")
    paper = PaperForm(
        name=name,
        label=table.label("label"),
        code=table.get("code", str, ""),
        type_name=table.get("type_name", str, ""),
        text=table.get("text", str, text or None),
        basis=table.basis(),
        layout=cast(Literal["state", "party"], layout),
        steps=table.names("steps", ()),
    )
    table.close()
    return paper
