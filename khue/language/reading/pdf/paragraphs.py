"""Rows of type joined into the paragraphs that the author wrote."""

import re
from itertools import pairwise
from statistics import median

from khue.language.encodings.syllable import is_syllable
from khue.language.reading.draft import marked
from khue.language.reading.pdf.shapes import Column, Row

_ENDS = tuple(".;:!?…")
_OPENING = "(“\"‘'«["
_INDENT, _ALIGNED = 0.6, 4.0
_FAR, _OTHER_SIZE = 1.75, 0.16
_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
"""The name of the state heads every official document (Decree 30/2020/NĐ-CP) and is one line wherever it is broken."""
_FULL, _EXACT = 0.96, 1.5
_RUNNING = 10
"""A narrow column of more rows is running text."""
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"^[^\W\d_]+")


def paragraphs_of(column: Column) -> list[list[Row]]:
    """The rows of a column, one list a paragraph."""
    usual = _leading(column.rows)
    paragraphs: list[list[Row]] = []
    for row in column.rows:
        if paragraphs and not _begins(paragraphs[-1], row, column, usual):
            paragraphs[-1].append(row)
        else:
            paragraphs.append([row])
    return paragraphs


def continues(paragraph: list[Row], before: Column, column: Column) -> bool:
    """Whether a paragraph at the foot of a column runs on at the top of the next one, on the same page or the next."""
    if paragraph[-1].text.endswith(_ENDS):
        return False
    shift = 0.0 if column.wide else column.left - before.left
    moved = [_moved(row, shift) for row in paragraph]
    both = Column([*before.rows, *column.rows], column.left, max(column.right, before.right + shift))
    both.wide, both.bounded = column.wide, column.bounded
    return not _begins(moved, column.rows[0], both, usual=None)


def _moved(row: Row, shift: float) -> Row:
    return Row([word._replace(left=word.left + shift, right=word.right + shift) for word in row.words])


def runs(column: Column) -> bool:
    """Whether a column is running text, which goes on at the top of the next column."""
    return len(column.rows) > _RUNNING


def text_of(rows: list[Row]) -> str:
    """The text of a paragraph; words and signs that the end of a row cut in two are whole again."""
    text = rows[0].text
    for row in rows[1:]:
        text = _rejoined(text, row.text)
    return text


def _leading(rows: list[Row]) -> float:
    steps = [b.bottom - a.bottom for a, b in pairwise(rows) if b.bottom > a.bottom]
    return median(steps) if len(steps) > 2 else 1.45 * (rows[0].height if rows else 0)


def _begins(paragraph: list[Row], row: Row, column: Column, usual: float | None) -> bool:
    last = paragraph[-1]
    if abs(row.height - last.height) > _OTHER_SIZE * max(row.height, last.height):
        return True
    if usual is not None and row.bottom - last.bottom > max(_FAR * usual, 1.2 * usual + 0.5 * row.height):
        return True
    if _cut(last.text) or not (_starts_anew(last, row) or marked(row.text)):
        return False
    if f"{text_of(paragraph)} {row.text}".upper().replace("HOÀ", "HÒA") in _STATE:
        return False
    if marked(row.text) and not _runs_into(last, row, column):
        return True
    if _centred(last, row, column):
        full = last.right - last.left + _room(last, row) > _FULL * (column.right - column.left)
        return not (full and column.bounded)
    if not column.bounded and not _has_margin(column):
        return True
    if last.right + _room(last, row) < column.right - 0.25 * last.height:
        # The first word of the row would have found room: there the author ended the paragraph.
        return True
    if last.right < column.right - 2 * _EXACT and _justified(column):
        return True
    return _indented(paragraph, row, column)


def _cut(text: str) -> bool:
    """Whether a row ends within a sign such as 345/KH-UBND."""
    return len(text) > 1 and text[-1] in "-/\xad" and text[-2].isalnum()


def _runs_into(last: Row, row: Row, column: Column) -> bool:
    """A full row in the middle of a sentence: "Điều 5" or "- 2030" at the beginning of the next one is no new item."""
    full = last.right + _room(last, row) >= column.right - 0.25 * last.height
    return column.bounded and full and not last.text.endswith(_ENDS) and row.left <= last.left + 1


def _starts_anew(last: Row, row: Row) -> bool:
    """Not within a sentence: no small letter begins the row, or what was before had come to its end."""
    return not row.text.lstrip(_OPENING)[:1].islower() or last.text.endswith(_ENDS)


def _justified(column: Column) -> bool:
    """Whether rows are stretched to end exactly at the right margin; then one that does not is the last of its kind."""
    return _at_margin(column, _EXACT) >= max(3, 0.4 * len(column.rows))


def _at_margin(column: Column, tolerance: float) -> int:
    return sum(abs(row.right - column.right) < tolerance for row in column.rows)


def _room(last: Row, row: Row) -> float:
    """What the first word of a row would take up at the end of the one before."""
    return 0.25 * last.height + row.words[0].right - row.words[0].left


def _has_margin(column: Column) -> bool:
    """Whether rows of a narrow column reach a common right margin, as running text does and a letterhead does not."""
    if runs(column):
        return True
    return _at_margin(column, _ALIGNED) >= max(3, len(column.rows) / 2)


def _centred(last: Row, row: Row, column: Column) -> bool:
    """Both rows, or the one and the narrower other, stand on one axis away from the left margin."""
    same_axis = abs((last.left + last.right) - (row.left + row.right)) < 2 * _ALIGNED
    if column.wide:
        middle = abs(row.left + row.right - column.left - column.right) < 4 * _ALIGNED
        return same_axis and middle and min(last.left, row.left) > column.left + _ALIGNED
    return same_axis and abs(last.left - row.left) > 1


def _indented(paragraph: list[Row], row: Row, column: Column) -> bool:
    """The row begins further right than the text it would continue; items of a list hang, so theirs may."""
    indent = _INDENT * row.height
    last = paragraph[-1]
    if len(paragraph) > 1:
        return row.left > last.left + indent
    hanging = marked(paragraph[0].text) and row.left <= column.left + 8 * row.height
    return (row.left > last.left + indent and not hanging) or _both_first(last, row, column)


def _both_first(last: Row, row: Row, column: Column) -> bool:
    """Two full rows at the same indent are two first rows, where text stands further left."""
    same = abs(row.left - last.left) < 1
    return same and column.wide and row.left > column.left + 1.2 * row.height and last.text.endswith(_ENDS)


def _rejoined(text: str, following: str) -> str:
    if len(text) < 2 or text[-2].isspace() or not text.endswith(("\xad", "-", "/")):
        return f"{text} {following}"
    if text.endswith("/"):
        return text + following
    head = text[:-1]
    before, after = _LAST_WORD.search(head), _FIRST_WORD.search(following)
    if before and after and before[0].islower() and after[0].islower():
        vietnamese = is_syllable(before[0]) and is_syllable(after[0]) and not (before[0] + after[0]).isascii()
        return f"{head}-{following}" if vietnamese else head + following
    return f"{head}-{following}"
