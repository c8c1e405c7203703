"""An official paper as .docx, laid out as Decree 30/2020 (or the Party's guideline) asks."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from khue.office.word.blocks import write_blocks
from khue.office.word.elements import borderless_row, page_number, rule, write
from khue.office.word.layout import layout
from khue.office.word.paper import Block, Item, OfficialPaper, Paragraph


def official(paper: OfficialPaper) -> bytes:
    """The paper as .docx."""
    look = layout(paper.layout)
    document = Document()
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


def _header(document: Any, paper: OfficialPaper, look: dict[str, Any]) -> None:
    """Issuing body with number on the left, motto with date on the right."""
    header, widths = look["header"], _widths(look)
    left, right = borderless_row(document, widths)
    lines = [(paper.parent_body.upper(), False)] if paper.parent_body else []
    _stack(left, [*lines, (paper.body.upper(), True)], [header["body_size"]] * 2)
    if header["under_body"] == "asterisk":
        write(left.add_paragraph(), "*", header["body_size"], align="c", bold=True)
    else:
        rule(left.add_paragraph(), 0.4, widths[0])
    _stack(right, [(line, True) for line in header["motto"]], header["motto_sizes"])
    rule(right.add_paragraph(), 0.75, widths[1])
    left, right = borderless_row(document, widths)
    number = f"{header['number_label']}{paper.number or '      '}{header['separator']}{paper.sign}"
    write(left.paragraphs[0], number, header["number_size"], align="c")
    day = written_date(paper.place, paper.issued_on, header["date_pad_months_below"])
    write(right.paragraphs[0], day, header["date_size"], align="c", italic=True)
    if not paper.type_name:
        title = look["title"]
        subject = title["letter_prefix"] + paper.subject
        write(left.add_paragraph(), subject, title["letter_size"], align="c", italic=title["letter_italic"])
    if mark := look["marks"]["urgency"][paper.urgency]:
        write(left.add_paragraph(), mark, look["marks"]["size"], align="c", bold=True)
    if paper.circulation:
        write(left.add_paragraph(), paper.circulation.upper(), look["marks"]["size"], align="c", bold=True)


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
    subject = document.add_paragraph()
    write(subject, paper.subject, look["body"]["size"], align="c", bold=True)
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
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if isinstance(block, Paragraph | Item):
            blocks[place] = replace(block, text=block.text.rstrip(" .;/") + look["body"]["end_mark"])
            break
    return blocks


def _footer(document: Any, paper: OfficialPaper, look: dict[str, Any]) -> None:
    """Recipients on the left, signature on the right."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)
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


def _appendices(document: Any, paper: OfficialPaper, look: dict[str, Any]) -> None:
    for number, (title, blocks) in enumerate(paper.appendices, 1):
        document.add_page_break()
        label = "Phụ lục" if len(paper.appendices) == 1 else f"Phụ lục {_roman(number)}"
        write(document.add_paragraph(), label, look["body"]["size"], align="c", bold=True)
        write(document.add_paragraph(), title.upper(), look["body"]["size"], align="c", bold=True)
        sign = f"{paper.number or '…'}{look['header']['separator']}{paper.sign}"
        day = paper.issued_on.strftime("%d/%m/%Y") if paper.issued_on else "…"
        origin = f"(Kèm theo văn bản số {sign} ngày {day} của {paper.body})"
        write(document.add_paragraph(), origin, look["body"]["size"], align="c", italic=True)
        write_blocks(document, list(blocks), look)


def _roman(number: int) -> str:
    figures = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, figure in figures:
        while number >= value:
            text, number = text + figure, number - value
    return text
