"""The text of a file while it is being collected: paragraphs go in, a `SourceText` comes out."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from unicodedata import normalize

from khue.language.encodings import repair
from khue.language.reading.refusals import refusal
from khue.language.source import Line, SourceText, Style

Progress = Callable[[int, int], None]

_BREAK = re.compile("[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_LONE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile("[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_TABS = re.compile(" ?\t[ \t]*")
_SENTENCE_END = tuple(".;:!?…/")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands; the meaning of the fields is that of `Line`."""

    style: Style = "body"
    depth: int = 0
    table: int = -1
    row: int = -1
    column: int = -1
    page: int = 0

    def at(self, **changes: int) -> "Place":
        return replace(self, **changes)  # type: ignore[arg-type]  # the integer fields only


class Draft:
    """Paragraphs in reading order. Legacy encodings are mended at the end, when all of the text is known."""

    def __init__(self) -> None:
        self._paragraphs: list[tuple[str, Place]] = []
        self._tables = 0

    def add(self, text: str, place: Place) -> None:
        if text and not text.isspace():
            self._paragraphs.append((text, place))

    def new_table(self) -> int:
        self._tables += 1
        return self._tables - 1

    def finish(self, name: str, format: str, pages: int = 0, warnings: tuple[str, ...] = ()) -> SourceText:  # noqa: A002
        """The collected text. Raises Unreadable where there is none."""
        texts = repair([normalize("NFC", _LONE.sub("\ufffd", text)) for text, _ in self._paragraphs])
        pieces: list[str] = []
        lines: list[Line] = []
        at = 0
        for text, (_, place) in zip(texts, self._paragraphs, strict=True):
            for piece in tidy(text):
                pieces.append(piece)
                lines.append(_line(at, at + len(piece), place))
                at += len(piece) + 1
        if not lines:
            raise refusal("no-text", name)
        return SourceText("\n".join(pieces), tuple(lines), format, pages, warnings)


def _line(start: int, end: int, place: Place) -> Line:
    return Line(start, end, place.style, place.depth, place.table, place.row, place.column, place.page)


def tidy(text: str) -> list[str]:
    """A paragraph as its lines: NFC, without invisible characters, one space between words, broken where it breaks.

    A forced break within a sentence (a letter in lower case follows) is a space: the author only shaped the line.
    """
    lines: list[str] = []
    for piece in _BREAK.split(text):
        clean = _TABS.sub("\t", _SPACES.sub(" ", _INVISIBLE.sub("", piece))).strip()
        clean = normalize("NFC", clean)
        if not clean:
            continue
        if lines and clean[0].islower() and not lines[-1].endswith(_SENTENCE_END) and not marked(clean):
            lines[-1] = normalize("NFC", f"{lines[-1]} {clean}")
        else:
            lines.append(clean)
    return lines


_MARK = re.compile(
    r"""(?: [-–—+*•●▪■◦○o§➢✓✔] \s
          | [-–—+•●▪■◦○➢✓✔] (?=\w)
          | \d{1,3} [.)] (?: \s | $ | (?=[^\W\d]) )
          | (?: [IVXLC]{1,6} | [A-Za-zĐđ] ) (?: \) | \. (?=\s|$) )
          | \( (?: \d{1,3} | [ivxlc]{1,6} | [a-zđ] ) \)
          | \d{1,3} (?: \.\d{1,3} ){1,4} \.? \s
          | (?: Điều | Chương | Mục | Phần | Khoản | Phụ\ lục
                | ĐIỀU | CHƯƠNG | MỤC | PHẦN | PHỤ\ LỤC ) \s+ (?: \d+ | [IVXLC]+ ) \b
        )""",
    re.VERBOSE,
)


def marked(text: str) -> bool:
    """Whether a line begins with the number, letter or bullet of a list item, or the head of an article."""
    return _MARK.match(text) is not None
