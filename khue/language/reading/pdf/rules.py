"""The straight lines drawn on a PDF page: borders of tables."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from khue.language.reading.pdf.shapes import Rule
from khue.language.reading.pdf.words import Turn

_THIN = 2.5
_SHORT = 4.0
_MOST_PATHS = 5000
_Box = tuple[float, float, float, float]


def rules_of(page: pdfium.PdfPage, turn: Turn) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules. A page with thousands of paths is a drawing: it has none."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for number, path in enumerate(page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if number >= _MOST_PATHS:
            return [], []
        for box in _boxes(path):
            left, top, right, bottom = _turned(box, turn)
            if bottom - top <= _THIN and right - left >= _SHORT:
                level.append(Rule((top + bottom) / 2, left, right))
            elif right - left <= _THIN and bottom - top >= _SHORT:
                upright.append(Rule((left + right) / 2, top, bottom))
    return level, upright


def _boxes(path: pdfium.PdfObject) -> Iterator[_Box]:
    """The box of a thin path, or the boxes of the strokes of a large one. A filled area draws no line."""
    left, bottom, right, top = path.get_bounds()
    if min(right - left, top - bottom) <= _THIN:
        yield left, bottom, right, top
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if raw.FPDFPath_GetDrawMode(path.raw, fill, stroke) and stroke.value:
        yield from _strokes(path)


def _strokes(path: pdfium.PdfObject) -> Iterator[_Box]:
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path.raw), _MOST_PATHS)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield _between(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield _between(last, first)


def _between(a: tuple[float, float], b: tuple[float, float]) -> _Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _turned(box: _Box, turn: Turn) -> _Box:
    x0, y0, x1, y1 = turn(box[0], box[3], box[2], box[1])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
