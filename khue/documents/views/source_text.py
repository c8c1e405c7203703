"""The text of a document as lines a page can show and mark."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from khue.documents.models import Extraction

STYLE, DEPTH, TABLE, ROW = 2, 3, 4, 5


@dataclass(slots=True)
class Paragraph:
    """One line with its place in the text; a row of a table holds its cells instead."""

    start: int = 0
    end: int = 0
    text: str = ""
    style: str = "body"
    depth: int = 0
    table: int = -1
    cells: list["Paragraph"] = field(default_factory=list)


def paragraphs(extraction: Extraction) -> list[Paragraph]:
    """The lines in reading order, cells of one table row gathered."""
    gathered: list[Paragraph] = []
    rows: dict[tuple[int, int], Paragraph] = {}
    for line, (table, row) in _lines(extraction):
        if table < 0:
            gathered.append(line)
            continue
        if (table, row) not in rows:
            rows[table, row] = Paragraph(style="row", table=table)
            gathered.append(rows[table, row])
        rows[table, row].cells.append(line)
    return gathered


def _lines(extraction: Extraction) -> Iterator[tuple[Paragraph, tuple[int, int]]]:
    text = extraction.text
    if not extraction.lines:
        start = 0
        for words in text.split("\n"):
            yield Paragraph(start, start + len(words), words), (-1, -1)
            start += len(words) + 1
        return
    for line in extraction.lines:
        start, end = int(line[0]), int(line[1])
        yield (
            Paragraph(start, end, text[start:end], str(line[STYLE]), int(line[DEPTH]), int(line[TABLE])),
            (int(line[TABLE]), int(line[ROW])),
        )
