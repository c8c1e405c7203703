"""What stands on a page, measured in points from its upper left corner."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter, sub
from typing import NamedTuple


class Word(NamedTuple):
    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Rule(NamedTuple):
    """A straight line, horizontal or vertical: its constant coordinate, and where it begins and ends."""

    at: float
    start: float
    end: float


class Row:
    """Words on one base line, from left to right."""

    __slots__ = ("bottom", "height", "left", "right", "text", "top", "words")

    def __init__(self, words: Sequence[Word]) -> None:
        texts, lefts, rights, tops, bottoms = zip(*words, strict=True)
        self.words, self.text = words, " ".join(texts)
        self.left: float = lefts[0]
        self.right: float = max(rights)
        self.top: float = min(tops)
        self.bottom: float = max(bottoms)
        # Capitals with marks reach higher: the lowest word tells the size of the type.
        self.height: float = min(map(sub, bottoms, tops))


@dataclass(slots=True)
class Column:
    """Rows of text that are read from top to bottom between two margins."""

    rows: list[Row]
    left: float
    right: float
    wide: bool = False
    """The column is the page itself, whose margins are those of the document."""
    bounded: bool = False
    """The margins are known, as those of a page or a ruled cell are; else they are only how far the rows reach."""


@dataclass(slots=True)
class Cell:
    row: int
    column: int
    left: float
    right: float
    words: list[Word] = field(default_factory=list)
    rest: list[list[Word]] = field(default_factory=list)
    """Its words on the pages after, where the end of a page cut its row in two."""


@dataclass(slots=True)
class Table:
    edges: list[float]
    """Left edges of the columns, and the right edge of the last."""
    cells: list[Cell]
    top: float
    bottom: float
    ruled: bool = True


Item = Column | Table


@dataclass(slots=True)
class Page:
    number: int
    width: float
    height: float
    items: list[Item]


_LOWEST_FIRST, _LEFTMOST_FIRST = attrgetter("bottom", "left"), attrgetter("left")


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Words gathered into rows by their base lines, from the top of the page down."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=_LOWEST_FIRST):
        # A word belongs to a row whose middle it covers: raised figures and mixed sizes stay in their row.
        _text, _left, _right, top, bottom = word
        height = bottom - top
        for row in reversed(rows[-3:]):
            _text, _left, _right, above, below = row[0]
            overlap = (below if below < bottom else bottom) - (above if above > top else top)
            if overlap > 0.55 * (below - above) or overlap > 0.55 * height:
                row.append(word)
                break
        else:
            rows.append([word])
    gathered = [Row(sorted(row, key=_LEFTMOST_FIRST)) for row in rows]
    return sorted(gathered, key=lambda row: row.bottom)
