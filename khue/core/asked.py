"""Numbers as addresses and forms give them: whatever stands there, no page breaks over it."""

from collections.abc import Iterable

LONGEST = 18
"""Digits: every number of so many fits into a column of the database."""


def whole(text: str | None) -> int | None:
    """The whole number that `text` is in plain digits; None for anything else, and for what is too long."""
    plain = text or ""
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= LONGEST else None


def wholes(texts: Iterable[str]) -> list[int]:
    """Those of `texts` that are numbers."""
    return [found for text in texts if (found := whole(text)) is not None]


def key(text: str | None) -> int:
    """The number of a record; 0, which none has, for anything else."""
    return whole(text) or 0
