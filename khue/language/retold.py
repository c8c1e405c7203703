"""Orders and petitions that the opening lines of a report tell in short, before the report tells them in full."""

import math
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from khue.language.petition import Petition
from khue.language.structure import Page
from khue.language.weights import common_words

_OPENING = 500
"""Code points in which a report says in short what it is about."""
_SAME = 0.65
"""The share of the words of a short telling that the full one has too."""


class Told(Protocol):
    """Something read in a text, by its offsets."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Told)


def told_once(page: Page, given: Sequence[T], *, longest: float = math.inf) -> Iterator[T]:
    """Those given without those of the opening lines that a later one, at most `longest` times as long, tells again."""
    for at, one in enumerate(given):
        if one.start > _OPENING or not _again(page, one, given[at + 1 :], longest):
            yield one


def _again(page: Page, one: Told, later: Sequence[Told], longest: float) -> bool:
    said = _words(page, one)
    after = page.text.find("\n", one.end)
    full = (_words(page, other) for other in later if 0 <= after < other.start)
    return any(len(said & words) >= _SAME * len(said) for words in full if len(words) <= longest * len(said))


def _words(page: Page, one: Told) -> set[str]:
    return set(common_words(page.plain[one.start : one.end]))


def said_once(page: Page, found: Sequence[Petition]) -> Iterator[Petition]:
    """Those found, without what title and lead of a report tell of nobody where several are heard with theirs below."""
    lead = page.plain.find("\n", page.plain.find("\n") + 1)
    voiced = sum(bool(one.voiced_by) for one in found)
    return (one for one in found if one.voiced_by or one.start >= lead or voiced < _OTHERS)


_OTHERS = 3
"""So many voices make the first lines a summary."""
