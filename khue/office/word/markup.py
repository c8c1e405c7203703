"""The simple markup of a draft's body, as blocks of a paper."""

import re
from collections.abc import Iterator

from khue.office.word.paper import Block, Heading, Item, Paragraph, Table

_ITEM = re.compile(r"(?P<mark>[-+•]|\d{1,2}[.)]|[a-zđ]\))\s+(?P<text>.+)")
_LEAD = re.compile(r"\*\*([^*]+)\*\*")
_BOLD, _ITALIC = re.compile(r"\*\*(.+)\*\*"), re.compile(r"\*(.+)\*")


def blocks(body: str) -> list[Block]:
    """Read the body: `# ` headings (`## ` smaller), `- `, `1. `, `a) ` items, `| a | b |` tables, else paragraphs.

    A paragraph wholly in `**…**` is bold, and centred when in capitals; in `*…*` italic; one that begins with `**…**`
    begins bold ("**Điều 1.** …"); stars elsewhere are dropped in pairs. The first row of a
    table is its heading; a table whose second row says "(ký…" is a row of signatures, without lines.
    """
    return list(_read(body.replace("\r\n", "\n").split("\n")))


def _read(lines: list[str]) -> Iterator[Block]:
    table: list[list[str]] = []
    for line in [*(line.strip() for line in lines), ""]:
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if table:
            yield _table(table)
            table = []
        if line:
            yield _line(line)


def _line(line: str) -> Block:
    if line.startswith("#"):
        depth = len(line) - len(line.lstrip("#"))
        return Heading(_bare(line[depth:].strip()), min(depth, 3))
    if found := _ITEM.fullmatch(line):
        return Item(found["mark"], _bare(found["text"]))
    if (found := _BOLD.fullmatch(line)) and "**" not in found[1]:
        return Paragraph(_bare(found[1]), bold=True, centred=found[1].isupper())
    if found := _LEAD.match(line):
        return Paragraph(_bare(found[1]) + _bare(line[found.end() :]), lead=_bare(found[1]))
    if found := _ITALIC.fullmatch(line):
        return Paragraph(_bare(found[1]), italic=True)
    return Paragraph(_bare(line))


def _bare(text: str) -> str:
    return re.sub(r"\*{1,2}(\S(?:.*?\S)?)\*{1,2}", r"\1", text)


def _table(rows: list[list[str]]) -> Table:
    """Short rows are filled up, so that a table being typed never breaks the preview."""
    rows = [row for row in rows if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in row)]
    width = max((len(row) for row in rows), default=1)
    filled = [row + [""] * (width - len(row)) for row in rows] or [[""]]
    signed = len(filled) > 1 and all(cell.startswith("(ký") for cell in filled[1] if cell) and any(filled[1])
    return Table(header=filled[0], rows=filled[1:], signatures=signed)
