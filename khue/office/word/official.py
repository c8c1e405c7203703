"""An official paper as .docx, laid out as Decree 30/2020 (or the Party's guideline) asks."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from khue.office.word.blank import blank
from khue.office.word.blocks import write_blocks
from khue.office.word.elements import borderless_row, boxed, element, page_number, rule, write
from khue.office.word.layout import layout
from khue.office.word.paper import Block, Item, OfficialPaper, Paragraph

UNDER_RULE = 5
"""Points between the line under the issuing body and the number."""
NO_BREAK = "\u00a0"
_OF_PLACE = re.compile(
    r"(?:(?<=NHÂN DÂN )|(?<=ĐẢNG BỘ ))(?:THÀNH PHỐ|TỈNH|QUẬN|HUYỆN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU) .{1,24}$"
)


def official(paper: OfficialPaper) -> bytes:
    """The paper as .docx."""
    look = layout(paper.layout)
    document = blank()
    _page(document, look)
    _header(document, paper, look)
    _title(document, paper, look)
    _addressees(document, paper, look)
    write_blocks(document, _closed(paper, look), look)
    _footer(document, paper, look)
    _appendices(document, paper, look)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written_date(place: str, day: date | None, pad_months_below: int) -> str:
    """Place and date as they are written: days below 10 and the first months get a zero, others do not."""
    if day is None:
        return f"{place}, ngày      tháng      năm"
    month = f"{day.month:02d}" if day.month < pad_months_below else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def _page(document: Any, look: dict[str, Any]) -> None:
    page, section = look["page"], document.sections[0]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Mm(page[f"margin_{side}"]))
    style = document.styles["Normal"]
    style.font.name, style.font.size = page["font"], Pt(look["body"]["size"])
    style.element.rPr.rFonts.set(qn("w:eastAsia"), page["font"])
    page_number(section, page["page_number_size"])


def _widths(look: dict[str, Any]) -> tuple[float, float]:
    page = look["page"]
    width = page["width"] - page["margin_left"] - page["margin_right"]
    return width * 0.42, width * 0.58


def _form(code: str) -> str:
    """How a form bears its code: "Mẫu C0-KQTrC"; some codes say so themselves, as "Mẫu 2" or "Mẫu hợp đồng"."""
    return code if code.startswith("Mẫu") else f"Mẫu {code}"


def _header(document: Any, paper: OfficialPaper, look: dict[str, Any]) -> None:
    """Issuing body with number on the left, motto with date on the right."""
    if paper.form_code:
        write(document.add_paragraph(), _form(paper.form_code), look["recipients"]["size"], align="r", italic=True)
    header, widths = look["header"], _widths(look)
    left, right = borderless_row(document, widths)
    lines = [(held(paper.parent_body.upper()), False)] if paper.parent_body else []
    _stack(left, [*lines, (held(paper.body.upper()), True)], [header["body_size"]] * 2)
    if header["under_body"] == "asterisk":
        write(left.add_paragraph(), "*", header["body_size"], align="c", bold=True)
    else:
        rule(left.add_paragraph(), 0.4, widths[0])
    _stack(right, [(line, True) for line in header["motto"]], header["motto_sizes"])
    rule(right.add_paragraph(), 0.75, widths[1])
    left, right = borderless_row(document, widths)
    number = f"{header['number_label']}{paper.number or '      '}{header['separator']}{paper.sign}"
    write(left.paragraphs[0], number if paper.sign or paper.number else "", header["number_size"], align="c")
    day = written_date(paper.place, paper.issued_on, header["date_pad_months_below"])
    write(right.paragraphs[0], day, header["date_size"], align="c", italic=True)
    left.paragraphs[0].paragraph_format.space_before = Pt(UNDER_RULE)
    right.paragraphs[0].paragraph_format.space_before = Pt(UNDER_RULE)
    if not paper.type_name and paper.subject:
        title = look["title"]
        subject = title["letter_prefix"] + paper.subject
        write(left.add_paragraph(), subject, title["letter_size"], align="c", italic=title["letter_italic"])
    if mark := look["marks"]["urgency"][paper.urgency]:
        boxed(left.add_paragraph(), mark, look["marks"]["size"], widths[0])
    if paper.circulation:
        boxed(left.add_paragraph(), paper.circulation.upper(), look["marks"]["size"], widths[0])


def held(name: str) -> str:
    """A body's name in capitals that wraps before its place: `ỦY BAN NHÂN DÂN` / `THÀNH PHỐ HÀ NỘI`."""
    found = _OF_PLACE.search(name)
    return name if found is None else name[: found.start()] + found[0].replace(" ", NO_BREAK)


def _stack(cell: Any, lines: list[tuple[str, bool]], sizes: list[float]) -> None:
    for number, ((text, bold), size) in enumerate(zip(lines, sizes, strict=False)):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        write(paragraph, text, size, align="c", bold=bold)


