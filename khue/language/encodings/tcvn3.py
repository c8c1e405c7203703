"""TCVN3 ("ABC"), the one-byte encoding of TCVN 5712:1993 (VN3) that the `.Vn…` fonts of the north draw.

It has no upper-case letters with tone marks: the fonts whose name ends in H (`.VnTimeH`) draw everything in capitals.
"""

import re

from khue.language.encodings.syllable import is_syllable

_CODES: tuple[tuple[int, str], ...] = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
_LETTERS = {start + i: letter for start, letters in _CODES for i, letter in enumerate(letters)}
# Word keeps the codes of a symbol-encoded font in the private use area.
_TABLE = _LETTERS | {0xF000 + code: letter for code, letter in _LETTERS.items()}


# The code of ư is that of the soft hyphen, which programs on the way may turn into a plain one: "tr-êng".
_HYPHENATED = re.compile(r"(?<![\w-])[^\W\d_]*-[^\W\d_]*(?![\w-])")


def to_unicode(text: str) -> str:
    """Text whose characters are TCVN3 codes read as Latin-1, in Unicode."""
    return _HYPHENATED.sub(_restored, text.translate(_TABLE))


def _restored(found: re.Match[str]) -> str:
    word = found[0]
    whole = word.replace("-", "Ư" if word.isupper() else "ư")
    return whole if len(word) > 1 and is_syllable(whole) else word
