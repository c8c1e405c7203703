# ruff: noqa: E501  (patterns and word lists are read as tables)
"""The parts of a document: which lines belong together, where numbering, lists and tables stand, where sentences end."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from khue.language.bars import celled
from khue.language.source import Line, SourceText
from khue.language.text import UPPER, lowered, plain

Kind = Literal["heading", "item", "para", "cell"]
Span = tuple[int, int]
Wrapping = Literal["", "wrapped", "spaced"]

PARAGRAPH = 90
"""Level of a paragraph without number or bullet: below every numbered level."""
LONGEST_CAPTION = 300
"""Code points after which a paragraph without a closing mark is a text cut short, not a caption."""
_LEVELS = {
    "part": 5,
    "article": 10,
    "letter-capital": 12,
    "roman": 15,
    "number": 20,
    "letter": 40,
    "dash": 50,
    "plus": 60,
}


@dataclass(slots=True)
class Block:
    """A paragraph, list item, heading or cell. `start` is where its words begin, after number or bullet."""

    start: int
    end: int
    kind: Kind
    marker: str = ""
    level: int = PARAGRAPH
    line: Line | None = None
    cut: bool = False
    """True when the text stops without a closing mark, as titles, captions and headings do."""


@dataclass(slots=True)
class Page:
    """A text made ready for reading: the plain form, its lower-case form and its blocks. Offsets are those of the text."""

    text: str
    plain: str
    low: str
    blocks: list[Block] = field(default_factory=list)


_MARKER = re.compile(
    r"""[ ]*(?:
      (?P<part>(?:phần|chương|mục|phụ\ lục)\s+(?:thứ\s+\w+|[ivxlc\d]+))[ .:-]*
    | (?P<article>điều\s+\d+[a-z]?)[.:]?[ ]*
    | (?P<roman>[ivx]{1,5})(?:[.)]|\s?-(?=\s))\s*(?=\S)
    | (?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)/]|\s?-)\s+(?=\S)
    | (?P<number2>\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=\S)
    | (?P<tight>\d{1,2})[.)](?=[^\W\d])
    | (?P<letter>[a-zđ])[.)/]\s*(?=\S)
    | (?P<dash>[-•●*▪–—➢✓❖◦‣·])\s*(?=[^\s-])
    | (?P<plus>\+)\s*(?=\S)
    | (?P<ordinal>(?:thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|một\s+là|hai\s+là|ba\s+là|bốn\s+là|năm\s+là|sáu\s+là|bảy\s+là|tám\s+là))[,:]\s*
    )""",
    re.X,
)
_OPEN_END = re.compile(r"(?<!\w)(?:về|của|và|với|các|cho|tại|theo|trong|để|từ|là|tới|đến|do|bằng|ở|những|một|trên)$")
_CLOSED = (".", "!", "?", ":", ";", "…", ",", '."', ".”", ".)", "...", "”")
_ROMANS = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"}


def read(source: SourceText) -> Page:
    """Prepare a text: join lines that were only wrapped, find numbers and bullets, and mark headings."""
    body = plain(source.text)
    page = Page(source.text, body, lowered(body))
    joined = _joined(page, _lines(source))
    page.plain, page.low = _unbroken(page.plain, joined), _unbroken(page.low, joined)
    page.blocks = [_block(page, start, end, line) for start, end, line in joined]
    return page


def _unbroken(text: str, spans: list[tuple[int, int, Line | None]]) -> str:
    """The same text, as long, with a blank for every line break inside a paragraph."""
    parts, at = [], 0
    for start, end, _ in spans:
        parts += [text[at:start], text[start:end].replace("\n", " ")]
        at = end
    return "".join([*parts, text[at:]])


_DRAWN = re.compile(r"[|\t]")


def _lines(source: SourceText) -> Iterator[tuple[int, int, Line | None]]:
    """The lines of the file; a line of plain text that is drawn as a row of a table comes as its cells."""
    table, row, before = 0, -1, False
    for line in celled(source.text, source.lines or tuple(_broken(source.text))):
        cuts = [m.start() for m in _DRAWN.finditer(source.text, line.start, line.end)] if line.style == "body" else []
        if len(cuts) < 2:
            before = False
            yield line.start, line.end, line
            continue
        table, row = (table, row + 1) if before else (table - 1, 0)
        before = True
        edges = [line.start - 1, *cuts, line.end]
        for column, (start, end) in enumerate(pairwise(edges)):
            cell = Line(start + 1, end, "cell", table=table, row=row, column=column)
            yield cell.start, cell.end, cell


def _broken(text: str) -> Iterator[Line]:
    start = 0
    for part in text.split("\n"):
        yield Line(start, start + len(part))
        start += len(part) + 1


def _joined(page: Page, lines: Iterator[tuple[int, int, Line | None]]) -> list[tuple[int, int, Line | None]]:
    """Join a line to the one before where the file broke a paragraph only to fit the page."""
    joined: list[tuple[int, int, Line | None]] = []
    kept = [part for part in (_stripped(page, *line) for line in lines) if part[0] < part[1]]
    wrapped = _is_wrapped(page, [(start, end) for start, end, _ in kept])
    for start, end, line in kept:
        cell = line is not None and line.style == "cell"
        gap = not joined or page.plain.count("\n", joined[-1][1], start) > 1
        if not gap and not cell and _continues(page, joined[-1], start, line, wrapped):
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((start, end, line))
    return joined


def _stripped(page: Page, start: int, end: int, line: Line | None) -> tuple[int, int, Line | None]:
    part = page.plain[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip()), line


def _is_wrapped(page: Page, spans: list[Span]) -> Wrapping:
    """Whether most long lines stop in mid-sentence and the next goes on in small letters.

    `spaced` where blank lines stand between the paragraphs besides, so that a single break never ends one.
    """
    broken = whole = 0
    for (start, end), (after, _) in itertools.pairwise(spans):
        if end - start > 35 and after < len(page.plain):
            runs_on = not page.plain[start:end].endswith(_CLOSED) or page.plain[end - 1] == ","
            broken += runs_on and page.plain[after].islower()
            whole += not runs_on
    if broken <= 3 or broken <= whole * 0.5:
        return ""
    blank = page.plain.count("\n\n")
    return "spaced" if blank > 3 and blank * 6 > len(spans) else "wrapped"


def _continues(
    page: Page, before: tuple[int, int, Line | None], start: int, line: Line | None, wrapped: Wrapping
) -> bool:
    first, end, own = before
    if (own is not None and own.style != "body") or (line is not None and line.style == "heading"):
        return False
    if page.plain[end - 1] in ".:;!?…" or (_MARKER.match(page.low, start) and not page.low[start].isalpha()):
        return False
    if page.plain[start].islower() and page.plain[end - 1] != ":":
        return not _MARKER.match(page.low, start)
    if _OPEN_END.search(page.low, max(first, end - 12), end) and not _MARKER.match(page.low, start):
        return not page.plain[first:end].isupper() or page.plain[start : start + _LOUD].isupper()
    if not wrapped or _MARKER.match(page.low, start):
        return False
    if wrapped == "spaced":
        return not page.plain[page.plain.rfind("\n", first, end) + 1 : end].isupper()
    last = page.plain.rfind("\n", first, end) + 1
    return end - max(last, first) >= 45 and not page.plain[first:end].isupper()


def _block(page: Page, start: int, end: int, line: Line | None) -> Block:
    if line is not None and line.style == "cell":
        return Block(start, end, "cell", line=line)
    found = _MARKER.match(page.low, start, end)
    marker, level, inner = _marked(page, found, start)
    cut = not page.plain[start:end].endswith(_CLOSED)
    heading = line is not None and line.style == "heading"
    if level < PARAGRAPH:
        loud = page.plain[inner:end].isupper()
        return Block(inner, end, "heading" if heading or loud or level <= 5 else "item", marker, level, line, cut)
    if heading or (cut and page.plain[start:end].isupper()):
        level = line.depth if line is not None and line.depth else PARAGRAPH
        return Block(start, end, "heading", "", level, line, cut)
    return Block(start, end, "para", "", PARAGRAPH, line, cut)


def _marked(page: Page, found: re.Match[str] | None, start: int) -> tuple[str, int, int]:
    if found is None:
        return "", PARAGRAPH, start
    kind, value = next((k, v) for k, v in found.groupdict().items() if v)
    capital = page.plain[found.start(kind)].isupper()
    level = _LEVELS.get(kind, 20)
    if kind == "roman" and (value not in _ROMANS or (not capital and value != "i")):
        kind, level = "letter", _LEVELS["letter"]
    if kind in {"number", "number2"}:
        level = _LEVELS["number"] + 4 * value.count(".")
    elif kind == "letter" and capital:
        level = _LEVELS["letter-capital"]
    elif kind == "part" and not capital:
        return "", PARAGRAPH, start
    elif kind == "ordinal":
        level = 36
    return page.plain[found.start() : found.end()].strip(), level, found.end()


_LOUD = 20
"""Code points of a line by which it is told whether a heading in capitals goes on in it."""
_END = re.compile(r"""[.!?…]+["”»)]*(?=\s+["“«(]?[""" + UPPER + r"""0-9])|\n(?=\s*\n)""")
_SHORT = re.compile(r"(?:^|[\s(.])(?:tp|ths|ts|gs|pgs|tx|q|p|h|bs|kts|ks|cn|ông|bà|v\.v|st|no|tr|đ/c|[a-z])$")


def sentences(page: Page, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences between two offsets, without the white space between them."""
    begin = start
    for found in _END.finditer(page.plain, start, end):
        if found[0] == "." and _SHORT.search(page.low, max(begin, found.start() - 5), found.start()):
            continue
        yield begin, found.end()
        begin = found.end()
        while begin < end and page.plain[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end


_PIECE = re.compile(r"[;()“”\"]")


def pieces(page: Page, start: int, end: int) -> list[Span]:
    """Split at semicolons that stand outside brackets and quotation marks; white space is trimmed."""
    found, begin, depth, quoted = [], start, 0, False
    for mark in _PIECE.finditer(page.plain, start, end):
        char = mark[0]
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char != ";":
            quoted = char == "“" or (char == '"' and _opens_quote(page.plain, mark.start(), end))
        elif not depth and not quoted:
            found.append((begin, mark.start()))
            begin = mark.end()
    found.append((begin, end))
    return [trimmed for span in found if (trimmed := trim(page, *span))[0] < trimmed[1]]


def _opens_quote(text: str, position: int, end: int) -> bool:
    """A straight quotation mark opens where a word begins after it; the passage may begin inside a quotation."""
    before = text[position - 1] if position else " "
    return (before.isspace() or before in ":(,") and position + 1 < end and not text[position + 1].isspace()


_EDGE = " \n\t.,;:…!?/"


_SAID = re.compile(
    r"[”\"]\s*,?\s*[-–]?\s*(?:ông|bà|đồng chí|chủ tịch|phó|bí thư|bộ trưởng|thứ trưởng|giám đốc|theo)(?:(?!đồng thời |giao )[^“”\"]){0,80}$"
    r"|[”\"]\s*,?\s*[-–]?\s*(?:(?:đó|đây) )?(?:cũng )?là [^“”\"]{0,60} của [^“”\"]{0,140}$"
    r"|,\s+(?:ông|bà|đồng chí|phó|chủ tịch|giám đốc|bí thư|bộ trưởng|thứ trưởng)\s[^,;“”\"]{2,70}\s(?:cho biết|nhấn mạnh|khẳng định|nói|cho hay|chia sẻ|chỉ đạo|lưu ý|nêu rõ|phát biểu)(?:\s+(?:thêm|rõ))?$"
)


def trim(page: Page, start: int, end: int) -> Span:
    """Leave out white space at the ends, the punctuation that closes a clause, and who said it after a quotation."""
    if said := _SAID.search(page.low, max(start, end - 240), end):
        end = said.start()
    while end > start and page.plain[end - 1] in _EDGE:
        end -= 1
    while start < end and page.plain[start] in " \n\t.,;:-+":
        start += 1
    return (start + 1 if _left_open(page.plain, start, end) else start), end


def _left_open(text: str, start: int, end: int) -> bool:
    """True when a quotation begins here that does not end in the clause."""
    if text.startswith("“", start):
        return text.find("”", start, end) < 0
    return text.startswith('"', start) and text.count('"', start, end) == 1
