"""The words of a PDF page with their places, upright however the page is turned."""

import ctypes
import re
from collections.abc import Callable
from unicodedata import combining

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from khue.language.encodings import legacy_font, to_unicode
from khue.language.reading.numbers import symbol
from khue.language.reading.pdf.shapes import Word

Turn = Callable[[float, float], tuple[float, float]]

# Signs that fill any text in a legacy font and hardly occur in Vietnamese in Unicode.
_SUSPECT = re.compile("[¨©ª«¬®¸µ¶·¹»¼½¾ÆÇËÎÏÐÑÖ×ØÜÞßåäæçëîïñöøûü\uf0a1-\uf0ff]")
_MANY_SUSPECTS = 5
_LINE_END_HYPHEN = "\x02"
_GAP, _DROP = 0.22, 0.5
"""Space between two letters that parts words, and shift of the base line that parts rows, by height of the type."""


def turn_of(page: pdfium.PdfPage) -> Turn:
    """From the coordinates in the file (origin below left, unturned) to those of the page as it is seen."""
    left, bottom, right, top = page.get_cropbox()
    turns: dict[int, Turn] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
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
    def __init__(self, textpage: pdfium.PdfTextPage, turn: Turn) -> None:
        self._text, self._turn = textpage, turn
        self._words: list[Word] = []
        self._starts: list[int] = []
        self._letters: list[str] = []
        self._start = 0
        self._left = self._right = self._top = self._bottom = 0.0

    def collect(self) -> list[Word]:
        box, handle = raw.FS_RECTF(), self._text.raw
        for index in range(self._text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(handle, index))
            if letter.isspace() or letter == "\x00":
                self._end_word()
                continue
            raw.FPDFText_GetLooseCharBox(handle, index, box)
            x0, y0 = self._turn(box.left, box.top)
            x1, y1 = self._turn(box.right, box.bottom)
            letter = "\xad" if letter == _LINE_END_HYPHEN else letter
            self._add(index, letter, min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1))
        self._end_word()
        return self._mended()

    def _add(self, index: int, letter: str, left: float, right: float, top: float, bottom: float) -> None:
        height = bottom - top
        if self._letters and not combining(letter):
            apart = left - self._right > _GAP * height or left < self._left - _GAP * height
            if apart or abs(bottom - self._bottom) > _DROP * height:
                self._end_word()
        if not self._letters:
            self._start, self._left, self._right, self._top, self._bottom = index, left, right, top, bottom
        self._letters.append(letter)
        self._right = max(self._right, right)
        self._top, self._bottom = min(self._top, top), max(self._bottom, bottom)

    def _end_word(self) -> None:
        if self._letters and self._bottom > self._top:
            text = "".join(self._letters)
            if len(text) == 1 and "\ue000" <= text <= "\uf8ff":
                # A sign of a symbol font by itself is a bullet.
                text = symbol(text)
            self._words.append(Word(text, self._left, self._right, self._top, self._bottom))
            self._starts.append(self._start)
        self._letters = []

    def _mended(self) -> list[Word]:
        """Words of legacy fonts in Unicode. Fonts are asked for only where the text looks like one: it takes time."""
        if sum(len(_SUSPECT.findall(word.text)) for word in self._words) < _MANY_SUSPECTS:
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
