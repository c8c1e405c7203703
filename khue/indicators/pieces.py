"""Text in pieces, some of which lead to where they come from."""

from dataclasses import dataclass
from typing import Any

Source = dict[str, Any]
"""Where a number comes from: `kind` (figure, target, count, set, measure, record), what names it, `how` in words."""


@dataclass(frozen=True, slots=True)
class Number:
    """A piece of text that comes from a figure."""

    text: str
    source: Source


Pieces = tuple["str | Number", ...]

Token = tuple[int, int, Source]
"""From, to, and where it comes from."""


def flat(pieces: Pieces, *, capital: bool = True) -> tuple[str, list[Token]]:
    """Pieces as one text and where its figures stand; a sentence begins with a capital."""
    text, tokens = "", []
    for piece in pieces:
        if isinstance(piece, Number):
            tokens.append((len(text), len(text) + len(piece.text), piece.source))
        text += piece.text if isinstance(piece, Number) else piece
    return (text[:1].upper() + text[1:] if capital else text), tokens
