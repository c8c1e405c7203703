"""Page numbers and running heads: what stands at the edge of every page and belongs to none."""

import re
from collections import Counter

from khue.language.reading.pdf.shapes import Row, Word, rows_of

_EDGE = 0.11
"""Share of the height of a page, at its top and at its foot, in which they stand."""
_NUMBER = re.compile(
    r"""(?: (?:trang|page) \s* )? [-–—\s]* \d{1,4} [-–—\s]* (?: (?:/|\||of|trên) \s* \d{1,4} )?
        # The marks of a page printed by a browser: when, and from which address.
        | \d{1,2}/\d{1,2}/\d{2,4},\ \d{1,2}:\d{2}.* | (?:https?|file)://\S+ (?: \s+ \d+ \s*/\s* \d+ )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_OFTEN = 0.6


class Margins:
    """Learns from the words of all pages what repeats at their edges."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[bool, str]] = Counter()
        self._pages = 0

    def learn(self, words: list[Word], height: float) -> None:
        self._pages += 1
        self._seen.update({(upper, _pattern(row)) for upper, row in _edge_rows(words, height)})

    def strip(self, words: list[Word], height: float) -> list[Word]:
        """The words of a page without its number and running heads."""
        dropped: set[Word] = set()
        for upper, row in _edge_rows(words, height):
            if _NUMBER.fullmatch(row.text.strip()) or self._repeats(upper, row):
                dropped.update(row.words)
        return [word for word in words if word not in dropped] if dropped else words

    def _repeats(self, upper: bool, row: Row) -> bool:
        return self._pages > 2 and self._seen[upper, _pattern(row)] >= max(3, _OFTEN * self._pages)


def _pattern(row: Row) -> str:
    return _DIGITS.sub("#", row.text)


def _edge_rows(words: list[Word], height: float) -> list[tuple[bool, Row]]:
    upper = rows_of([word for word in words if word.bottom < _EDGE * height])[:2]
    lower = rows_of([word for word in words if word.top > (1 - _EDGE) * height])[-2:]
    return [(True, row) for row in upper] + [(False, row) for row in lower]
