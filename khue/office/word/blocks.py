"""The body of a paper: paragraphs, headings, lists, tables, pictures."""

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt

from khue.office.word.elements import ALIGN, repeat_header, set_widths, write
from khue.office.word.paper import Block, Heading, Item, Paragraph, Picture, Table


def write_blocks(document: Any, blocks: Sequence[Block], look: dict[str, Any]) -> None:
    """Append blocks to the document in the layout `look`."""
    for block in blocks:
        match block:
            case Paragraph():
                italic = block.italic or (block.basis and look["body"]["bases_italic"])
                _running(document, block.text, look, bold=block.bold, italic=italic)
            case Heading():
                _running(document, block.text, look, bold=True, italic=block.level > 2)
            case Item():
                _running(document, f"{block.mark} {block.text}", look)
            case Table():
                _table(document, block, look)
            case Picture():
                _picture(document, block, look)


def _running(document: Any, text: str, look: dict[str, Any], *, bold: bool = False, italic: bool = False) -> None:
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


def _text_width(look: dict[str, Any]) -> float:
    page = look["page"]
    return float(page["width"] - page["margin_left"] - page["margin_right"])


def _caption(document: Any, text: str, look: dict[str, Any]) -> None:
    if text:
        paragraph = document.add_paragraph()
        write(paragraph, text, look["body"]["size"] - 1, align="c", italic=True)
        paragraph.paragraph_format.space_before = Pt(look["body"]["space_before_points"])
        paragraph.paragraph_format.keep_with_next = True


def _table(document: Any, block: Table, look: dict[str, Any]) -> None:
    _caption(document, block.caption, look)
    count = len(block.header)
    align = block.align or "l" * count
    shares = list(block.widths) or [1 / count] * count
    table = document.add_table(rows=1, cols=count, style="Table Grid")
    size = look["body"]["size"] - 2
    for cell, text in zip(table.rows[0].cells, block.header, strict=True):
        write(cell.paragraphs[0], text, size, align="c", bold=True)
    repeat_header(table.rows[0])
    for number, row in enumerate(block.rows):
        bold = block.bold_last and number == len(block.rows) - 1
        for cell, text, side in zip(table.add_row().cells, row, align, strict=True):
            write(cell.paragraphs[0], text, size, align=side, bold=bold)
    width = _text_width(look) / sum(shares)
    set_widths(table, [width * share for share in shares])


def _picture(document: Any, block: Picture, look: dict[str, Any]) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN["c"]
    run = paragraph.add_run()
    shape = run.add_picture(io.BytesIO(block.png))
    widest, tallest = Mm(_text_width(look)), Mm(look["page"]["height"] / 3)
    scale = min(widest / shape.width, tallest / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape._inline.docPr.set("descr", block.alternative or block.caption)
    _caption(document, block.caption, look)
