"""The simple markup of a draft's body, as blocks of a paper."""

import re
from collections.abc import Iterator, Mapping

from khue.office.word.paper import Block, Heading, Item, Paragraph, Picture, Table

_ITEM = re.compile(r"(?P<mark>[-+•]|\d{1,2}[.)]|[a-zđ]\))\s+(?P<text>.+)")
_LEAD = re.compile(r"\*\*([^*]+)\*\*")
_BOLD, _ITALIC = re.compile(r"\*\*(.+)\*\*"), re.compile(r"\*(.+)\*")


_PICTURE = re.compile(r"!\[(?P<caption>[^\]]*)\]\((?P<name>[^)]+)\)")
_ANNEX = re.compile(r"-{3,}\s*(?P<title>\S.*)")
_SIDES = re.compile(r":?-{2,}:?")
Pictures = Mapping[str, bytes]
"""Name -> PNG."""


def blocks(body: str, pictures: Pictures | None = None) -> list[Block]:
    """Read the body: `# ` headings (`## ` smaller), `- `, `1. `, `a) ` items, `| a | b |` tables, else paragraphs.

    A paragraph wholly in `**…**` is bold, and centred when in capitals; in `*…*` italic; one that begins with `**…**`
    begins bold ("**Điều 1.** …"); stars elsewhere are dropped in pairs. The first row of a
    table is its heading, a row `| --- | --: |` under it says which columns keep to the right, a line `|= …` above it is
    its caption; a table whose second row says "(ký…" is a row of signatures, without lines. `![caption](name)` is the
    picture of that name, its caption alone where there is none.
    """
    return list(_read(body.replace("\r\n", "\n").split("\n"), pictures or {}))


def annexes(body: str) -> tuple[str, list[tuple[str, str]]]:
    """The body itself, and the annexes that follow it: each begins with a line `--- Title`."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in body.replace("\r\n", "\n").split("\n"):
        if found := _ANNEX.fullmatch(line.strip()):
            parts.append((found["title"], []))
        else:
            parts[-1][1].append(line)
    first, *others = [(title, "\n".join(lines)) for title, lines in parts]
    return first[1], others


def _read(lines: list[str], pictures: Pictures) -> Iterator[Block]:
    table: list[list[str]] = []
    caption = ""
    for line in [*(line.strip() for line in lines), ""]:
        if line.startswith("|="):
            caption = line[2:].strip()
            continue
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if table:
            yield _table(table, caption)
            table, caption = [], ""
        if found := _PICTURE.fullmatch(line):
            yield _picture(found["caption"], pictures.get(found["name"]))
        elif line:
            yield _line(line)


def _picture(caption: str, png: bytes | None) -> Block:
    return Picture(png, caption, caption) if png else Paragraph(caption, italic=True, centred=True)


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


def _table(rows: list[list[str]], caption: str) -> Table:
    """Short rows are filled up, so that a table being typed never breaks the preview."""
    ruled = [row for row in rows if all(_SIDES.fullmatch(cell) for cell in row)]
    rows = [row for row in rows if row not in ruled]
    width = max((len(row) for row in rows), default=1)
    filled = [row + [""] * (width - len(row)) for row in rows] or [[""]]
    signed = len(filled) > 1 and all(cell.startswith("(ký") for cell in filled[1] if cell) and any(filled[1])
    sides = "".join("r" if cell.endswith(":") else "l" for cell in ruled[0]) if ruled else ""
    align = sides if len(sides) == width and "r" in sides else ""
    return Table(header=filled[0], rows=filled[1:], signatures=signed, caption=caption, align=align)
