"""Vietnamese text: one Unicode form, accent-blind folding, sort order, and a plain form that keeps every offset."""

import re
import unicodedata

_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""The six tones in dictionary order: level, huyền, hỏi, ngã, sắc, nặng."""
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def nfc(text: str) -> str:
    """Return the text in the composed Unicode form, in which all offsets of Khuê are counted."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _all_of_them() -> dict[int, str]:
    """Every character of our texts mapped to itself: to find that a table lacks one takes twice as long."""
    return {code: chr(code) for code in range(0x2100)}


def _folding() -> dict[int, str]:
    """Every precomposed letter of the Latin blocks with Vietnamese letters, mapped to its bare lower-case letter."""
    table = {ord(mark): "" for mark in _MARKS}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(code))[0].lower()
        if bare != chr(code) and len(bare) == 1:
            table[code] = bare
    table.update({ord("đ"): "d", ord("Đ"): "d", ord("ð"): "d", ord("Ð"): "d"})
    return table


_BARE = _folding()
_FOLD = _all_of_them() | _BARE


def fold(text: str) -> str:
    """Return the text blind to accents, case, Unicode form and tone placement: `Hoà Đức` and `hòa đức` fold alike.

    Runs of white space become one space and the ends are stripped, so the result is fit for comparing and searching.
    """
    return " ".join(nfc(text).translate(_FOLD).lower().split())


def _letters() -> dict[str, tuple[str, int]]:
    """Each letter of the alphabet with each tone, as (a code that sorts in dictionary order, tone)."""
    table: dict[str, tuple[str, int]] = {}
    for place, letter in enumerate(_ALPHABET):
        for tone, mark in enumerate(_TONES):
            table.setdefault(unicodedata.normalize("NFC", letter + mark), (chr(ord("A") + place), tone))
    return table


_LETTERS = _letters()
UPPER = "A-ZĐ" + "".join(sorted(upper for letter in _LETTERS if (upper := letter.upper()) > "Z" and upper != "Đ"))
"""The capital letters of Vietnamese, for use inside the brackets of a regular expression."""
_SYLLABLE = re.compile(r"[^\W_]+")


def sort_key(text: str) -> str:
    """Return an ASCII key that sorts in Vietnamese dictionary order under a plain byte comparison.

    Syllable by syllable: letters first (a ă â b … d đ …), then the tone (ngang, huyền, hỏi, ngã, sắc, nặng).
    """
    return "".join(_syllable_key(part) for part in _SYLLABLE.findall(nfc(text).lower()))


def _syllable_key(syllable: str) -> str:
    codes, tone = [], 0
    for char in syllable:
        code, own = _LETTERS.get(char, ("", 0))
        codes.append(code or (char if char.isascii() else _BARE.get(ord(char), "").upper() or "~"))
        tone = own or tone
    return "".join(codes) + '!"#$%&'[tone]


_PLAIN: dict[int, str] = {
    **_all_of_them(),
    **dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x0B, 0x0C, 0x09), " "),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xAD), "-"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    0x2215: "/", 0x2044: "/", 0x2024: ".", 0x201A: ",", 0x037E: ";", 0x0130: "I", 0x2028: "\n", 0x0D: "\n",
    0xD0: "Đ", 0x0110: "Đ", 0x0189: "Đ", 0xF0: "đ",
}  # fmt: skip
_OLD_TONES = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split()  # noqa: SIM905
_NEW_TONES = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split()  # noqa: SIM905
_TONE_PAIRS = {
    shape(old): shape(new)
    for old, new in zip(_OLD_TONES, _NEW_TONES, strict=True)
    for shape in (str.lower, str.upper, str.title)
}
_OLD_TONE = re.compile(r"(?<![qQ])(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])")


def plain(text: str) -> str:
    """Return NFC text with look-alike spaces, hyphens, slashes and old tone marks made one, **offset for offset**.

    `Uỷ ban` becomes `Ủy ban`, `02–CTr／TU` becomes `02-CTr/TU`; the length never changes, so a place found in the
    plain form is the same place in the text.
    """
    return _OLD_TONE.sub(lambda found: _TONE_PAIRS.get(found[0], found[0]), text.translate(_PLAIN))


def lowered(text: str) -> str:
    """Return the text in lower case with the same length (the few letters that would grow are left alone)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def past_blanks(text: str, position: int) -> int:
    """Return the place of the next character that is not white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


_SENTENCE = re.compile(r"(?<=[.!?…])\s|\n")
HEADLINE = 140
"""Characters of a first sentence that stand for the whole."""


def headline(text: str) -> str:
    """Return the first sentence, cut between words: what lists call a record that has no other name."""
    first = " ".join(_SENTENCE.split(text.strip(), maxsplit=1)[0].split()).rstrip(".…")
    if len(first) <= HEADLINE:
        return first
    return first[:HEADLINE].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
