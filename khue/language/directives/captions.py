"""What stands around the text of a report: titles, captions, by-lines, told from paragraphs without a last mark."""

import re

from khue.language.directives.triggers import triggers
from khue.language.offices import Offices
from khue.language.structure import LONGEST_CAPTION, Block, Page, sentences
from khue.language.text import past_blanks

_CUT_SHORT = 80
"""Code points from which a last paragraph without a closing mark is taken for a text cut short."""
_LONG_ORDER = 150
"""Code points from which a paragraph that orders is no caption."""
_PHOTO = re.compile(
    r"(?:(?<=[-–(.;,])|\n|(?<=[-–(.;,] ))\s*\(?(?:[Ảả]nh|Ảnh minh họa|[Nn]guồn ảnh)\s*:[^\n]{2,50}$"
    r"|[-–]\s*Ảnh\s[^\n]{2,40}$"
)
"""The end of a caption: who took the picture."""
_CREDIT = 80
"""Code points at the end of a paragraph in which it is told who took the picture."""


class Captions:
    """Knows the captions of one report."""

    def __init__(self, page: Page, offices: Offices) -> None:
        self._page, self._offices = page, offices

    def holds(self, block: Block, *, last: bool) -> bool:
        """True for a paragraph that names who took a picture, or stops without a mark and holds no whole sentence."""
        if _PHOTO.search(self._page.plain, max(block.start, block.end - _CREDIT), block.end):
            return True
        return block.cut and self._is_caption(block, last=last)

    def _is_caption(self, block: Block, *, last: bool) -> bool:
        """A title, caption or by-line. A long last paragraph without a mark is a text cut short."""
        if block.kind == "heading":
            return True
        longest = _CUT_SHORT if last or self._orders_at_length(block) else LONGEST_CAPTION
        if block.end - block.start > longest or ";" in self._page.plain[block.start : block.end]:
            return False
        return block.kind == "para" and next(sentences(self._page, block.start, block.end))[1] == block.end

    def _orders_at_length(self, block: Block) -> bool:
        """A leader tells units what to do in more words than a caption has, only the mark at the end is missing."""
        if block.end - block.start < _LONG_ORDER:
            return False
        given = [one for one in triggers(self._page, block.start, block.end) if one.word.startswith("yêu cầu")]
        return any(self._offices.listed(past_blanks(self._page.low, one.end), block.end)[0] for one in given)
