"""The few things python-docx does not do by itself."""

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from khue.office.word.blank import blank

ALIGN = {
    "l": WD_ALIGN_PARAGRAPH.LEFT,
    "c": WD_ALIGN_PARAGRAPH.CENTER,
    "r": WD_ALIGN_PARAGRAPH.RIGHT,
    "j": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
CAPITAL_MM_PER_POINT = 0.25
"""How wide a bold capital of Times New Roman is, on the average."""


def element(name: str, **attributes: str) -> Any:
    """An element `w:name` with attributes of the same name space."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def write(paragraph: Any, text: str, size: float, *, align: str = "l", bold: bool = False, italic: bool = False) -> Any:
    """Append text to a paragraph and set the paragraph close together; returns the run."""
    if paragraph._p.pPr is None:
        paragraph._p.insert(0, deepcopy(_close(align)))
    else:
        _set_close(paragraph, align)
    run = paragraph.add_run(text)
    run._r.insert(0, deepcopy(_letters(size, bold, italic)))
    return run


def _set_close(paragraph: Any, align: str) -> None:
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)


@cache
def _close(align: str) -> Any:
    """What says so of a paragraph: to put it together for each of a long table takes most of what the table takes."""
    paragraph = blank().add_paragraph()
    _set_close(paragraph, align)
    return paragraph._p.pPr


@cache
def _letters(size: float, bold: bool, italic: bool) -> Any:
    """How the letters of a run look."""
    run = blank().add_paragraph().add_run()
    run.font.size = Pt(size)
    run.bold, run.italic = bold, italic
    return run._r.rPr


def rule(paragraph: Any, share: float, width_mm: float) -> None:
    """Make an empty paragraph a thin line over `share` of a column of `width_mm`, centred."""
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz="6", space="1", color="000000"))
    paragraph._p.get_or_add_pPr().append(borders)
    indent = Mm(width_mm * (1 - share) / 2)
    shape.left_indent = shape.right_indent = indent


def boxed(paragraph: Any, text: str, size: float, width_mm: float) -> None:
    """Write a mark in capitals in a frame as wide as its words, in the middle of a column of `width_mm`."""
    write(paragraph, text, size, align="c", bold=True)
    borders = element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(side, val="single", sz="6", space="2", color="000000"))
    paragraph._p.get_or_add_pPr().append(borders)
    words = len(text) * size * CAPITAL_MM_PER_POINT + 6
    shape = paragraph.paragraph_format
    shape.space_before = Pt(6)
    shape.left_indent = shape.right_indent = Mm(max(0, (width_mm - words) / 2))


def borderless_row(document: Any, widths_mm: Sequence[float]) -> list[Any]:
    """Cells side by side without lines, in a table of one row."""
    table = document.add_table(rows=1, cols=len(widths_mm))
    set_widths(table, widths_mm)
    keep_whole(table.rows[0])
    return list(table.rows[0].cells)


def set_widths(table: Any, widths_mm: Sequence[float]) -> None:
    """Fix the columns of a table; Word reads the cells' widths, LibreOffice the columns'."""
    table.autofit = False
    widths = [Mm(width) for width in widths_mm]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def page_number(section: Any, size: float) -> None:
    """Arabic page numbers centred in the top margin, none on the first page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    run = write(paragraph, "", size, align="c")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = text
            run._r.append(instruction)


def keep_whole(row: Any) -> None:
    """Let no page end within a table's row."""
    row._tr.get_or_add_trPr().append(element("cantSplit", val="true"))


def repeat_header(row: Any) -> None:
    """Have a table's row printed again at the top of each page."""
    row._tr.get_or_add_trPr().append(element("tblHeader", val="true"))
