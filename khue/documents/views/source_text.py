"""The text of a document as lines a page can show and mark."""

from dataclasses import dataclass, field

from khue.documents.actions.reading_directives import source_of
from khue.documents.models import Extraction


@dataclass(slots=True)
class Paragraph:
    """One line with its place in the text; a row of a table holds its cells instead, each with its lines."""

    start: int = 0
    end: int = 0
    text: str = ""
    style: str = "body"
    depth: int = 0
    table: int = -1
    cells: list[list["Paragraph"]] = field(default_factory=list)


def paragraphs(extraction: Extraction) -> list[Paragraph]:
    """The lines in reading order, cells of one table row gathered."""
    gathered: list[Paragraph] = []
    rows: dict[tuple[int, int], Paragraph] = {}
    cells: dict[tuple[int, int, int], list[Paragraph]] = {}
    text = extraction.text
    for line in source_of(text, extraction.lines).lines:
        shown = Paragraph(line.start, line.end, text[line.start : line.end], line.style, line.depth, line.table)
        if line.table < 0:
            gathered.append(shown)
            continue
        if (row := (line.table, line.row)) not in rows:
            rows[row] = Paragraph(style="row", table=line.table)
            gathered.append(rows[row])
        if (cell := (*row, line.column)) not in cells:
            cells[cell] = []
            rows[row].cells.append(cells[cell])
        cells[cell].append(shown)
    return gathered
