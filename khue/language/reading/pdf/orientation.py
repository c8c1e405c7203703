"""Pages that lay turned on the scanner: told by what recognition makes of them, and read again upright.

Nine pages of ten lie upright; asking which way each lies would take as long as reading it. So a page is read first, and
only where its words are doubtful or stand on end is it asked.
"""

import re
from statistics import mean, median
from typing import NamedTuple

_DOUBTFUL = 65.0
"""Mean confidence of a page's words, of 100; an upright page of poor print has some 80, one upside down 45."""
_LONG = 3
"""Letters from which a word is wider than high."""
_SURE = 5.0
"""Confidence of Tesseract in the way that a page lies; its own measure, some 20 for a page of text."""
_ROTATE = re.compile(r"^Rotate: (0|90|180|270)$", re.MULTILINE)
_CONFIDENCE = re.compile(r"^Orientation confidence: ([\d.]+)$", re.MULTILINE)


class Image(NamedTuple):
    """A grey image, one byte a pixel; `scale` is how many points a pixel measures."""

    grey: bytes
    width: int
    height: int
    scale: float


class Found(NamedTuple):
    """A word as Tesseract found it, in pixels."""

    line: tuple[str, ...]
    text: str
    left: float
    top: float
    width: float
    height: float
    confidence: float


def looks_turned(words: list[Found]) -> bool:
    """Whether a page may lie on its side or head: its words are doubtful, or its long words higher than wide."""
    if not words:
        return False
    long = [word.height / max(1.0, word.width) for word in words if len(word.text) > _LONG]
    return mean(word.confidence for word in words) < _DOUBTFUL or (bool(long) and median(long) > 1)


def turn_told(answer: str) -> int:
    """How far to turn the page clockwise, in degrees, by what Tesseract tells of how it lies; 0 where it is unsure."""
    turn, sure = _ROTATE.search(answer), _CONFIDENCE.search(answer)
    return int(turn[1]) if turn and sure and float(sure[1]) >= _SURE else 0


def turned(image: Image, degrees: int) -> Image:
    """The image turned clockwise by 90, 180 or 270 degrees."""
    grey, width, height, scale = image
    if degrees == 180:
        return image._replace(grey=grey[::-1])
    columns = [grey[x::width] for x in range(width)]
    rows = [column[::-1] for column in columns] if degrees == 90 else columns[::-1]
    return Image(b"".join(rows), height, width, scale)
