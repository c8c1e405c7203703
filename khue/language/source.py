"""What a file becomes once it is read: its text, and where headings, lists and table cells stand in it."""

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["heading", "body", "cell"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: a paragraph, a list item (with its printed number or bullet) or a table cell.

    `start` and `end` are offsets in code points into `SourceText.text`, newline not included.
    """

    start: int
    end: int
    style: Style = "body"
    depth: int = 0
    """Outline level of a heading or nesting of a list item as the file declares it; 0 where it declares none."""
    table: int = -1
    """Which table of the file a cell belongs to, counted from 0; -1 outside tables. Likewise `row` and `column`."""
    row: int = -1
    column: int = -1
    page: int = 0
    """Page the line begins on, counted from 1; 0 where the format has no pages."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """The NFC-normalised text of a file with its lines, in reading order. Lines are joined by a newline in `text`."""

    text: str
    lines: tuple[Line, ...]
    format: str
    """`docx`, `pdf`, `txt`, `html`, `odt` or `doc`."""
    pages: int = 0
    warnings: tuple[str, ...] = field(default=())


class Unreadable(Exception):
    """A file that cannot be read. `code` is stable for programs; `sentence` says what is wrong and what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
