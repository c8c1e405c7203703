"""TCVN3 ("ABC"), the one-byte encoding of TCVN 5712:1993 (VN3) that the `.Vn…` fonts of the north draw.

It has no upper-case letters with tone marks: the fonts whose name ends in H (`.VnTimeH`) draw everything in capitals.
"""

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


def to_unicode(text: str) -> str:
    """Text whose characters are TCVN3 codes read as Latin-1, in Unicode."""
    return text.translate(_TABLE)
