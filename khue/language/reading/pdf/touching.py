"""Letters that a font lacks are printed in another one, often after the rest of their line: "C NG HÒA", then "Ộ"."""

from collections.abc import Sequence
from itertools import pairwise

from khue.language.reading.pdf.shapes import Row, Word, rows_of

_TOUCHING, _SPREAD = 0.1, 0.17
"""Less than this, by height of the type, is no space; the second where the row shows what its spaces are."""
_OVERLAP = 0.15
"""More than this is something printed over it."""
_COLUMN = 1.0
"""From here on a gap is wider than any space."""


def together(words: list[Word]) -> list[Word]:
    """Parts of words that touch as whole words; all as they were where none do."""
    places = {id(word): place for place, word in enumerate(words)}
    rows = [_whole(row, places) for row in rows_of(words)]
    return words if sum(map(len, rows)) == len(words) else [word for row in rows for word in row]


def _whole(row: Row, places: dict[int, int]) -> Sequence[Word]:
    # The tallest word tells the type: the box of a font that was cut down to "c" and "n" is lower than that.
    height = max(word.bottom - word.top for word in row.words)
    gaps = [word.left - before.right for before, word in pairwise(row.words)]
    if not any(-_OVERLAP * height < gap < _SPREAD * height for gap in gaps):
        return row.words
    least, whole = _least_space(gaps, height), [row.words[0]]
    for gap, (before, word) in zip(gaps, pairwise(row.words), strict=True):
        # What was printed one after the other was parted there, as a rule by a space.
        parted = places[id(word)] == places[id(before)] + 1
        limit = _TOUCHING * min(before.height, word.height) if parted else least
        if -_OVERLAP * height < gap < limit:
            whole[-1] = _joined(whole[-1], word)
        else:
            whole.append(word)
    return whole


def _least_space(gaps: Sequence[float], height: float) -> float:
    """Halfway to what usually parts the words of this row: letters may be set wider or closer than their font has them.
    Where all gaps are alike the row does not tell, and only what all but touches is one word."""
    near = sorted(gap for gap in gaps if -_OVERLAP * height < gap < _COLUMN * height)
    least, usual = near[0], near[3 * len(near) // 4]
    if usual - least < _TOUCHING * height:
        return _TOUCHING * height
    return min(_SPREAD * height, (usual + min(least, 0)) / 2)


def _joined(before: Word, word: Word) -> Word:
    top, bottom = min(before.top, word.top), max(before.bottom, word.bottom)
    return Word(before.text + word.text, before.left, word.right, top, bottom)
