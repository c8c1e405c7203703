"""Where a page is set in columns: the head and the foot of an official document, press pages, tables without rules."""

from itertools import pairwise

from khue.language.reading.draft import marked
from khue.language.reading.pdf.shapes import Cell, Column, Item, Row, Table, Word, rows_of

_WIDE_GAP, _LONE_GAP = 1.0, 2.0
"""Width of a gap that parts columns, by height of the type; the second where a row has no other gap to compare."""
_STRETCHED = 2.5
"""A gap is no wider than this many usual gaps of its row where the row is only justified."""
_WIDEST_SPACE = 1.1
_GUTTER = 7.0
_APART = 3.5
"""Rows further apart than this many heights do not stand side by side by design."""
_TIGHT = 1.3
"""The same for the rows of a table."""
_FOOT, _ADDRESS = "Nơi nhận", "Kính gửi"
"""These begin the foot of an official document and end its head (Decree 30/2020/NĐ-CP, appendix I)."""
_SAME_EDGE = 4.0
_MAY_SHRINK = 0.35
_Gutter = tuple[float, float]


def items_of(words: list[Word]) -> list[Item]:
    """The words outside ruled tables as columns and unruled tables, in reading order."""
    rows = rows_of(words)
    items: list[Item] = []
    plain: list[Row] = []
    index = 0
    while index < len(rows):
        zone = _Zone.begin(rows, index, plain, at_top=not items)
        if zone is None:
            plain.append(rows[index])
            index += 1
            continue
        if plain:
            items.append(_page_column(plain))
            plain = []
        items += zone.items()
        index = zone.end
    if plain:
        items.append(_page_column(plain))
    return items


def _page_column(rows: list[Row]) -> Column:
    return Column(list(rows), min(row.left for row in rows), max(row.right for row in rows), wide=True, bounded=True)


