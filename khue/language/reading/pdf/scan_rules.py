"""The straight lines on the image of a scanned page: borders of tables, told from letters by their length."""

import re
from itertools import groupby

from khue.language.reading.pdf.shapes import Rule

_DARK = 140
_LONG, _HIGH = 34.0, 20.0
"""Points, level and upright; no stroke of a letter in running text is as long."""
_THICK = 4.0
_MOST = 400
_INK = bytes(1 if grey < _DARK else 0 for grey in range(256))


def rules_on(grey: bytes, width: int, height: int, scale: float) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules of a grey image, in points; `scale` is how many points a pixel measures."""
    ink = grey.translate(_INK)
    long, high = (re.compile(b"\x01{%d,}" % max(8, round(least / scale))) for least in (_LONG, _HIGH))
    level = [(y, found.span()) for y in range(height) for found in long.finditer(ink, y * width, (y + 1) * width)]
    level = [(y, (start - y * width, end - y * width)) for y, (start, end) in level]
    upright = [(x, found.span()) for x in range(width) for found in high.finditer(ink[x::width])]
    rules = _strokes(level, scale), _strokes(upright, scale)
    # A dark photograph is all runs: no table is drawn like that.
    return rules if max(map(len, rules)) <= _MOST else ([], [])


def _strokes(runs: list[tuple[int, tuple[int, int]]], scale: float) -> list[Rule]:
    """Runs on neighbouring pixel lines that overlap are one stroke; a thick one is a picture, not a rule."""
    strokes: list[list[int]] = []
    """First and last pixel line, start, end."""
    open_strokes: list[list[int]] = []
    for line, group in groupby(runs, key=lambda run: run[0]):
        still_open = []
        for _, (start, end) in group:
            stroke = next((s for s in open_strokes if s[1] >= line - 2 and s[2] < end and start < s[3]), None)
            if stroke is None:
                stroke = [line, line, start, end]
                strokes.append(stroke)
            else:
                stroke[1:] = [line, min(stroke[2], start), max(stroke[3], end)]
            still_open.append(stroke)
        open_strokes = [s for s in open_strokes if s[1] >= line - 2 and s not in still_open] + still_open
        if len(strokes) > 20 * _MOST:
            break
    thin = [s for s in strokes if (s[1] - s[0]) * scale <= _THICK]
    return [Rule((a + b) / 2 * scale, start * scale, end * scale) for a, b, start, end in thin]
