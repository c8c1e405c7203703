"""Grain of scanned pages: only what suffers from it is smoothed, and what was written stays."""

import numpy as np
from numpy.typing import NDArray

from khue.language.reading.pdf.grain import grain, without_grain

WIDTH, HEIGHT = 420, 300


def written() -> NDArray[np.uint8]:
    """Strokes as wide as those of small type, level and upright."""
    page = np.full((HEIGHT, WIDTH), 235, np.uint8)
    for place in range(40, 260, 30):
        page[place : place + 5, 40:380] = 40
        page[40:260, place : place + 5] = 40
    return page


def spoilt(deviation: float, specks: float) -> NDArray[np.uint8]:
    chance = np.random.default_rng(3)
    page = np.clip(chance.normal(written(), deviation), 0, 255).astype(np.uint8)
    dust = chance.random(page.shape)
    page[dust < specks / 2], page[dust > 1 - specks / 2] = 0, 255
    return page


def cleaned(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.frombuffer(without_grain(page.tobytes(), WIDTH, HEIGHT), np.uint8).reshape(HEIGHT, WIDTH)


def test_a_clean_page_stays_as_it_is() -> None:
    for page in (written(), spoilt(3, 0), np.zeros((HEIGHT, WIDTH), np.uint8)):
        assert np.array_equal(cleaned(page), page)


def test_grain_and_specks_go_and_strokes_stay() -> None:
    for page in (spoilt(40, 0), spoilt(0, 0.08), spoilt(25, 0.08)):
        clean, ink = cleaned(page), written() < 140
        assert grain(clean) < grain(page) / 4
        # As recognition parts them: what is dark is ink.
        assert ((clean < 140) == ink).mean() > 0.97


def test_an_image_of_a_few_pixels_has_no_grain() -> None:
    for width, height in ((1, 1), (3, 2), (2, 5)):
        picture = bytes(range(0, 240, 240 // (width * height)))[: width * height]
        assert without_grain(picture, width, height) == picture
