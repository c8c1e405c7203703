"""A document of 500 full pages is read in well under half a minute, and tells how far it is.

Of a PDF that is held to the page that shows it, in tests/journeys/test_bad_input.py.
"""

import time
from collections.abc import Callable

import docx
import pytest

from khue.language.reading import read_bytes
from khue.language.reading.tests.docx_builder import bytes_of
from khue.language.reading.tests.odt_builder import odt
from khue.language.reading.tests.sight import assert_sound

PAGES, ROWS = 500, 40
LIMIT = 30.0
"""Seconds, the limit of the product; a machine that is busy with other tests has to hold it too."""
SENTENCE = "Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với các sở, ban, ngành;"


def _docx() -> bytes:
    document = docx.Document()
    body = document.element.body
    paragraph = document.add_paragraph(SENTENCE, style="List Number")._p
    for _ in range(PAGES * ROWS // 2):
        body.append(paragraph.__copy__())
    return bytes_of(document)


def _odt() -> bytes:
    return odt(f"<text:p>{SENTENCE}</text:p>" * (PAGES * ROWS))


@pytest.mark.parametrize(("name", "data"), [("a.docx", _docx), ("a.odt", _odt)])
def test_five_hundred_pages(name: str, data: Callable[[], bytes]) -> None:
    whole = data()
    seen: list[tuple[int, int]] = []
    start = time.perf_counter()
    source = read_bytes(whole, name, progress=lambda done, total: seen.append((done, total)))
    assert time.perf_counter() - start < LIMIT
    assert_sound(source)
    assert len(source.text) > PAGES * ROWS // 2 * len(SENTENCE)
    assert len(seen) > 10
    assert seen[-1][0] == seen[-1][1]
    assert seen == sorted(seen)
