"""The body of a paper: paragraphs, headings, lists, tables, pictures."""

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from khue.office.word.elements import ALIGN, borderless_row, keep_whole, repeat_header, set_widths, write
from khue.office.word.paper import Block, Heading, Item, Paragraph, Picture, Table

SHORT, WHOLE, WIDEST = 5, 10, 90
"""Characters: entries up to the first are centred, up to the second on one line; longer than the third they wrap,
whatever the column."""
OFTEN = 2
"""So many times its mean length is what a column is laid out for: one long entry among short ones wraps."""
LINES = 3
"""Lines that a head may take before its column is widened."""
BOLDER = 1.2
"""A head is in bold letters."""
CAPITAL_MM, LETTER_MM, PADDING_MM, WIDE = 2.7, 2.1, 4.5, "mw%"
"""How wide a bold capital and a letter are in a table, the room that a cell keeps at its sides; letters as wide as a
capital."""


def write_blocks(document: Any, blocks: Sequence[Block], look: dict[str, Any]) -> None:
    """Append blocks to the document in the layout `look`."""
    for block in blocks:
        match block:
            case Paragraph():
                italic = block.italic or (block.basis and look["body"]["bases_italic"])
                _paragraph(document, block, look, italic=italic)
            case Heading():
                heading = _running(document, block.text, look, bold=True, italic=block.level > 2)
                heading.paragraph_format.keep_with_next = True
            case Item():
                _running(document, f"{block.mark} {block.text}", look)
            case Table(signatures=True):
                _signatures(document, block, look)
            case Table():
                _table(document, block, look)
            case Picture():
                _picture(document, block, look)


def _paragraph(document: Any, block: Paragraph, look: dict[str, Any], *, italic: bool) -> None:
    paragraph = _running(document, block.lead or block.text, look, bold=block.bold or bool(block.lead), italic=italic)
    if block.lead:
        paragraph.add_run(block.rest).font.size = Pt(look["body"]["size"])
    if block.centred:
        paragraph.alignment = ALIGN["c"]
        paragraph.paragraph_format.first_line_indent = Mm(0)
        paragraph.paragraph_format.keep_with_next = True


def _running(document: Any, text: str, look: dict[str, Any], *, bold: bool = False, italic: bool = False) -> Any:
    body = look["body"]
    paragraph = document.add_paragraph()
    write(paragraph, text, body["size"], align="j", bold=bold, italic=italic)
    shape = paragraph.paragraph_format
    shape.first_line_indent = Mm(body["first_line_indent"])
    shape.space_before = Pt(body["space_before_points"])
    if pitch := body.get("line_pitch_points"):
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    else:
        shape.line_spacing = body["line_spacing"]
    return paragraph


def _text_width(look: dict[str, Any]) -> float:
    page = look["page"]
    return float(page["width"] - page["margin_left"] - page["margin_right"])


def _caption(document: Any, text: str, look: dict[str, Any], *, above: bool = True) -> None:
    """What a table under it, or a picture above it, shows: on one page with it."""
    if text:
        paragraph = document.add_paragraph()
        write(paragraph, text, look["body"]["size"] - 1, align="c", italic=True)
        paragraph.paragraph_format.space_before = Pt(look["body"]["space_before_points"])
        paragraph.paragraph_format.keep_with_next = above


