"""Makes the blocks of a report from its template and the figures: what the figures show, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from khue.indicators.composing.facts import MeasureRow, SetRow, UnitOf, facts_of
from khue.indicators.composing.ground import Ground
from khue.indicators.composing.indicator_facts import Row
from khue.indicators.composing.patterns import Facts, alone, filled, hold, said
from khue.indicators.composing.values import BlockText, Column, Made, Template
from khue.indicators.composing.words import words_of
from khue.indicators.pieces import Pieces, flat
from khue.indicators.rules.comparing import courses_chart, targets_chart, units_chart
from khue.indicators.rules.courses import chart_of
from khue.indicators.rules.progress import Standing
from khue.indicators.rules.steps import last_periods
from khue.office.vietnamese import in_vietnamese

WIDTH = 560
"""Of a chart, in points of its drawing."""
ACROSS = 3
"""Indicators beside each other in a table of units, where the template names none: more cannot be read."""


def make(template: Template, ground: Ground) -> list[Made]:
    """Every block of the template; one that does not apply to this period, or to these figures, is empty."""
    return made_of(template.blocks, ground)


@in_vietnamese()
def made_of(blocks: Iterable[BlockText], ground: Ground) -> list[Made]:
    """The same for single blocks, such as somebody added to a report."""
    return [_made(block, ground) for block in blocks]


@in_vietnamese()
def subject_of(template: Template, ground: Ground) -> str:
    """What the report is about, for its heading."""
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
            return _of_lines(empty, list(words_of(block, ground)))
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
    """A line for each row: its sentences one after another; without rows a line for each sentence, or one for all."""
    if not block.rows and not block.together:
        yield from said(block.sentences, facts_of(ground))
        return
    for facts in [facts_of(ground)] if block.together else [facts for facts, _row in _rows(block, ground)]:
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


def _chosen(block: BlockText, ground: Ground) -> list[Standing]:
    """The indicators that the block names, or all."""
    return [row for code in block.only if (row := ground.row(code))] if block.only else ground.rows


def _all_rows(block: BlockText, ground: Ground) -> list[Any]:
    match block.rows:
        case "indicator":
            return [Row(ground, row) for row in _chosen(block, ground)]
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
    there = [[(column, _facts_in(each, facts, row)) for column, each in columns] for facts, row in _rows(block, ground)]
    if not there:
        return made
    heads = [flat(filled(column.head, _head_facts(ground, each)))[0] for column, each in columns]
    sides = "".join("r" if any(_is_figure(*row[place]) for row in there) else "l" for place in range(len(heads)))
    rows = [[_cell(column, facts) for column, facts in row] for row in there]
    caption, tokens = flat(filled(block.text, facts_of(ground)))
    return replace(made, text=caption, tokens=tokens, data={"head": heads, "sides": sides, "rows": rows})


def _spread(column: Column, block: BlockText, ground: Ground) -> list[tuple[Column, Any]]:
    """A column once, or once for each of what it stands for."""
    if column.each == "period":
        return [(column, one) for one in last_periods(_chosen(block, ground), column.most)]
    if column.each == "indicator":
        return [(column, one) for one in ground.columns(column.most, block.only)]
    return [(column, None)]


def _head_facts(ground: Ground, each: Any) -> Facts:
    if each is None:
        return facts_of(ground)
    if hasattr(each, "version"):
        return facts_of(ground, "indicator", Row(ground, each))
    return facts_of(ground, "indicator", Row(ground, ground.rows[0], period=each))


def _facts_in(each: Any, facts: Facts, row: Any) -> Facts:
    """What the names in a cell stand for: in a column for one period, or one indicator, also that."""
    if each is not None and isinstance(row, Row):
        return facts_of(row.ground, "indicator", replace(row, period=each))
    return facts_of(row.ground, "indicator", Row(row.ground, each, unit=row.row)) if each is not None else facts


def _is_figure(column: Column, facts: Facts) -> bool:
    name = alone(column.say)
    return bool(name) and facts(name).is_figure


def _cell(column: Column, facts: Facts) -> dict[str, Any]:
    text, tokens = flat(filled(column.say, facts), capital=False)
    value = facts(alone(column.say)).value if _is_figure(column, facts) else None
    return {"text": text, "tokens": tokens, "value": str(value) if value is not None else None}


def _chart(made: Made, block: BlockText, ground: Ground) -> Made:
    """The course of indicators; by `rows` units beside each other, or indicators against their targets. Of those that
    are named; else the first that has a course, or all."""
    known = _chosen(block, ground)
    row = (known[0] if known else None) if block.only else ground.drawn
    spec, facts = None, facts_of(ground)
    if block.rows == "indicator":
        shares = [one for one in known if one.share is not None]
        spec = targets_chart(shares) if len(shares) > 1 else None
    elif row is not None:
        facts = facts_of(ground, "indicator", Row(ground, row))
        spec = (
            _units_drawn(row, ground)
            if block.rows == "unit"
            else _course_drawn(row, known if block.only else [], ground)
        )
    if spec is None:
        return made
    where = {
        "unit": ground.whose.pk,
        **({"indicator": row.indicator.code} if row and block.rows != "indicator" else {}),
    }
    return replace(made, text=flat(filled(block.text, facts))[0], data={"spec": {**spec, "width": WIDTH}, **where})


def _course_drawn(row: Standing, known: list[Standing], ground: Ground) -> dict[str, Any] | None:
    """The course of one indicator with its target; of several those that are counted in the unit of the first."""
    alike = [one for one in known if one.version.unit_of_measure == row.version.unit_of_measure]
    drawn = [one for one in alike or [row] if any(dot.value is not None for dot in one.dots)]
    if len(drawn) > 1:
        return courses_chart([(one, ground.points(one)) for one in drawn])
    return chart_of(drawn[0].indicator, ground.points(drawn[0]), drawn[0]) if drawn else None


def _units_drawn(row: Standing, ground: Ground) -> dict[str, Any] | None:
    values = [(one.unit.name, one.values.get(row.indicator.pk)) for one in ground.units([row])]
    known = [(name, value) for name, value in values if value is not None]
    return units_chart(row, known) if len(known) > 1 else None
