"""The body of a Word document in reading order: paragraphs, tables, text boxes, and the notes at the end."""

from dataclasses import replace

from lxml import etree

from khue.language.reading.docx.numbering import Numbering
from khue.language.reading.docx.package import Package, value, w
from khue.language.reading.docx.runs import Runs
from khue.language.reading.docx.styles import Look, Styles, numbering_of, outline_of
from khue.language.reading.draft import Draft, Place, Progress

_BODY_OUTLINE = 9
_DROPPED = frozenset({w("del"), w("moveFrom"), w("sectPr"), w("sdtPr"), w("tblPr"), w("tblGrid"), w("trPr"), w("tcPr")})


class Body:
    """Writes one document into a draft."""

    def __init__(self, package: Package, draft: Draft) -> None:
        self._package, self._draft = package, draft
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._runs = Runs(self._styles)
        self._notes: list[tuple[str, str]] = []
        self._carried = ""
        """Text of a paragraph whose end was deleted with tracking on: it runs on into the next one."""

    def write(self, progress: Progress) -> None:
        blocks = list(self._package.body)
        for done, block in enumerate(blocks, 1):
            self._block(block, Place())
            if done % 500 == 0 or done == len(blocks):
                progress(done, len(blocks))
        self._write_notes()

    def _blocks(self, parent: etree._Element, place: Place) -> None:
        for block in parent:
            self._block(block, place)

    def _block(self, block: etree._Element, place: Place) -> None:
        if block.tag == w("p"):
            self._paragraph(block, place)
        elif block.tag == w("tbl"):
            self._table(block)
        elif block.tag not in _DROPPED:
            self._blocks(block, place)

    def _paragraph(self, paragraph: etree._Element, place: Place) -> None:
        properties = paragraph.find(w("pPr"))
        style, look = self._styles.of_paragraph(properties)
        read = self._runs.read(paragraph, look)
        self._notes += read.notes
        text, self._carried = self._carried + read.text, ""
        if look.contents:
            return
        if _end_deleted(properties):
            self._carried = text
        elif text.strip():
            self._write_paragraph(text, properties, style, look, place)
        for box in read.boxes:
            self._blocks(box, replace(place, depth=0))

    def _write_paragraph(
        self, text: str, properties: etree._Element | None, style: str, look: Look, place: Place
    ) -> None:
        label, depth = self._label(properties, style, look)
        own = outline_of(properties)
        outline = own if own is not None else look.outline
        if outline is not None and outline < _BODY_OUTLINE:
            depth = outline + 1
            place = place if place.style == "cell" else replace(place, style="heading")
        self._draft.add(f"{label} {text.lstrip()}" if label else text, replace(place, depth=depth))

    def _label(self, properties: etree._Element | None, style: str, look: Look) -> tuple[str, int]:
        own, inherited = numbering_of(properties), look.numbering
        num_id, level = own or inherited or (None, None)
        if num_id is None and inherited:
            num_id = inherited[0]
        if not num_id or num_id == "0":
            return "", 0
        if level is None:
            tied = self._numbering.level_of_style(num_id, style)
            level = tied if tied is not None else (inherited or (None, None))[1] or 0
        return self._numbering.label(num_id, level), level + 1

    def _table(self, table: etree._Element) -> None:
        number = self._draft.new_table()
        for row_number, row in enumerate(row for row in _descend(table, "tr") if not _deleted(row)):
            column = _before(row)
            for cell in _descend(row, "tc"):
                properties = cell.find(w("tcPr"))
                if value(properties, "vMerge") in (None, "restart"):
                    self._blocks(cell, Place("cell", 0, number, row_number, column))
                column += _span(properties)

    def _write_notes(self) -> None:
        """Footnotes and endnotes follow the text, in the order in which it refers to them."""
        parts = {kind: self._package.related(kind) for kind in {kind for kind, _ in self._notes}}
        notes = list(self._notes)
        for count, (kind, identifier) in enumerate(notes, 1):
            part = parts[kind]
            found = part.iterchildren() if part is not None else ()
            note = next((el for el in found if el.get(w("id")) == identifier), None)
            for number, paragraph in enumerate(note.iter(w("p")) if note is not None else ()):
                look = self._styles.of_paragraph(paragraph.find(w("pPr")))[1]
                text = self._runs.read(paragraph, look).text.strip()
                self._draft.add(f"[{count}] {text}" if text and number == 0 else text, Place())


def _descend(parent: etree._Element, name: str) -> "list[etree._Element]":
    """Rows of a table or cells of a row, also those inside content controls."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag == w(name):
            found.append(child)
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins")):
            found += _descend(child, name)
    return found


def _deleted(row: etree._Element) -> bool:
    properties = row.find(w("trPr"))
    return properties is not None and properties.find(w("del")) is not None


def _end_deleted(properties: etree._Element | None) -> bool:
    mark = properties.find(w("rPr")) if properties is not None else None
    return mark is not None and mark.find(w("del")) is not None


def _before(row: etree._Element) -> int:
    return _whole(value(row.find(w("trPr")), "gridBefore"), 0)


def _span(properties: etree._Element | None) -> int:
    return max(1, _whole(value(properties, "gridSpan"), 1))


def _whole(text: str | None, otherwise: int) -> int:
    digits = text or ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else otherwise
