"""Pages written into a draft: paragraphs and tables that run over the end of a page are put together again."""

from khue.language.reading.draft import Draft, Place
from khue.language.reading.pdf.paragraphs import continues, paragraphs_of, runs, text_of
from khue.language.reading.pdf.shapes import Cell, Column, Page, Row, Table, rows_of

_NEAR = 4.0
_MARGIN_SHARE = 0.98


class Writer:
    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._open: list[Row] = []
        """The last paragraph of the page before, which may go on."""
        self._open_page = 0
        self._column: Column | None = None
        """The column in which it stands."""
        self._table: Table | None = None
        """The table that stood last, which may go on on the next page."""
        self._cells: list[tuple[Cell, int]] = []
        """Its cells with the pages on which they begin."""

    def write(self, pages: list[Page]) -> None:
        _widen(pages)
        for page in pages:
            for position, item in enumerate(page.items):
                if isinstance(item, Table):
                    self._close()
                    self._write_table(item, page.number, first=position == 0)
                else:
                    self._end_table()
                    self._write_column(item, page.number)
        self._close()
        self._end_table()

    def _write_column(self, column: Column, page: int) -> None:
        paragraphs = paragraphs_of(column)
        before = self._column
        if self._open and before is not None and before.wide == column.wide:
            same_page = self._open_page == page
            if not (same_page and column.wide) and continues(self._open, before, column):
                self._open += paragraphs.pop(0)
        self._column = column
        for paragraph in paragraphs:
            self._close()
            self._open, self._open_page = paragraph, page
        if not column.wide and not runs(column):
            self._close()

    def _close(self) -> None:
        if self._open:
            self._draft.add(text_of(self._open), Place(page=self._open_page))
        self._open = []

    def _write_table(self, table: Table, page: int, *, first: bool) -> None:
        """Set a table aside until it is known whether it goes on on the next page."""
        if first and self._table is not None and _same_edges(table, self._table):
            self._go_on(table.cells, page)
            return
        self._end_table()
        self._table = table
        self._cells = [(cell, page) for cell in table.cells]

    def _go_on(self, cells: list[Cell], page: int) -> None:
        """Add the rows of the next page. A repeated head is left out; a row that the end of the page cut in two (its
        first column, the ordinal, is empty) goes on where it was."""
        before = [cell for cell, _ in self._cells]
        if _texts(cells, 0) == _texts(before, 0):
            cells = [cell for cell in cells if cell.row > 0]
        last, top = max(cell.row for cell in before), min((cell.row for cell in cells), default=0)
        cut = last > 0 and not any(cell.words for cell in cells if cell.row == top and cell.column == 0)
        shift = last - top + (0 if cut else 1)
        for cell in cells:
            cell.row += shift
            whole = next((old for old in before if cut and (old.row, old.column) == (cell.row, cell.column)), None)
            if whole is not None:
                whole.rest.append(cell.words)
            else:
                self._cells.append((cell, page))

    def _end_table(self) -> None:
        if self._table is not None:
            number = self._draft.new_table()
            for cell, page in self._cells:
                self._write_cell(cell, Place("cell", 0, number, cell.row, cell.column, page), ruled=self._table.ruled)
        self._table, self._cells = None, []

    def _write_cell(self, cell: Cell, place: Place, *, ruled: bool) -> None:
        rows = [row for words in (cell.words, *cell.rest) for row in rows_of(words)]
        if not rows:
            return
        left, right = min(row.left for row in rows), max(row.right for row in rows)
        if ruled:
            # Text keeps as far from the right rule as from the left one.
            right = max(right, cell.right - min(max(left - cell.left, 2.0), 6.0))
        for paragraph in paragraphs_of(Column(rows, left, right, bounded=ruled)):
            self._draft.add(text_of(paragraph), place)


def _same_edges(table: Table, other: Table) -> bool:
    return len(table.edges) == len(other.edges) and all(
        abs(a - b) < _NEAR for a, b in zip(table.edges, other.edges, strict=True)
    )


def _texts(cells: list[Cell], row: int) -> list[str]:
    return [" ".join(word.text for word in cell.words) for cell in cells if cell.row == row]


def _widen(pages: list[Page]) -> None:
    """Columns of the page get the margins of the document: a page of short rows does not show where its margin is."""
    columns = [(page, item) for page in pages for item in page.items if isinstance(item, Column) and item.wide]
    by_width: dict[int, list[Row]] = {}
    for page, column in columns:
        by_width.setdefault(round(page.width / 10), []).extend(column.rows)
    margins = {width: _margins(rows) for width, rows in by_width.items()}
    for page, column in columns:
        column.left, column.right = margins[round(page.width / 10)]


def _margins(rows: list[Row]) -> tuple[float, float]:
    """How far rows usually reach to either side; a few that stick out do not count."""
    lefts, rights = sorted(row.left for row in rows), sorted(row.right for row in rows)
    return lefts[int((1 - _MARGIN_SHARE) * len(lefts))], rights[min(len(rights) - 1, int(_MARGIN_SHARE * len(rights)))]
