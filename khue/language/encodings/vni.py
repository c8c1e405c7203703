"""VNI for Windows, the encoding of the `VNI-…` fonts of the south: a plain letter followed by a code for its marks."""

import re
from unicodedata import normalize

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_BREVE, _CIRCUMFLEX = "\u0306", "\u0302"

_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
    "â": _CIRCUMFLEX, "á": _CIRCUMFLEX + _ACUTE, "à": _CIRCUMFLEX + _GRAVE, "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE, "ä": _CIRCUMFLEX + _DOT,
}  # fmt: skip
_TONES = "ùøûõï"
_BREVES = "êéèúüë"
_CIRCUMFLEXES = "âáàåãä"
_TAKES = {
    "a": _TONES + _BREVES + _CIRCUMFLEXES,
    "e": _TONES + _CIRCUMFLEXES,
    "o": _TONES + _CIRCUMFLEXES,
    "u": _TONES,
    "y": _TONES.replace("ï", ""),
    "ô": _TONES,
    "ö": _TONES,
}
_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _pairs() -> dict[str, str]:
    table: dict[str, str] = {}
    for base, codes in _TAKES.items():
        letter = _SINGLE.get(base, base)
        for code in codes:
            small = normalize("NFC", letter + _MARKS[code])
            table[base + code] = small
            # Typists leave the mark of a capital in either case.
            table[base.upper() + code.upper()] = table[base.upper() + code] = small.upper()
    for code, letter in _SINGLE.items():
        table[code], table[code.upper()] = letter, letter.upper()
    return table


_TABLE = _pairs()
_CODE = re.compile("|".join(sorted(map(re.escape, _TABLE), key=len, reverse=True)))
_PRIVATE = {0xF000 + code: code for code in range(0x20, 0x100)}


def to_unicode(text: str) -> str:
    """Text whose characters are VNI codes read as Latin-1, in Unicode."""
    return _CODE.sub(lambda found: _TABLE[found[0]], text.translate(_PRIVATE))
