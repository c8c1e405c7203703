"""Letters that a font lacks are printed in another one, often after the rest of their line: "C NG HÒA", then "Ộ"."""

from collections.abc import Sequence
from functools import reduce

from khue.language.reading.pdf.shapes import Word, rows_of

_TOUCHING, _OVERLAP = 0.1, 0.15
"""Less than the first, by height of the type, is no space; more than the second is something printed over it."""


def together(words: list[Word]) -> list[Word]:
    """Parts of words that touch as whole words; all as they were where none do."""
    rows = [_whole(row.words) for row in rows_of(words)]
    return words if sum(map(len, rows)) == len(words) else [word for row in rows for word in row]


def _whole(row: Sequence[Word]) -> list[Word]:
    return reduce(_add, row, [])


def _add(whole: list[Word], word: Word) -> list[Word]:
    before = whole[-1] if whole else None
    if before and -_OVERLAP < (word.left - before.right) / min(before.height, word.height) < _TOUCHING:
        top, bottom = min(before.top, word.top), max(before.bottom, word.bottom)
        whole[-1] = Word(before.text + word.text, before.left, word.right, top, bottom)
    else:
        whole.append(word)
    return whole
