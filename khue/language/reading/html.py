"""Web pages: the article or document of the page, without what surrounds it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import lxml.html
from lxml import etree

from khue.language.encodings import decode
from khue.language.reading.draft import Draft, Place, Progress
from khue.language.reading.html_content import content_of
from khue.language.reading.kind import KINDS
from khue.language.reading.numbers import format_number
from khue.language.reading.refusals import refusal
from khue.language.source import SourceText

if TYPE_CHECKING:
    Event = tuple[str, etree._Element]

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a column of forty quoted strings is harder to read
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_OWN_MARK = re.compile(r"\s*(?:[-–—+*•●]|\(?(?:\d{1,3}|[a-zđA-ZĐ]|[ivxIVX]{1,5})[.)])")


def read(data: bytes, name: str, progress: Progress) -> SourceText:
    decoded = decode(data)
    markup = _XML_DECLARATION.sub("", decoded.text, count=1).replace("\x00", "")
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        page = lxml.html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise refusal("no-text", name) from error
    if page is None:
        raise refusal("damaged", name, label=KINDS["html"].label)
    draft = Draft()
    _Writer(draft).write(content_of(page))
    progress(1, 1)
    return draft.finish(name, "html")


class _List:
    """A list that is open: its next number, and how numbers are printed; `kind` None for bullets."""

    def __init__(self, element: etree._Element) -> None:
        self.kind = _TYPES.get(element.get("type", ""), "decimal") if element.tag == "ol" else None
        self.next = _whole(element.get("start"), 1)
        self.plain = "none" in (element.get("style") or "").replace(" ", "").partition("list-style")[2][:20]

    def mark(self, item: etree._Element) -> str:
        if self.plain:
            return ""
        if self.kind is None:
            return "•"
        number = _whole(item.get("value"), self.next)
        self.next = number + 1
        return format_number(number, self.kind) + "."


class _Table:
    """A table that is open: the cells that reach down from the rows above keep their columns."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row, self.column = -1, -1
        self._taken: dict[int, int] = {}
        """Column to the last row that a cell above still covers."""

    def next_row(self) -> None:
        self.row += 1
        self.column = -1

    def next_cell(self, cell: etree._Element) -> None:
        self.row = max(self.row, 0)
        self.column += 1
        while self._taken.get(self.column, -1) >= self.row:
            self.column += 1
        wide, high = (min(_whole(cell.get(side), 1), 1000) for side in ("colspan", "rowspan"))
        self._first = self.column
        for column in range(self.column, self.column + wide):
            self._taken[column] = self.row + high - 1
        self._last = self.column + wide - 1

    def end_cell(self) -> None:
        self.column = self._last

    @property
    def here(self) -> tuple[int, int, int]:
        return self.number, self.row, self._first


class _Writer:
    """Walks the page once, without recursion, and writes a paragraph wherever a block begins or ends."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._text: list[str] = []
        self._heading = 0
        self._lists: list[_List] = []
        self._tables: list[_Table | None] = []
        """Open tables; None for one that only lays out the page."""
        self._mark = ""
        self._preformatted = 0

    def write(self, root: etree._Element) -> None:
        for event, element in _events(root):
            if event == "text":
                self._text.append(element if self._preformatted else re.sub(r"\s+", " ", element))
            elif event == "start":
                self._start(element)
            else:
                self._end(element)
        self._flush()

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "br":
            self._text.append("\n")
        elif tag in _BLOCKS:
            self._flush()
            self._open(element, tag)

    def _open(self, element: etree._Element, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag in ("ol", "ul"):
            self._lists.append(_List(element))
        elif tag == "li":
            self._mark = self._lists[-1].mark(element) if self._lists else "•"
        elif tag == "table":
            self._tables.append(_Table(self._draft.new_table()) if _has_cells(element) else None)
        elif tag == "pre":
            self._preformatted += 1
        elif self._tables and (table := self._tables[-1]) is not None:
            if tag == "tr":
                table.next_row()
            elif tag in ("td", "th"):
                table.next_cell(element)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag in _HEADINGS:
            self._heading = 0
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._mark = ""
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "pre":
            self._preformatted -= 1
        elif tag in ("td", "th") and self._tables and (table := self._tables[-1]) is not None:
            table.end_cell()

    def _flush(self) -> None:
        text, self._text = "".join(self._text).strip(), []
        if not text:
            return
        mark, self._mark = self._mark, ""
        if mark and not _OWN_MARK.match(text):
            text = f"{mark} {text}"
        self._draft.add(text, self._place())

    def _place(self) -> Place:
        table = self._tables[-1] if self._tables else None
        depth = self._heading or len(self._lists)
        if table is not None and table.column >= 0:
            number, row, column = table.here
            return Place("cell", depth, number, row, column)
        return Place("heading" if self._heading else "body", depth)


def _events(root: etree._Element) -> "Iterator[tuple[str, etree._Element]]":
    for event, element in etree.iterwalk(root, events=("start", "end")):
        yield event, element
        text = element.text if event == "start" else element.tail
        if text and not (event == "end" and element is root):
            yield "text", text


def _has_cells(table: etree._Element) -> bool:
    """A table of a single cell, or around another table, only lays out the page."""
    cells = [cell for row in table.iter("tr") for cell in row if cell.tag in ("td", "th")]
    return len(cells) > 1 and table.find(".//table") is None


def _whole(value: str | None, otherwise: int) -> int:
    digits = (value or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else otherwise