def _title(document: Any, paper: OfficialPaper, look: dict[str, Any]) -> None:
    if not paper.type_name:
        return
    size = look["title"]["size"]
    heading = document.add_paragraph()
    write(heading, paper.type_name.upper(), size, align="c", bold=True)
    heading.paragraph_format.space_before = Pt(size)
    if not paper.subject:
        heading.paragraph_format.space_after = Pt(size)
        return
    subject, words = document.add_paragraph(), paper.subject[:1].upper() + paper.subject[1:]
    write(subject, NO_BREAK.join(words.rsplit(" ", 1)), look["body"]["size"], align="c", bold=True)
    line = document.add_paragraph()
    rule(line, 0.3, sum(_widths(look)))
    line.paragraph_format.space_after = Pt(size)


def _addressees(document: Any, paper: OfficialPaper, look: dict[str, Any]) -> None:
    if not paper.addressees:
        return
    size = look["recipients"]["addressees_size"]
    lines = list(paper.addressees)
    if len(lines) == 1:
        text = f"Kính gửi: {lines[0]}"
    else:
        text = "Kính gửi:\n" + ";\n".join(f"- {line}" for line in lines) + "."
    paragraph = document.add_paragraph()
    write(paragraph, text, size, align="c" if len(lines) == 1 else "l")
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(size)
    if len(lines) > 1:
        paragraph.paragraph_format.left_indent = Mm(35)


def _closed(paper: OfficialPaper, look: dict[str, Any]) -> list[Block]:
    """The blocks, the last running text ending with the layout's end mark."""
    blocks = list(paper.blocks)
    if not (paper.sign or paper.number):  # forms end with those who sign them
        return blocks
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if isinstance(block, Paragraph | Item):
            blocks[place] = replace(block, text=block.text.rstrip(" .;/") + look["body"]["end_mark"])
            break
    return blocks


def _footer(document: Any, paper: OfficialPaper, look: dict[str, Any]) -> None:
    """Recipients on the left, signature on the right."""
    if not (paper.signature.name or paper.signature.post or paper.recipients):
        return
    _keep_with_signature(document)
    recipients, signed = look["recipients"], look["signature"]
    left, right = borderless_row(document, [sum(_widths(look)) / 2] * 2)
    write(left.paragraphs[0], recipients["label"], recipients["label_size"], bold=True, italic=True)
    archive = recipients["archive"] + (f", {paper.archive_units}." if paper.archive_units else ".")
    for line in [*(f"- {recipient};" for recipient in paper.recipients), archive]:
        write(left.add_paragraph(), line, recipients["size"])
    signature = paper.signature
    lines = [signature.post.upper()]
    if signature.on_behalf:
        prefix = signed["on_behalf"][signature.on_behalf]
        lines = [f"{prefix} {signature.authority.upper()}".strip(), *lines]
    _stack(right, [(line, True) for line in lines if line], [signed["size"]] * 2)
    for _gap in range(4):
        right.add_paragraph().paragraph_format.space_after = Pt(0)
    write(right.add_paragraph(), signature.name, signed["size"], align="c", bold=True)


def _keep_with_signature(document: Any) -> None:
    """No signature stands alone on a page: the end of the text goes with it."""
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.keep_with_next = Pt(0), True


def _appendices(document: Any, paper: OfficialPaper, look: dict[str, Any]) -> None:
    for number, (title, blocks) in enumerate(paper.appendices, 1):
        _new_numbering(document)
        label = "Phụ lục" if len(paper.appendices) == 1 else f"Phụ lục {_roman(number)}"
        write(document.add_paragraph(), label, look["body"]["size"], align="c", bold=True)
        write(document.add_paragraph(), title.upper(), look["body"]["size"], align="c", bold=True)
        sign = f"{paper.number or '…'}{look['header']['separator']}{paper.sign}"
        day = paper.issued_on.strftime("%d/%m/%Y") if paper.issued_on else "…"
        origin = f"(Kèm theo văn bản số {sign} ngày {day} của {paper.body})"
        write(document.add_paragraph(), origin, look["body"]["size"], align="c", italic=True)
        write_blocks(document, list(blocks), look)


def _new_numbering(document: Any) -> None:
    """Each appendix begins a page and its own page numbers, hidden on its first page too."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    turn = document.paragraphs[-1].paragraph_format  # the break stands in a paragraph: it must not fill a page itself
    turn.space_before = turn.space_after = Pt(0)
    turn.line_spacing_rule, turn.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    section._sectPr.append(element("pgNumType", start="1"))


def _roman(number: int) -> str:
    figures = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, figure in figures:
        while number >= value:
            text, number = text + figure, number - value
    return text
