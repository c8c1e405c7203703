"""Vietnamese text as syllables, each as it was written and without its accents; abbreviations are spelt out."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from khue.language.text import fold, nfc, plain

DATA = Path(__file__).parent / "data"
LONGEST = 600
"""Syllables read of one text; what comes after says nothing new about what it is about."""
MOST_CHARACTERS = 8_000
LOTS = 1 << 12
SYLLABLE = re.compile(r"[^\W_]+(?:[.,](?=\d)[^\W_]+)*")
_SHORT = re.compile(r"(?<![\w&])(?:[A-ZĐ][A-ZĐ&.-]*[A-ZĐ]|[bcdđghklmnpqrstvx]{3,})(?!\w)")
"""What may be an abbreviation: capitals, or small letters that no syllable could consist of."""
_NO_VOWEL = re.compile(r"(?<![\w&])[BCDĐGHKLMNPQRSTVX&.-]{2,}(?!\w)")
"""The same where everything is in capitals: only what no syllable could consist of."""


@dataclass(frozen=True)
class Text:
    """A text in syllables. `marked` keeps accents, `bare` has none; both are of one length, in lower case."""

    marked: tuple[str, ...]
    bare: tuple[str, ...]
    proper: tuple[bool, ...] = ()
    """Whether each syllable begins with a capital letter, as names do."""

    @cached_property
    def has_accents(self) -> bool:
        """Whether it was typed with accents at all; where it was not, accents cannot be asked of what it matches."""
        return self.marked != self.bare

    @cached_property
    def lots(self) -> NDArray[np.uint16]:
        """The lot that each syllable falls into without its accents, to pass at once over most that is not sought."""
        return np.array([lot(bare) for bare in self.bare], dtype=np.uint16)


def lot(bare: str) -> int:
    """One of few numbers for a syllable without accents; others may have the same, it always has this one."""
    return crc32(bare.encode()) % LOTS


def read(text: str) -> Text:
    """Cut `text` into syllables, in one Unicode form, with one way to place the tone mark."""
    said = plain(nfc(text[:MOST_CHARACTERS]))
    said = (_NO_VOWEL if said.isupper() and " " in said.strip() else _SHORT).sub(_spelt_out, said)
    found = SYLLABLE.findall(said)[:LONGEST]
    return Text(*zip(*map(_syllable, found), strict=True)) if found else Text((), ())


@lru_cache(maxsize=1 << 16)
def _syllable(said: str) -> tuple[str, str, bool]:
    """A syllable in its one spelling, the same without accents, and whether it began with a capital."""
    marked = one_spelling(said.lower())
    return marked, fold(marked), said[0].isupper()


def _spelt_out(found: re.Match[str]) -> str:
    return abbreviations().get(fold(found[0]), found[0])


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, str]:
    """Folded abbreviation to what it stands for."""
    table: dict[str, str] = tomllib.loads((DATA / "abbreviations.toml").read_text(encoding="utf-8"))["expand"]
    return {fold(short): full for short, full in table.items()}


_Y_FOR_I = re.compile(r"^(qu|[hklmst])([iìíỉĩị])$")
_TO_Y = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")


def one_spelling(syllable: str) -> str:
    """`kĩ thuật` and `kỹ thuật`, `quí` and `quý`, `lí luận` and `lý luận` are one word in two spellings."""
    found = _Y_FOR_I.match(syllable)
    return found[1] + found[2].translate(_TO_Y) if found else syllable
