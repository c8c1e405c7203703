"""Tables that a page lost on its way to plain text: every cell on a line of its own, or closed by a line "|"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from khue.language.source import Line

_FIRST = frozenset({"tt", "stt", "số tt", "số thứ tự"})
_ONE = re.compile(r"\(?(?:1|i)\)?\.?", re.I)
_MOST_COLUMNS = 12
_LONGEST_CELL = 3000
"""Code points after which what stands between two bars is prose again."""


def celled(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those of such tables put together as cells; other lines stay as they are."""
    return _stacked(text, _barred(text, lines))


def _barred(text: str, lines: Sequence[Line]) -> list[Line]:
    bars = [index for index, line in enumerate(lines) if text[line.start : line.end].strip() == "|"]
    kept: list[Line] = []
    at, table = 0, -1000
    for place, bar in enumerate(bars):
        if bar <= at or text[lines[bar - 1].start : lines[bar - 1].end].strip().lower() not in _FIRST:
            continue
        cells, after = _cells(text, lines, bars, place)
        columns = _columns(text, cells)
        if columns:
            kept += lines[at : bar - 1]
            kept += [
                Line(start, end, "cell", table=table, row=number // columns, column=number % columns)
                for number, (start, end) in enumerate(cells)
                if start < end
            ]
            at, table = after, table - 1
    return [*kept, *lines[at:]]


def _cells(text: str, lines: Sequence[Line], bars: list[int], place: int) -> tuple[list[tuple[int, int]], int]:
    """The cells from the bar at `place` on, and the line after the last of them."""
    first = lines[bars[place] - 1]
    cells = [(first.start, first.end)]
    after = bars[place] + 1
    for bar in bars[place + 1 :]:
        inside = lines[after:bar]
        start, end = (inside[0].start, inside[-1].end) if inside else (lines[bar].start, lines[bar].start)
        if end - start > _LONGEST_CELL or text.count("\n\n\n", start, end):
            break
        cells.append((start, end))
        after = bar + 1
    return cells, after


def _columns(text: str, cells: list[tuple[int, int]]) -> int:
    """How many columns: the cells of the head end where the first row is numbered; 0 when it is not."""
    for number, (start, end) in enumerate(cells[1 : _MOST_COLUMNS + 1], 1):
        if number > 2 and _ONE.fullmatch(text[start:end].strip()):
            return number
    return 0


def _stacked(text: str, lines: list[Line]) -> list[Line]:
    """Tables without bars: a head that begins with "TT", then rows that begin with 1, 2, 3 … and fill all columns."""
    words = [text[line.start : line.end].strip().lower() if line.style == "body" else "" for line in lines]
    kept: list[Line] = []
    at, table = 0, -2000
    for head, word in enumerate(words):
        if head < at or word not in _FIRST:
            continue
        columns = next((n for n in range(3, _MOST_COLUMNS) if words[head + n : head + n + 1] == ["1"]), 0)
        rows = _numbered(words, head + columns, columns) if columns else []
        if rows:
            kept += lines[at:head]
            for row, begin in enumerate([head, *rows]):
                kept += [
                    replace(line, style="cell", table=table, row=row, column=column)
                    for column, line in enumerate(lines[begin : begin + columns])
                ]
            at, table = rows[-1] + columns, table - 1
    return [*kept, *lines[at:]]


def _numbered(words: list[str], start: int, columns: int) -> list[int]:
    """Where the rows begin that are numbered on from 1; none when a row does not fill its columns."""
    rows: list[int] = []
    while words[start : start + 1] == [str(len(rows) + 1)] and start + columns <= len(words):
        rows.append(start)
        start += columns
    return rows if len(rows) > 1 else []