def gutters_of(row: Row) -> list[_Gutter]:
    """The gaps in a row that are too wide to be spaces between words."""
    words = row.words
    gaps = [(words[i].right, words[i + 1].left) for i in range(len(words) - 1)]
    widths = [right - left for left, right in gaps if right > left]
    if not widths:
        return []
    # Justifying stretches all gaps of a row alike; gaps that all are wider than that part columns.
    usual = sorted(widths)[len(widths) // 4]
    if len(widths) < 3 or usual > _WIDEST_SPACE * row.height:
        usual = min(usual, 0.3 * row.height)
    least = max(_WIDE_GAP * row.height, _STRETCHED * usual, _GUTTER)
    if len(widths) == 1:
        least = max(least, _LONE_GAP * row.height)
    found = [gap for gap in gaps if gap[1] - gap[0] > least]
    # The number or bullet of an item may stand well apart from its text.
    if found and found[0] == gaps[0] and marked(f"{words[0].text} "):
        found = found[1:]
    return found


class _Zone:
    """Neighbouring rows that the same gutters part."""

    def __init__(self, rows: list[Row], gutters: list[_Gutter], end: int) -> None:
        self.rows, self.gutters, self.end = rows, gutters, end

    @classmethod
    def begin(cls, rows: list[Row], index: int, before: list[Row], *, at_top: bool) -> "_Zone | None":
        """A zone from a row that is parted, with its neighbours; rows just above are taken out of `before`."""
        gutters = gutters_of(rows[index])
        if not gutters:
            return None
        zone = cls([rows[index]], gutters, index + 1)
        zone._take_above(before, at_top=at_top)
        while zone.end < len(rows) and zone._takes(rows[zone.end], rows[zone.end].top - zone.rows[-1].bottom):
            zone.rows.append(rows[zone.end])
            zone.end += 1
        return zone

    def _take_above(self, before: list[Row], *, at_top: bool) -> None:
        """Rows above that stand on one side. On the left that may be the end of a paragraph, unless it is all there is
        above: then it is the head of the document."""
        taken: list[Row] = []
        while before and self._takes(
            before[-1], (taken or self.rows)[-1 if taken else 0].top - before[-1].bottom, strict=True
        ):
            taken.append(before.pop())
        if before or not at_top:
            edge = max(right for _, right in self.gutters)
            keep = next((n for n, row in enumerate(taken) if row.left < edge - _GUTTER), len(taken))
            before += reversed(taken[keep:])
            del taken[keep:]
        self.rows[:0] = reversed(taken)

    def _takes(self, row: Row, distance: float, *, strict: bool = False) -> bool:
        if distance > (_APART if len(self.gutters) == 1 else _TIGHT) * row.height:
            return False
        if row.text.startswith(_ADDRESS) or (len(self.gutters) > 1 and row.text.startswith(_FOOT)):
            return False
        parted = gutters_of(row)
        may_fill = bool(parted) or self._in_line(row)
        kept = [_narrowed(gutter, row, may_fill=may_fill) for gutter in self.gutters]
        left = [gutter for gutter in kept if gutter is not None]
        if not parted and (strict or not self._beside(row)):
            inside_one = len(left) == len(self.gutters)
            side = row.right <= min(g[1] for g in self.gutters) or row.left >= max(g[0] for g in self.gutters)
            if not (inside_one and side) or (strict and row.left < self.gutters[0][0] and len(row.words) > 8):
                return False
        if not left or (not parted and len(left) < len(self.gutters)):
            return False
        self.gutters = left
        return True

    def _in_line(self, row: Row) -> bool:
        """A row that stands under a part of the zone, by its left edge or its middle, belongs to the same column."""
        for other in self.rows[-4:]:
            edges = [0.0, *((a + b) / 2 for a, b in self.gutters), float("inf")]
            for start, end in pairwise(edges):
                inside = [word for word in other.words if start < word.left < end]
                if not inside:
                    continue
                left, right = inside[0].left, inside[-1].right
                if abs(left - row.left) < _SAME_EDGE or abs(left + right - row.left - row.right) < 2 * _SAME_EDGE:
                    return True
        return False

    def _beside(self, row: Row) -> bool:
        """A row that shares its height with one of the zone stands beside it."""
        return any(min(row.bottom, other.bottom) > max(row.top, other.top) + 1 for other in self.rows[-2:])

    def items(self) -> list[Item]:
        edges = [min(row.left for row in self.rows), *((a + b) / 2 for a, b in self.gutters)]
        edges.append(max(row.right for row in self.rows))
        columns: list[list[Word]] = [[] for _ in range(len(edges) - 1)]
        for row in self.rows:
            for word in row.words:
                middle = (word.left + word.right) / 2
                columns[sum(middle > edge for edge in edges[1:-1])].append(word)
        if len(columns) > 2 and len(self.rows) > 1:
            return [self._table(edges, columns)]
        return [_column(words) for words in columns if words]

    def _table(self, edges: list[float], columns: list[list[Word]]) -> Table:
        """Columns that stand under each other without rules: a row begins where the first column has text."""
        tops = [row.top for row in rows_of(columns[0])] or [self.rows[0].top]
        tops[0] = min(tops[0], *(row.top for row in self.rows))
        cells = []
        for number, top in enumerate(tops):
            below = tops[number + 1] if number + 1 < len(tops) else float("inf")
            for column, words in enumerate(columns):
                inside = [word for word in words if top - 2 <= word.top < below - 2]
                cells.append(Cell(number, column, edges[column], edges[column + 1], inside))
        return Table(edges, cells, self.rows[0].top, self.rows[-1].bottom, ruled=False)


def _narrowed(gutter: _Gutter, row: Row, *, may_fill: bool) -> _Gutter | None:
    """What a row leaves free of a gutter, which it `may_fill` but for the least width; None where it takes too much."""
    free = [(gutter[0], gutter[1])]
    for word in row.words:
        free = [
            part for a, b in free for part in ((a, min(b, word.left)), (max(a, word.right), b)) if part[1] > part[0]
        ]
    widest = max(free, key=lambda part: part[1] - part[0], default=(0.0, 0.0))
    width = widest[1] - widest[0]
    least = _GUTTER if may_fill else max(_GUTTER, (1 - _MAY_SHRINK) * (gutter[1] - gutter[0]))
    return widest if width >= least else None


def _column(words: list[Word]) -> Column:
    rows = rows_of(words)
    return Column(rows, min(row.left for row in rows), max(row.right for row in rows))
