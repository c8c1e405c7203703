"""The body of an OpenDocument text in reading order."""

from dataclasses import replace

from lxml import etree

from khue.language.encodings import legacy_font, to_unicode
from khue.language.reading.draft import Draft, Place, Progress
from khue.language.reading.numbers import symbol
from khue.language.reading.odt.names import DRAW, OFFICE, TABLE, TEXT, whole
from khue.language.reading.odt.styles import Face, Styles, label

_DROPPED = frozenset(
    {f"{TEXT}{name}" for name in ("tracked-changes", "table-of-content", "sequence-decls", "variable-decls")}
    | {f"{OFFICE}{name}" for name in ("annotation", "annotation-end", "forms", "event-listeners")}
    | {f"{DRAW}{name}" for name in ("object", "object-ole", "image", "plugin")}
    | {f"{TEXT}ruby-text", f"{TEXT}note-citation"}
)
_MOST_REPEATED = 100
_Counters = dict[int, int]


class _List:
    """A list that is open: its style, its numbers so far, and the nesting."""

    def __init__(self, style: str, counters: _Counters) -> None:
        self.style, self.counters = style, counters
        self.level = 0
        self.numbered = True
        """The next paragraph is the first of its item, which prints the number."""


class Body:
    """Writes one document into a draft."""

    def __init__(self, styles: Styles, draft: Draft) -> None:
        self._styles, self._draft = styles, draft
        self._counters: dict[str, _Counters] = {}
        """Numbers of the last list of each style, and of each list by its identifier."""
        self._outline: _Counters = {}
        self._notes: list[etree._Element] = []
        self._boxes: list[etree._Element] = []

    def write(self, body: etree._Element, progress: Progress) -> None:
        blocks = list(body)
        for done, block in enumerate(blocks, 1):
            self._block(block, Place(), None)
            if done % 500 == 0 or done == len(blocks):
                progress(done, len(blocks))
        for number, note in enumerate(self._notes, 1):
            for first, paragraph in enumerate(note.iter(f"{TEXT}p")):
                text = self._text(paragraph)
                self._draft.add(f"[{number}] {text}" if first == 0 else text, Place())

    def _blocks(self, parent: etree._Element, place: Place, within: _List | None) -> None:
        for block in parent:
            self._block(block, place, within)

    def _block(self, block: etree._Element, place: Place, within: _List | None) -> None:
        if block.tag in (f"{TEXT}p", f"{TEXT}h"):
            self._paragraph(block, place, within)
        elif block.tag == f"{TEXT}list":
            self._list(block, place, within)
        elif block.tag == f"{TABLE}table":
            self._table(block)
        elif block.tag not in _DROPPED:
            self._blocks(block, place, within)

    def _paragraph(self, paragraph: etree._Element, place: Place, within: _List | None) -> None:
        text = self._text(paragraph)
        boxes, self._boxes = self._boxes, []
        depth = within.level + 1 if within else 0
        mark = self._mark(within) if within else ""
        if paragraph.tag == f"{TEXT}h":
            depth = whole(paragraph.get(f"{TEXT}outline-level"), 1)
            mark = mark or ("" if within else self._outline_mark(depth - 1))
            place = place if place.style == "cell" else replace(place, style="heading")
        if text.strip():
            self._draft.add(f"{mark} {text.lstrip()}" if mark else text, replace(place, depth=depth))
        for box in boxes:
            self._blocks(box, replace(place, depth=0), None)

    def _mark(self, within: _List) -> str:
        if not within.numbered:
            return ""
        within.numbered = False
        levels = self._styles.levels(within.style)
        here = levels.get(within.level)
        if here is None:
            return ""
        _count(within.counters, within.level, here.start)
        return symbol(here.bullet) if here.kind is None else label(levels, within.counters, within.level)

    def _outline_mark(self, level: int) -> str:
        here = self._styles.outline.get(level)
        if here is None or not here.kind:
            return ""
        _count(self._outline, level, here.start)
        return label(self._styles.outline, self._outline, level)

    def _list(self, element: etree._Element, place: Place, within: _List | None) -> None:
        style = element.get(f"{TEXT}style-name") or (within.style if within else "")
        if within is None:
            current = _List(style, self._numbers(element, style))
        else:
            current = _List(style, within.counters)
            current.level = within.level + 1
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            current.numbered = item.tag == f"{TEXT}list-item"
            start = item.get(f"{TEXT}start-value")
            if start is not None:
                current.counters[current.level] = whole(start, 1) - 1
            self._blocks(item, place, current)

    def _numbers(self, element: etree._Element, style: str) -> _Counters:
        """Counters of a new list, or of the one that it says it continues."""
        counters: _Counters = {}
        continued = element.get(f"{TEXT}continue-list")
        if continued is not None:
            counters = self._counters.get(f"#{continued}", counters)
        elif element.get(f"{TEXT}continue-numbering") == "true":
            counters = self._counters.get(style, counters)
        self._counters[style] = counters
        identifier = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if identifier:
            self._counters[f"#{identifier}"] = counters
        return counters

    def _table(self, table: etree._Element) -> None:
        number = self._draft.new_table()
        row_number = 0
        for row in _rows(table):
            column = 0
            for cell in row:
                repeated = whole(cell.get(f"{TABLE}number-columns-repeated"), 1)
                if cell.tag == f"{TABLE}table-cell":
                    for shift in range(min(repeated, _MOST_REPEATED)):
                        self._blocks(cell, Place("cell", 0, number, row_number, column + shift), None)
                column += repeated
            row_number += whole(row.get(f"{TABLE}number-rows-repeated"), 1)

    def _text(self, paragraph: etree._Element) -> str:
        face = self._styles.face("paragraph", paragraph.get(f"{TEXT}style-name", ""))
        pieces: list[str] = []
        self._collect(paragraph, face, pieces)
        return "".join(pieces)

    def _collect(self, element: etree._Element, face: Face, pieces: list[str]) -> None:
        pieces.append(_drawn(element.text, face))
        for child in element:
            self._inline(child, face, pieces)
            pieces.append(_drawn(child.tail, face))

    def _inline(self, child: etree._Element, face: Face, pieces: list[str]) -> None:
        tag = child.tag
        if tag == f"{TEXT}s":
            pieces.append(" " * min(whole(child.get(f"{TEXT}c"), 1), 200))
        elif tag == f"{TEXT}tab":
            pieces.append("\t")
        elif tag == f"{TEXT}line-break":
            pieces.append("\n")
        elif tag == f"{TEXT}note":
            self._notes.append(child)
        elif tag == f"{DRAW}text-box":
            self._boxes.append(child)
        elif tag not in _DROPPED:
            own = self._styles.face("text", child.get(f"{TEXT}style-name", "")) if tag == f"{TEXT}span" else Face()
            said = {part: value for part, value in own._asdict().items() if value is not None}
            self._collect(child, face._replace(**said), pieces)


def _count(counters: _Counters, level: int, start: int) -> None:
    counters[level] = counters.get(level, start - 1) + 1
    for lower in [lower for lower in counters if lower > level]:
        del counters[lower]


def _rows(table: etree._Element) -> list[etree._Element]:
    rows: list[etree._Element] = []
    for child in table:
        if child.tag == f"{TABLE}table-row":
            rows.append(child)
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            rows += _rows(child)
    return rows


def _drawn(text: str | None, face: Face) -> str:
    if not text or face.hidden:
        return ""
    font = legacy_font((face.font or "").strip("'\""))
    if font:
        return to_unicode(text, font)
    return text.upper() if face.capitals else text
