"""Text typed for the fonts of before Unicode, recognised by the font's name or, where that is lost, by statistics."""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from khue.language.encodings import tcvn3, vni
from khue.language.encodings.syllable import fitness

Legacy = Literal["tcvn3", "vni"]
_READERS: dict[Legacy, Callable[[str], str]] = {"tcvn3": tcvn3.to_unicode, "vni": vni.to_unicode}
# The repertoire of the fonts: Latin-1, the extra signs of Windows-1252, and their copies in the private use area.
_OUTSIDE = re.compile(
    "[^\x00-\xff\uf000-\uf0ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2010-\u2026\u2030\u2039\u203a\u20ac\u2122\u2022]"
)
_SAMPLE = 200_000
_ENOUGH_WORDS, _GOOD_SHARE, _BETTER_BY = 3, 0.7, 0.2


class LegacyFont(NamedTuple):
    encoding: Legacy
    capitals: bool
    """The font draws every letter as a capital (`.VnTimeH`)."""


def legacy_font(name: str) -> LegacyFont | None:
    """What the name of a font says of the encoding of its text; None for a Unicode font."""
    # PDF producers put a tag of six capitals before the name and may lose its leading dot.
    bare = re.sub(r"^[A-Z]{6}\+", "", name).lstrip(".")
    if re.match(r"Vn[A-Z3]", bare):
        return LegacyFont("tcvn3", bare.split("-")[0].split(",")[0].endswith("H"))
    if re.match(r"VNI[-_ ]", bare):
        return LegacyFont("vni", capitals=False)
    return None


def to_unicode(text: str, font: LegacyFont) -> str:
    """Text of a legacy font in Unicode; unchanged where it holds letters that the font cannot have drawn."""
    if _OUTSIDE.search(text):
        return text
    decoded = _READERS[font.encoding](text)
    return decoded.upper() if font.capitals else decoded


def guess(text: str) -> Legacy | None:
    """The legacy encoding of a text, None where it is Unicode already or too short to tell."""
    sample = text[:_SAMPLE]
    as_is, words = fitness(_OUTSIDE.sub(" ", sample) if _mostly_legacy(sample) else sample)
    best: Legacy | None = None
    best_share = max(_GOOD_SHARE, as_is + _BETTER_BY)
    if best_share > 1:
        return None
    for encoding, reader in _READERS.items():
        share, count = fitness(reader(sample))
        if min(words, count) >= _ENOUGH_WORDS and share >= best_share:
            best, best_share = encoding, share
    return best


def _mostly_legacy(sample: str) -> bool:
    beyond = len(_OUTSIDE.findall(sample))
    return beyond < 0.02 * max(1, len(sample) - len(sample.encode("ascii", "ignore")))


def repair(paragraphs: list[str]) -> list[str]:
    """The paragraphs of one document in Unicode: those typed in TCVN3 or VNI are converted, the others untouched.

    The document decides the encoding; a document of several hands may still hold single paragraphs of another one.
    """
    whole = guess("\n".join(paragraphs))
    return [_repaired(paragraph, whole) for paragraph in paragraphs]


def _repaired(paragraph: str, whole: Legacy | None) -> str:
    if paragraph.isascii() or _OUTSIDE.search(paragraph):
        return paragraph
    encoding = guess(paragraph) or whole
    if encoding is None:
        return paragraph
    decoded = _READERS[encoding](paragraph)
    return decoded if fitness(decoded)[0] >= fitness(paragraph)[0] else paragraph
