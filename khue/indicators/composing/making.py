"""Makes the blocks of a report from its template and the figures: what the figures show, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import override

from khue.indicators.composing.facts import MeasureRow, Row, SetRow, UnitOf, facts_of
from khue.indicators.composing.ground import Ground
from khue.indicators.composing.patterns import Facts, alone, filled, hold, said
from khue.indicators.composing.values import BlockText, Column, Made, Pieces, Template, flat
from khue.indicators.composing.words import words_of
from khue.indicators.rules.courses import chart_of
from khue.indicators.rules.steps import last_periods

WIDTH = 560
"""Of a chart, in points of its drawing."""
ACROSS = 3
"""Indicators beside each other in a table of units, where the template names none: more cannot be read."""


def make(template: Template, ground: Ground) -> list[Made]:
    """Every block of the template; one that does not apply to this period, or to these figures, is empty."""
    with override("vi"):
        return [_made(block, ground) for block in template.blocks]


def subject_of(template: Template, ground: Ground) -> str:
    """What the report is about, for its heading."""
    with override("vi"):
        return flat(filled(template.subject, facts_of(ground)))[0][:500]


def _made(block: BlockText, ground: Ground) -> Made:
    empty = Made(block.name, block.kind, block.level, italic=block.italic)
    facts = facts_of(ground)
    if (block.periods and ground.period.kind not in block.periods) or not hold(block.when, facts):
        return empty
    match block.kind:
        case "heading" | "annex":
            return _of_lines(empty, [filled(block.text, facts)])
        case "paragraph":
            return _of_lines(empty, list(_lines(block, ground)))
        case "text":
            return _of_lines(empty, [(line,) for line in words_of(block, ground)])
        case "table":
            return _table(empty, block, ground)
    return _chart(empty, block, ground)


def _of_lines(made: Made, lines: list[Pieces]) -> Made:
    """One line after another, with the places of their figures."""
    text, tokens = "", []
    for line in lines:
        own, spans = flat(line)
        start = len(text) + (1 if text else 0)
        text = f"{text}\n{own}" if text else own
        tokens += [(first + start, last + start, source) for first, last, source in spans]
    return replace(made, text=text, tokens=tokens)


def _lines(block: BlockText, ground: Ground) -> Iterator[Pieces]:
    """A line for each row: its sentences one after another; without rows a line for each sentence."""
    if not block.rows:
        yield from said(block.sentences, facts_of(ground))
        return
    for facts, _row in _rows(block, ground):
        pieces: list[Any] = []
        for sentence in said(block.sentences, facts):
            pieces += [" " if pieces else "", *_capital(sentence)]
        if pieces:
            yield tuple(piece for piece in (f"{block.mark} " if block.mark else "", *pieces) if piece)


def _capital(pieces: Pieces) -> Pieces:
    first, *rest = pieces
    return (first[:1].upper() + first[1:], *rest) if isinstance(first, str) else pieces


def _rows(block: BlockText, ground: Ground) -> Iterator[tuple[Facts, Any]]:
    for row in _all_rows(block, ground):
        facts = facts_of(ground, block.rows, row)
        if hold(block.which, facts):
            yield facts, row


def _all_rows(block: BlockText, ground: Ground) -> list[Any]:
    match block.rows:
        case "indicator":
            chosen = [row for code in block.only if (row := ground.row(code))] if block.only else ground.rows
            return [Row(ground, row) for row in chosen]
        case "set":
            return [SetRow(ground, one) for one in ground.called]
        case "unit":
            across = next((one.most for one in block.columns if one.each), ACROSS)
            return [UnitOf(ground, one) for one in ground.units(ground.columns(across, block.only))]
    return [MeasureRow(ground, name) for name in block.only]


def _table(made: Made, block: BlockText, ground: Ground) -> Made:
    """Head, sides and cells, each with its text, its value where it is one figure, and its tokens."""
    wanted = [column for column in block.columns if hold(column.when, facts_of(ground))]
    columns = [pair for column in wanted for pair in _spread(column, block, ground)]
    rows = [[_cell(column, each, facts, row) for column, each in columns] for facts, row in _rows(block, ground)]
    if not rows:
        return made
    heads = [flat(filled(column.head, _head_facts(ground, each)))[0] for column, each in columns]
    sides = "".join("r" if any(row[place]["value"] is not None for row in rows) else "l" for place in range(len(heads)))
    caption, tokens = flat(filled(block.text, facts_of(ground)))
    return replace(made, text=caption, tokens=tokens, data={"head": heads, "sides": sides, "rows": rows})


def _spread(column: Column, block: BlockText, ground: Ground) -> list[tuple[Column, Any]]:
    """A column once, or once for each of what it stands for."""
    if column.each == "period":
        return [(column, one) for one in last_periods(ground.rows, column.most)]
    if column.each == "indicator":
        return [(column, one) for one in ground.columns(column.most, block.only)]
    return [(column, None)]


def _head_facts(ground: Ground, each: Any) -> Facts:
    if each is None:
        return facts_of(ground)
    if hasattr(each, "version"):
        return facts_of(ground, "indicator", Row(ground, each))
    return facts_of(ground, "indicator", Row(ground, ground.rows[0], period=each))


def _cell(column: Column, each: Any, facts: Facts, row: Any) -> dict[str, Any]:
    if each is not None and isinstance(row, Row):
        facts = facts_of(row.ground, "indicator", replace(row, period=each))
    elif each is not None:
        facts = facts_of(row.ground, "indicator", Row(row.ground, each, unit=row.row))
    text, tokens = flat(filled(column.say, facts), capital=False)
    name = alone(column.say)
    value = facts(name).value if name and tokens else None
    return {"text": text, "tokens": tokens, "value": str(value) if value is not None else None}


def _chart(made: Made, block: BlockText, ground: Ground) -> Made:
    """The course of an indicator: the one that is named, else the first with a course."""
    row = ground.row(block.only[0]) if block.only else ground.drawn
    if row is None or not any(dot.value is not None for dot in row.dots):
        return made
    drawn = {**chart_of(row.indicator, ground.points(row), row), "width": WIDTH}
    caption = flat(filled(block.text or "{name} qua các kỳ", facts_of(ground, "indicator", Row(ground, row))))[0]
    return replace(made, text=caption, data={"spec": drawn, "indicator": row.indicator.code, "unit": ground.whose.pk})
