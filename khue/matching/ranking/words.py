"""Vietnamese text as syllables, each as it was written and without its accents."""

import re
from dataclasses import dataclass

from khue.language.text import fold, nfc, plain

LONGEST = 4000
"""Syllables read of one text; what comes after says nothing new about what it is about."""
_SYLLABLE = re.compile(r"[^\W_]+(?:[.,](?=\d)[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in syllables. `marked` keeps accents, `bare` has none; both are of one length, in lower case."""

    marked: tuple[str, ...]
    bare: tuple[str, ...]

    @property
    def has_accents(self) -> bool:
        """Whether it was typed with accents at all; where it was not, accents cannot be asked of what it matches."""
        return self.marked != self.bare


def read(text: str) -> Text:
    """Cut `text` into syllables, in one Unicode form, with one way to place the tone mark."""
    marked = tuple(found[0].lower() for found in _found(text))
    return Text(marked, tuple(fold(syllable) for syllable in marked))


def _found(text: str) -> list[re.Match[str]]:
    return [match for match, _ in zip(_SYLLABLE.finditer(plain(nfc(text))), range(LONGEST), strict=False)]
