"""Which encoding the bytes of a text file are in."""

import codecs
from typing import NamedTuple
from unicodedata import normalize

from khue.language.encodings import tcvn3, vni
from khue.language.encodings.syllable import fitness

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FEW_FAULTS = 0.002
_VIETNAMESE = 0.6
"""Share of the words with marks that must be syllables before a one-byte text is taken for Vietnamese."""
_HIGH = frozenset({0x00, 0x01, 0x03, 0x1E, 0x20})


class Decoded(NamedTuple):
    text: str
    """NFC Unicode."""
    encoding: str
    """`utf-8`, `utf-16-le`, `utf-16-be`, `utf-32-le`, `utf-32-be`, `windows-1258`, `tcvn3`, `vni` or `windows-1252`."""
    faults: int
    """How many bytes or pairs had no meaning in that encoding and became U+FFFD."""


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text by byte-order mark, by validity, and last by which reading looks Vietnamese."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :].decode(encoding, "replace"), encoding)
    unmarked = wide(data)
    if unmarked:
        return _decoded(data.decode(unmarked, "replace"), unmarked)
    text = data.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    beyond = sum(not char.isascii() for char in text)
    if faults <= 1 + _FEW_FAULTS * len(text) and (faults == 0 or beyond > 2 * faults):
        return _decoded(text, "utf-8")
    return _one_byte(data)


def wide(data: bytes) -> str | None:
    """UTF-16 without a mark: its high bytes, in even or odd places, are those of Latin and Vietnamese letters,
    marks and punctuation. None for anything else."""
    sample = data[: 4096 - 4096 % 2]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    half = len(sample) // 2
    odd, even = (sum(byte in _HIGH for byte in sample[first::2]) / half for first in (1, 0))
    if max(odd, even) < 0.9 or min(odd, even) > 0.3:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _one_byte(data: bytes) -> Decoded:
    western = data.decode("cp1252", "replace")
    readings = {
        "windows-1258": normalize("NFC", data.decode("cp1258", "replace")),
        "tcvn3": tcvn3.to_unicode(western),
        "vni": vni.to_unicode(western),
    }
    shares = {name: fitness(text)[0] for name, text in readings.items()}
    encoding = max(shares, key=lambda name: shares[name])
    if shares[encoding] < _VIETNAMESE:
        return _decoded(western, "windows-1252")
    return _decoded(readings[encoding], encoding)


def _decoded(text: str, encoding: str) -> Decoded:
    return Decoded(normalize("NFC", text), encoding, text.count("\ufffd"))
