"""Ruled tables: from the lines drawn on a page to rows, columns and merged cells."""

from bisect import bisect_right
from collections.abc import Iterable

from khue.language.reading.pdf.shapes import Cell, Rule, Table, Word

_NEAR = 3.0
_MOST_RULES = 1500


def tables_of(level: list[Rule], upright: list[Rule], words: list[Word]) -> tuple[list[Table], list[Word]]:
    """The ruled tables of a page, and the words that stand in none of them."""
    if not level or not upright or len(level) + len(upright) > _MOST_RULES:
        return [], words
    tables: list[Table] = []
    for rows, columns in _groups(_joined(level), _joined(upright)):
        grid = _Grid(rows, columns)
        inside = [word for word in words if grid.holds(word)]
        table = grid.fill(inside)
        if len({(cell.row, cell.column) for cell in table.cells if cell.words}) > 1:
            tables.append(table)
            taken = set(inside)
            words = [word for word in words if word not in taken]
    return tables, words


def _joined(rules: list[Rule]) -> list[Rule]:
    """Pieces on one line that touch, as one rule: word processors draw the border of each cell by itself."""
    joined: list[Rule] = []
    for rule in sorted(rules):
        index = next((index for index in range(len(joined) - 1, -1, -1) if _touch(joined[index], rule)), None)
        if index is None:
            joined.append(rule)
        else:
            other = joined[index]
            joined[index] = Rule(other.at, min(other.start, rule.start), max(other.end, rule.end))
    return joined


def _touch(a: Rule, b: Rule) -> bool:
    return abs(a.at - b.at) <= _NEAR and a.start <= b.end + _NEAR and b.start <= a.end + _NEAR


def _groups(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch belong to one table; two rules each way make a grid."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for column in upright:
        met = [row for row in level if _meet(row, column)]
        rows, columns = list(met), [column]
        apart = []
        for group in groups:
            if any(row in group[0] for row in met):
                rows += [row for row in group[0] if row not in rows]
                columns += group[1]
            else:
                apart.append(group)
        groups = [*apart, (rows, columns)]
    return [group for group in groups if len(group[0]) > 1]


def _meet(row: Rule, column: Rule) -> bool:
    return row.start - _NEAR <= column.at <= row.end + _NEAR and column.start - _NEAR <= row.at <= column.end + _NEAR


def _edges(places: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


class _Grid:
    def __init__(self, rows: list[Rule], columns: list[Rule]) -> None:
        self._rows, self._columns = rows, columns
        # A table may be open at its sides: then the ends of its rules are its edges.
        self._x = _edges([c.at for c in columns] + [min(r.start for r in rows), max(r.end for r in rows)])
        self._y = _edges([r.at for r in rows] + [min(c.start for c in columns), max(c.end for c in columns)])

    def holds(self, word: Word) -> bool:
        x, y = _middle(word)
        return self._x[0] - _NEAR < x < self._x[-1] + _NEAR and self._y[0] < y < self._y[-1]

    def fill(self, words: list[Word]) -> Table:
        roots = self._roots()
        cells: dict[tuple[int, int], Cell] = {}
        for (row, column), root in roots.items():
            cell = cells.setdefault(root, Cell(*root, self._x[root[1]], self._x[root[1] + 1]))
            if row >= root[0]:
                cell.right = max(cell.right, self._x[column + 1])
        for word in words:
            x, y = _middle(word)
            row = min(max(bisect_right(self._y, y) - 1, 0), len(self._y) - 2)
            column = min(max(bisect_right(self._x, x) - 1, 0), len(self._x) - 2)
            cells[roots[row, column]].words.append(word)
        ordered = [cells[key] for key in sorted(cells)]
        return Table(self._x, ordered, self._y[0], self._y[-1])

    def _roots(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Each field of the grid with the upper left field of the cell it is merged into."""
        roots: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self._y) - 1):
            for column in range(len(self._x) - 1):
                root = (row, column)
                if column and not self._parted(self._columns, self._x[column], self._y, row):
                    root = roots[row, column - 1]
                elif row and not self._parted(self._rows, self._y[row], self._x, column):
                    root = roots[row - 1, column]
                roots[row, column] = root
        return roots

    @staticmethod
    def _parted(rules: list[Rule], at: float, edges: list[float], index: int) -> bool:
        middle = (edges[index] + edges[index + 1]) / 2
        return any(abs(rule.at - at) <= _NEAR + 1 and rule.start <= middle <= rule.end for rule in rules)


def _middle(word: Word) -> tuple[float, float]:
    return (word.left + word.right) / 2, (word.top + word.bottom) / 2
