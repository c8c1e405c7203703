"""Reads a template's file; a slip of the pen is named by file and key, and reading goes on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from khue.flow.shelf.table import Problem, Table
from khue.indicators.composing.patterns import condition
from khue.indicators.composing.values import BlockText, Column, Condition, Sentence, Template
from khue.indicators.models import ReportSet

KINDS = ("heading", "paragraph", "table", "chart", "text", "annex")
ROWS = ("", "indicator", "set", "unit", "measure")
EACH = {"indicator": ("period",), "unit": ("indicator",)}
"""What columns may stand for each of, by what the rows are."""
CHARTS = ("", "unit", "indicator")
"""What a chart shows: the course of indicators, units beside each other, indicators against their targets."""
OF, LAYOUTS, FIGURES = ("city", "department", "unit"), ("state", "party"), ("unit", "city")
MOST = 4
TEXTS: dict[str, str | None] = {"heading": None, "annex": None, "chart": "{name} qua các kỳ"}
"""What a block says where its file has no `text`; None: it must have."""


def read_template(
    file: str, name: str, version: date, values: Mapping[str, Any], digest: str, problems: list[Problem]
) -> Template:
    """The template in `values`; what is wrong goes to `problems`."""
    table = Table(file, "", values, problems)
    every = tuple(kind for kind, _label in ReportSet.Every.choices)
    chosen = table.values.get("programmes") == "one"
    found = Template(
        name=name,
        version=version,
        label=table.get("label", str),
        subject=table.get("subject", str),
        of=_known(table, "of", OF, None),
        periods=_known(table, "periods", every, ()),
        programmes=None if chosen else table.names("programmes", ()),
        sets=table.names("sets", ()),
        figures=_one(table, "figures", FIGURES, "unit"),
        layout=_one(table, "layout", LAYOUTS, "state"),
        blocks=tuple(_block(row, every) for row in table.rows("blocks")),
        basis=table.basis(),
        source=table.get("source", str, ""),
        digest=digest,
    )
    table.asked.add("programmes")
    if not found.periods:
        table.problem("periods", f"ghi ít nhất một loại kỳ: {', '.join(every)}")
    if not found.blocks:
        table.problem("blocks", "mẫu chưa có khối nào")
    for twice in _twice(one.name for one in found.blocks):
        table.problem("blocks", f"hai khối cùng tên «{twice}»")
    table.close()
    return found


def _twice(names: Iterable[str]) -> list[str]:
    there = list(names)
    return sorted({name for name in there if there.count(name) > 1})


def _known(table: Table, key: str, known: tuple[str, ...], default: tuple[str, ...] | None) -> tuple[str, ...]:
    names = table.names(key, default)
    for name in names:
        if name not in known:
            table.problem(key, f"không có «{name}»; có: {', '.join(known)}")
    return names


def _one(table: Table, key: str, known: tuple[str, ...], default: str) -> str:
    value = table.get(key, str, default)
    if value not in known:
        table.problem(key, f"phải là một trong: {', '.join(one or 'bỏ trống' for one in known)}")
        return default
    return value


def read_block(name: str, values: Mapping[str, Any], problems: list[Problem]) -> BlockText:
    """One block, written as in a template's file, that stands outside of one; what is wrong goes to `problems`."""
    return _block(Table(name, "", {"name": name, **values}, problems), ())


def _block(table: Table, every: tuple[str, ...]) -> BlockText:
    kind = _one(table, "kind", KINDS, "paragraph")
    rows = _one(table, "rows", ROWS, "")
    asked = table.sub("reports") if "reports" in table.values else None
    found = BlockText(
        name=table.get("name", str),
        kind=kind,
        text=table.get("text", str, TEXTS.get(kind, "")),
        level=table.get("level", int, 1),
        rows=rows,
        only=table.names("only", ()),
        periods=_known(table, "periods", every, ()),
        when=_conditions(table, "when"),
        which=_conditions(table, "which"),
        mark=table.get("mark", str, ""),
        sentences=tuple(_sentence(row) for row in table.rows("sentences")),
        columns=tuple(_column(row, rows) for row in table.rows("columns")),
        source=table.get("from", str, ""),
        whose=_one(table, "whose", FIGURES, "unit"),
        asked=(asked.get("set", str, ""), asked.get("part", str)) if asked else ("", ""),
        italic=table.get("italic", bool, False),
        together=table.get("together", bool, False),
    )
    if asked:
        asked.close()
    _whole(found, table)
    table.close()
    return found


def _whole(block: BlockText, table: Table) -> None:
    """What a block of its kind needs."""
    if block.kind == "paragraph" and not block.sentences:
        table.problem("sentences", "thiếu mẫu câu")
    if block.kind == "table" and (not block.columns or not block.rows):
        table.problem("columns" if block.rows else "rows", "bảng cần rows và columns")
    if block.kind == "text" and not (block.source or block.asked[1]):
        table.problem("from", "ghi nguồn đã đăng ký (from) hoặc phần chữ của báo cáo đơn vị (reports)")
    if block.kind == "chart" and block.rows not in CHARTS:
        table.problem("rows", f"biểu đồ theo: {', '.join(one or 'bỏ trống (qua các kỳ)' for one in CHARTS)}")
    if block.rows == "measure" and not block.only:
        table.problem("only", "liệt kê các số hệ thống đếm")


def _conditions(table: Table, key: str) -> tuple[Condition, ...]:
    found = []
    for text in table.names(key, ()):
        one = condition(text)
        if one is None:
            table.problem(
                key, f"không đọc được điều kiện «{text}»; viết như: value, not value, late > 0, light = 'done'"
            )
        else:
            found.append(one)
    return tuple(found)


def _sentence(table: Table) -> Sentence:
    found = Sentence(table.get("say", str), _conditions(table, "when"), table.get("otherwise", bool, False))
    table.close()
    return found


def _column(table: Table, rows: str) -> Column:
    each = table.get("each", str, "")
    if each and each not in EACH.get(rows, ()):
        table.problem("each", f"bảng theo «{rows}» không lặp cột theo «{each}»")
    most = table.get("most", int, MOST if each else 0)
    found = Column(table.get("head", str), table.get("say", str), each, most, _conditions(table, "when"))
    table.close()
    return found
