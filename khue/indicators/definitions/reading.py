"""Reads a programme's file; a slip of the pen is named by file and key, and reading goes on."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from khue.core.refusals import Refused
from khue.flow.shelf.dated import File
from khue.flow.shelf.table import Problem, Table
from khue.indicators.definitions.values import (
    DimensionText,
    IndicatorText,
    ObjectiveText,
    ProgrammeText,
    SetText,
    TargetText,
)
from khue.indicators.formulas import read as read_formula
from khue.indicators.models import CODE, IndicatorVersion, Programme, ReportSet, Target
from khue.indicators.rules.approvals import STEPS

_CODE = re.compile(CODE)


def read(file: File) -> tuple[ProgrammeText, list[Problem]]:
    """What the file says, and what is wrong with it."""
    problems: list[Problem] = []
    table = Table(file.name, "", file.values(problems), problems)
    found = _programme(file, table)
    table.close()
    _check_names(found, table)
    return found, problems


def _programme(file: File, table: Table) -> ProgrammeText:
    facts: dict[str, object] = {
        "kind": _one_of(table, "kind", Programme.Kind.values, "policy"),
        "title": table.get("title", str),
        "number": table.get("number", str, ""),
        "issuer": table.get("issuer", str, ""),
        "issued_on": table.get("issued_on", date) if "issued_on" in table.values else None,
        "first_year": table.get("first_year", int),
        "last_year": table.get("last_year", int),
        "summary": table.get("summary", str, ""),
        "source": table.get("source", str, ""),
        "verified": table.get("verified", bool, True),
    }
    objectives = enumerate(table.tables("objectives"), 1)
    return ProgrammeText(
        code=file.of,
        version=file.version,
        facts=facts,
        lead=table.get("lead", str, ""),
        objectives=tuple(ObjectiveText(code, number, one.get("title", str)) for number, (code, one) in objectives),
        sets=tuple(_set(code, one) for code, one in table.tables("sets")),
        indicators=tuple(_indicators(table.sub("indicators", table.values.get("indicators", {})))),
        dimensions=tuple(_dimension(code, one) for code, one in table.tables("dimensions")),
    )


def _one_of(table: Table, key: str, known: list[str], default: str | None = None) -> str:
    value = table.get(key, str, default)
    if value not in known:
        table.problem(key, f"phải là một trong: {', '.join(known)}")
        return known[0]
    return value


def _set(code: str, table: Table) -> SetText:
    approvals = table.names("approvals", ("head", "lead"))
    for step in approvals:
        if step not in STEPS:
            table.problem("approvals", f"không có cấp duyệt «{step}»; có: {', '.join(STEPS)}")
    found = SetText(
        code=code,
        label=table.get("label", str),
        every=_one_of(table, "every", ReportSet.Every.values),
        levels=table.names("levels", ()),
        named=table.names("units", ()),
        approvals=approvals,
        texts=tuple(_text(row) for row in table.rows("texts")),
        basis=table.get("basis", str, ""),
        verified=table.get("verified", bool, True),
    )
    if not found.levels and not found.named:
        table.problem("levels", "chưa ghi cấp nào (levels) hay đơn vị nào (units) báo cáo")
    table.close()
    return found


def _text(table: Table) -> dict[str, str]:
    found = {"name": table.get("name", str), "label": table.get("label", str), "from": table.get("from", str, "")}
    table.close()
    return found


def _dimension(code: str, table: Table) -> DimensionText:
    categories = table.sub("categories")
    found = {key: categories.get(key, str) for key in categories.values}
    label = table.get("label", str)
    table.close()
    return DimensionText(code, label, found)


def _indicators(group: Table) -> Iterator[IndicatorText]:
    for number, code in enumerate(group.values, 1):
        if not _CODE.fullmatch(code):
            group.problem(code, "mã chỉ tiêu chỉ gồm chữ thường không dấu, số, gạch dưới; các phần nối bằng dấu chấm")
        table = group.sub(code)
        yield _indicator(code, number, table)
        table.close()


def _indicator(code: str, number: int, table: Table) -> IndicatorText:
    meaning = _meaning(table)
    if formula := str(meaning["formula"]):
        try:
            read_formula(formula)
        except Refused as refused:
            table.problem("formula", refused.refusal.sentence)
    return IndicatorText(
        code=code,
        number=number,
        objective=table.get("objective", str, ""),
        report_set=table.get("set", str, ""),
        breakdowns=table.names("breakdowns", ()),
        targets=tuple(_target(row) for row in table.rows("targets")),
        meaning=meaning,
    )


def _meaning(table: Table) -> dict[str, object]:
    measure, formula = table.get("measure", str, ""), table.get("formula", str, "")
    if measure and formula:
        table.problem("formula", "chỉ ghi một: measure (hệ thống đếm) hoặc formula (tính)")
    kind = "formula" if formula else "measured" if measure else "entered"
    across = "ratio" if formula else _one_of(table, "across", ["sum", "mean", "count"], "sum")
    return {
        "name": table.get("name", str),
        "unit_of_measure": table.get("unit", str),
        "kind": kind,
        "measure": measure,
        "formula": formula,
        "across": across,
        "direction": _one_of(table, "direction", IndicatorVersion.Direction.values, "up"),
        "over_time": _one_of(table, "over_time", IndicatorVersion.OverTime.values, "last" if formula else "sum"),
        "decimals": table.get("decimals", int, 0),
        "least": _number(table, "least", None if formula else 0),
        "most": _number(table, "most", None),
        "jump": table.get("jump", int) if "jump" in table.values else None,
        "proof_needed": table.get("proof_needed", bool, False),
        "proof": table.get("proof", str, ""),
        "why": table.get("why", str, ""),
        "basis": table.get("basis", str, ""),
        "source": table.get("source", str, ""),
        "verified": table.get("verified", bool, True),
    }


def _number(table: Table, key: str, default: int | None) -> Decimal | None:
    table.asked.add(key)
    value: Any = table.values.get(key, default)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        table.problem(key, "phải là một số")
        return None
    return Decimal(str(value))


def _target(table: Table) -> TargetText:
    bound = _one_of(table, "bound", Target.Bound.values, "least")
    value, value_to = _number(table, "value", None), _number(table, "to", None)
    if value is None:
        table.problem("value", "thiếu khóa này")
    if (bound == "range") != (value_to is not None) or (
        value_to is not None and value is not None and value_to <= value
    ):
        table.problem("to", 'khoảng (bound = "range") có hai đầu, value nhỏ hơn to; ngoài ra không ghi to')
    found = TargetText(
        year=table.get("year", int),
        bound=bound,
        value=value or Decimal(0),
        value_to=value_to,
        words=table.get("words", str, ""),
        source=table.get("source", str, ""),
        verified=table.get("verified", bool, True),
    )
    table.close()
    return found


def _check_names(found: ProgrammeText, table: Table) -> None:
    known = {
        "set": ({one.code for one in found.sets}, "biểu báo cáo"),
        "objective": ({one.code for one in found.objectives}, "mục tiêu"),
    }
    for one in found.indicators:
        for key, name in (("set", one.report_set), ("objective", one.objective)):
            names, word = known[key]
            if name and name not in names:
                table.problem(f"indicators.{one.code}.{key}", f"không có {word} «{name}» trong tệp này")
        if not one.formula and not one.report_set:
            table.problem(f"indicators.{one.code}.set", "chỉ tiêu phải báo cáo thì ghi biểu nào (set)")
