"""Grain and specks on the picture of a scanned page, taken off before its letters are recognised.

Recognition takes every grain for a part of a letter: it finds few words, and needs minutes for them. Smoothing blurs
the strokes of a clean page, though, so each page's own grain is measured first.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Pixel = TypeVar("Pixel", np.uint8, np.float32)

_APART = 2
"""Pixels, at 300 to an inch, between those that are compared: what was scanned at half of that is pairs of equals."""
_EVERY = 8
"""One row of so many is measured."""
_PAPER = 170
"""Grey from which a place is paper and not ink."""
_GRAINY = 3.5
"""Mean difference of paper from what is around it, in steps of grey, from which recognition suffers."""
_SPECK = 90
"""Steps of grey by which a speck differs from what is around it; a stroke of a letter goes on beyond a pixel."""
_EVEN = 0.9
"""Share of the brightness of most of the page from which a place is white."""
_SOFT = np.array([1, 8, 28, 56, 70, 56, 28, 8, 1], np.float32) / 256
"""Weights of neighbours in a row or column: smooths over three pixels, as wide as the thinnest stroke."""


def without_grain(grey: bytes, width: int, height: int) -> bytes:
    """A grey image, one byte a pixel; the same where its paper is clean."""
    page = np.frombuffer(grey, np.uint8).reshape(height, width)
    return grey if grain(page) < _GRAINY else _even(_smooth(_without_specks(page))).tobytes()


def grain(page: Grey) -> float:
    """How much the paper differs from place to place, in steps of grey."""
    above, here, below = page[: -2 * _APART : _EVERY], page[_APART:-_APART:_EVERY], page[2 * _APART :: _EVERY]
    _, usual, _ = _ordered(above, here, below)
    paper = usual > _PAPER
    return float((_difference(here, usual) * paper).sum() / max(1, paper.sum()))


def _without_specks(page: Grey) -> Grey:
    usual = _median(page)
    return np.where(_difference(page, usual) > _SPECK, usual, page)


def _median(page: Grey) -> Grey:
    """Of each pixel and the eight around it: the middle one of three rows and three columns that were put in order."""
    low, middle, high = (_around(part, 1, _APART, 3) for part in _ordered(*_around(page, 0, _APART, 3)))
    return _ordered(np.maximum.reduce(low), _ordered(*middle)[1], np.minimum.reduce(high))[1]


def _smooth(page: Grey) -> Grey:
    soft = page.astype(np.float32)
    for axis in (0, 1):
        whole = np.zeros_like(soft)
        for weight, part in zip(_SOFT, _around(soft, axis, 1, len(_SOFT)), strict=True):
            whole += weight * part
        soft = whole
    return (soft + 0.5).astype(np.uint8)


def _even(page: Grey) -> Grey:
    """White paper: where little is written, recognition would take what is left of the grain for ink."""
    paper = float(np.median(page[::_EVERY]))
    white: Grey = np.minimum(255, page * (255 / max(1.0, _EVEN * paper))).astype(np.uint8)
    return white


def _around(page: NDArray[Pixel], axis: int, apart: int, count: int) -> list[NDArray[Pixel]]:
    """The image moved along an axis to both sides, itself in the middle; its edge goes on beyond it."""
    reach = count // 2 * apart
    wide = np.pad(page, [(reach, reach) if each == axis else (0, 0) for each in (0, 1)], mode="edge")
    long = page.shape[axis]
    starts = range(0, 2 * reach + 1, apart)
    return [wide[at : at + long] if axis == 0 else wide[:, at : at + long] for at in starts]


def _ordered(one: Grey, two: Grey, three: Grey) -> tuple[Grey, Grey, Grey]:
    """The lowest, the middle and the highest of three, pixel by pixel."""
    low, high = np.minimum(one, two), np.maximum(one, two)
    return np.minimum(low, three), np.maximum(low, np.minimum(high, three)), np.maximum(high, three)


def _difference(one: Grey, two: Grey) -> Grey:
    return np.maximum(one, two) - np.minimum(one, two)
