"""The words of a PDF page with their places, upright however the page is turned."""

import ctypes
import re
from collections.abc import Callable, Sequence
from struct import Struct
from unicodedata import combining

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from khue.language.encodings import legacy_font, to_unicode
from khue.language.reading.numbers import symbol
from khue.language.reading.pdf.shapes import Word

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Turn = Callable[[float, float, float, float], Box]

# Signs that fill any text in a legacy font and hardly occur in Vietnamese in Unicode.
_SUSPECT = re.compile("[¨©ª«¬®¸µ¶·¹»¼½¾ÆÇËÎÏÐÑÖ×ØÜÞßåäæçëîïñöøûü\uf0a1-\uf0ff]")
_MANY_SUSPECTS = 5
_LINE_END_HYPHENS = "\x02\ufffe"
_SIDES = Struct("4f").unpack_from
"""What stands in a box of the library, in one step."""
_GAP, _DROP = 0.22, 0.5
"""Space between two letters that parts words, and shift of the base line that parts rows, by height of the type."""


def turn_of(page: pdfium.PdfPage) -> Turn:
    """From a box in the coordinates of the file (origin below left, unturned) to that on the page as it is seen."""
    left, bottom, right, top = page.get_cropbox()
    turns: dict[int, Turn] = {
        0: lambda x0, y0, x1, y1: (x0 - left, top - y0, x1 - left, top - y1),
        90: lambda x0, y0, x1, y1: (y1 - bottom, x0 - left, y0 - bottom, x1 - left),
        180: lambda x0, y0, x1, y1: (right - x1, y1 - bottom, right - x0, y0 - bottom),
        270: lambda x0, y0, x1, y1: (top - y0, right - x1, top - y1, right - x0),
    }
    return turns[page.get_rotation() % 360]


def words_of(page: pdfium.PdfPage, turn: Turn) -> list[Word]:
    """Words in the order of the file."""
    textpage = page.get_textpage()
    try:
        return _Collector(textpage, turn).collect()
    finally:
        textpage.close()


class _Collector:
    """Gathers letters into words. A long document has millions of letters: what is done for each of them counts."""

    def __init__(self, textpage: pdfium.PdfTextPage, turn: Turn) -> None:
        self._text, self._turn = textpage, turn
        self._words: list[Word] = []
        self._starts: list[int] = []

    def collect(self) -> list[Word]:
        box, handle, turn, box_of = raw.FS_RECTF(), self._text.raw, self._turn, raw.FPDFText_GetLooseCharBox
        word, start, left, right, top, bottom = "", 0, 0.0, 0.0, 0.0, 0.0
        for index, letter in enumerate(self._letters()):
            if letter.isspace() or letter == "\x00":
                self._keep(start, word, left, right, top, bottom)
                word = ""
                continue
            box_of(handle, index, box)
            x0, y0, x1, y1 = turn(*_SIDES(box))
            if x0 > x1:
                x0, x1 = x1, x0
            if y0 > y1:
                y0, y1 = y1, y0
            if word and not combining(letter):
                gap, drop = _GAP * (y1 - y0), _DROP * (y1 - y0)
                if x0 - right > gap or x0 < left - gap or not -drop <= y1 - bottom <= drop:
                    self._keep(start, word, left, right, top, bottom)
                    word = ""
            if not word:
                start, left, right, top, bottom = index, x0, x1, y0, y1
            word += "\xad" if letter in _LINE_END_HYPHENS else letter
            right, top, bottom = x1 if x1 > right else right, y0 if y0 < top else top, y1 if y1 > bottom else bottom
        self._keep(start, word, left, right, top, bottom)
        return self._mended()

    def _letters(self) -> Sequence[str]:
        """The letters by their places. The text as a whole has the same, unless it leaves out one that says nothing."""
        count = self._text.count_chars()
        whole = self._text.get_text_range()
        return (
            whole
            if len(whole) == count
            else [chr(raw.FPDFText_GetUnicode(self._text.raw, index)) for index in range(count)]
        )

    def _keep(self, start: int, text: str, left: float, right: float, top: float, bottom: float) -> None:
        if text and bottom > top:
            if len(text) == 1 and "\ue000" <= text <= "\uf8ff":
                # A sign of a symbol font by itself is a bullet.
                text = symbol(text)
            self._words.append(Word(text, left, right, top, bottom))
            self._starts.append(start)

    def _mended(self) -> list[Word]:
        """Words of legacy fonts in Unicode. Fonts are asked for only where the text looks like one: it takes time."""
        if len(_SUSPECT.findall("".join(word.text for word in self._words))) < _MANY_SUSPECTS:
            return self._words
        mended = []
        for word, start in zip(self._words, self._starts, strict=True):
            font = legacy_font(self._font(start))
            mended.append(word._replace(text=to_unicode(word.text, font)) if font else word)
        return mended

    def _font(self, index: int) -> str:
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        length = raw.FPDFText_GetFontInfo(self._text.raw, index, name, len(name), flags)
        return name.raw[: max(0, min(length, len(name)) - 1)].decode("utf-8", "replace")