def _table(document: Any, block: Table, look: dict[str, Any]) -> None:
    _caption(document, block.caption, look)
    align = block.align or sides(block)
    table = document.add_table(rows=1, cols=len(block.header), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    size = look["body"]["size"] - 2
    for cell, text in zip(table.rows[0].cells, block.header, strict=True):
        write(cell.paragraphs[0], text, size, align="c", bold=True)
    repeat_header(table.rows[0])
    width = _text_width(look)
    shares = [width * share / sum(block.widths) for share in block.widths]
    empty = table.add_row()
    keep_whole(empty)
    set_widths(table, shares or column_widths(block, width))
    table._tbl.remove(empty._tr)
    for number, row in enumerate(block.rows):
        bold = block.bold_last and number == len(block.rows) - 1
        line = deepcopy(empty._tr)
        table._tbl.append(line)
        for cell, text, side in zip(line.tc_lst, row, align, strict=True):
            write(WordParagraph(cell.p_lst[0], table), text, size, align=side, bold=bold)


def _signatures(document: Any, block: Table, look: dict[str, Any]) -> None:
    """Titles in bold capitals, the note in italics, room for the hand, the names in bold: kept on one page."""
    document.add_paragraph().paragraph_format.keep_with_next = True
    width = _text_width(look) / len(block.header)
    cells = borderless_row(document, [width] * len(block.header))
    size = look["body"]["size"] - 1
    for place, (cell, title) in enumerate(zip(cells, block.header, strict=True)):
        write(cell.paragraphs[0], title, size, align="c", bold=True)
        column = [row[place] for row in block.rows]
        for text in column[:1]:
            write(cell.add_paragraph(), text, size - 1, align="c", italic=True)
        for _gap in range(4):
            cell.add_paragraph().paragraph_format.space_after = Pt(0)
        for text in column[1:]:
            write(cell.add_paragraph(), text, size, align="c", bold=True)


def sides(block: Table) -> str:
    """Columns of short entries are centred, others begin at the left."""
    return "".join("c" if max(map(len, column), default=0) <= SHORT else "l" for column in _columns(block))


def column_widths(block: Table, total_mm: float) -> list[float]:
    """Millimetres for each column: room for its longest word, and what is left by how long its entries mostly are."""
    words_only, least, wished = [], [], []
    for head, column in zip(block.header, _columns(block), strict=True):
        words = [*head.split(), *(word for cell in column for word in ([cell] if len(cell) <= WHOLE else cell.split()))]
        lengths = [len(cell) for cell in column if len(cell) > 1] or [0]
        entry = max(min(max(lengths), OFTEN * sum(lengths) // len(lengths), WIDEST), len(head) // LINES)
        single = max(map(_width, (word for cell in column for word in cell.split())), default=CAPITAL_MM)
        words_only.append(max([single, *(BOLDER * _width(word) for word in head.split())]) + PADDING_MM)
        least.append(max(words_only[-1], max(map(_width, words), default=CAPITAL_MM) + PADDING_MM))
        wished.append(max(least[-1], entry * LETTER_MM + PADDING_MM))
    if sum(words_only) >= total_mm or sum(wished) <= total_mm:
        fitted = words_only if sum(words_only) >= total_mm else wished
        return [width * total_mm / sum(fitted) for width in fitted]
    # What is short stays on one line where there is room for that; no word is ever cut for it.
    narrow, wide = (words_only, least) if sum(least) >= total_mm else (least, wished)
    share = (total_mm - sum(narrow)) / (sum(wide) - sum(narrow))
    return [low + (high - low) * share for low, high in zip(narrow, wide, strict=True)]


def _width(word: str) -> float:
    """Millimetres of a word in a table."""
    return sum(CAPITAL_MM if letter.isupper() or letter in WIDE else LETTER_MM for letter in word)


def _columns(block: Table) -> list[list[str]]:
    return [[row[place] for row in block.rows] for place in range(len(block.header))]


def _picture(document: Any, block: Picture, look: dict[str, Any]) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN["c"]
    paragraph.paragraph_format.space_before = Pt(look["body"]["space_before_points"])
    paragraph.paragraph_format.keep_with_next = bool(block.caption)
    run = paragraph.add_run()
    shape = run.add_picture(io.BytesIO(block.png))
    widest, tallest = Mm(_text_width(look)), Mm(look["page"]["height"] / 3)
    scale = min(widest / shape.width, tallest / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape._inline.docPr.set("descr", block.alternative or block.caption)
    _caption(document, block.caption, look, above=False)
