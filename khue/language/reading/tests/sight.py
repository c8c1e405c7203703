"""How the tests look at what was read."""

from itertools import pairwise
from unicodedata import is_normalized

from khue.language.source import Line, SourceText


def texts(source: SourceText) -> list[str]:
    return [source.text[line.start : line.end] for line in source.lines]


def line_of(source: SourceText, text: str) -> Line:
    return next(line for line in source.lines if source.text[line.start : line.end] == text)


def cells(source: SourceText, table: int = 0) -> dict[tuple[int, int], str]:
    """Row and column to the text of the cell, its paragraphs parted by " / "."""
    found: dict[tuple[int, int], str] = {}
    for line in source.lines:
        if line.table == table:
            text, key = source.text[line.start : line.end], (line.row, line.column)
            found[key] = f"{found[key]} / {text}" if key in found else text
    return found


def assert_sound(source: SourceText) -> None:
    """What holds of every file that was read."""
    assert is_normalized("NFC", source.text)
    assert source.lines
    assert source.lines[0].start >= 0
    assert source.lines[-1].end <= len(source.text)
    for before, after in pairwise(source.lines):
        assert "\n" in source.text[before.end : after.start]
        assert not source.text[before.end : after.start].strip()
    if source.format != "txt":
        # A plain text keeps its blank lines, so that offsets are those of the file; all else is set tight.
        assert source.text == "\n".join(texts(source))
    for line in source.lines:
        piece = source.text[line.start : line.end]
        assert piece
        assert piece == piece.strip()
        assert "\n" not in piece
        assert (line.style == "cell") == (line.table >= 0) == (line.row >= 0) == (line.column >= 0)
        assert 0 <= line.page <= source.pages
    source.text.encode()
    assert "\x00" not in source.text
