"""Orders that the opening lines of a report tell in short, before the report tells them in full."""

from collections.abc import Iterator, Sequence

from khue.language.directives.model import Directive
from khue.language.structure import Page
from khue.language.weights import common_words

_OPENING = 500
"""Code points in which a report says in short what it is about."""
_SAME = 0.65
"""The share of the words of a short telling that the full one has too."""


def told_once(page: Page, given: Sequence[Directive]) -> Iterator[Directive]:
    """The directives without those of the opening lines that a later paragraph tells again."""
    for at, one in enumerate(given):
        if one.start > _OPENING or not _again(page, one, given[at + 1 :]):
            yield one


def _again(page: Page, one: Directive, later: Sequence[Directive]) -> bool:
    said = _words(page, one)
    after = page.text.find("\n", one.end)
    full = (_words(page, other) for other in later if 0 <= after < other.start)
    return any(len(said & words) >= _SAME * len(said) for words in full)


def _words(page: Page, one: Directive) -> set[str]:
    return set(common_words(page.plain[one.start : one.end]))
