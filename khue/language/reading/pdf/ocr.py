"""Scanned pages: rendered by PDFium, recognised by Tesseract with its Vietnamese data."""

import os
import shutil
import subprocess
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from statistics import median
from typing import NamedTuple

import pypdfium2 as pdfium

from khue.language.reading.pdf.scan_rules import rules_on
from khue.language.reading.pdf.shapes import Rule, Word
from khue.language.reading.pdfium_lock import PDFIUM
from khue.language.reading.refusals import refusal

DPI = 300
_MOST_PIXELS = 30_000_000
_SECONDS_A_PAGE = 180
_WORD_LEVEL = "5"
_LEAST_CONFIDENCE = 20.0
# What Tesseract makes of rules and specks.
_NOISE = frozenset("|¦_~`'‘’.,-—–=[]{}ˆ^\\")
_SPECKS = "'`‘_¦|\\"
"""What no Vietnamese word begins with: a speck of dust before it."""
_TELLING_SIGNS = frozenset("-–")


class Recognised(NamedTuple):
    """What was found on the image of a page."""

    page: int
    """Counted from 0."""
    words: list[Word]
    level: list[Rule]
    upright: list[Rule]


def available() -> bool:
    """Whether Tesseract and its Vietnamese data are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "vie" in listed.stdout.split()


def recognise(document: pdfium.PdfDocument, indices: list[int], name: str) -> Iterator[Recognised]:
    """The words and rules on the pages at `indices`. Raises Unreadable where Tesseract fails."""
    workers = max(1, min(4, os.cpu_count() or 1))
    waiting: deque[Future[Recognised]] = deque()
    todo = iter(indices)
    with ThreadPoolExecutor(workers) as pool:
        while True:
            # Images are large: only as many pages are rendered as can be worked on.
            while len(waiting) <= workers and (index := next(todo, None)) is not None:
                waiting.append(pool.submit(_recognise, _render(document, index), name, index))
            if not waiting:
                return
            yield waiting.popleft().result()


class _Image(NamedTuple):
    """A grey image, one byte a pixel; `scale` is how many points a pixel measures."""

    grey: bytes
    width: int
    height: int
    scale: float


def _recognise(image: _Image, name: str, index: int) -> Recognised:
    from khue.language.reading.pdf.grain import without_grain  # numpy takes long to load, and few files are scans

    clean = without_grain(image.grey, image.width, image.height)
    table = _tesseract(b"P5 %d %d 255\n" % (image.width, image.height) + clean, name, index + 1)
    return Recognised(index, _words(table, image.scale), *rules_on(*image))


def _render(document: pdfium.PdfDocument, index: int) -> _Image:
    with PDFIUM:
        page = document[index]
        width, height = page.get_size()
        scale = min(DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        stride, columns, rows = bitmap.stride, bitmap.width, bitmap.height
        grey = bytes(bitmap.buffer)
        bitmap.close()
        page.close()
    packed = b"".join(grey[row * stride : row * stride + columns] for row in range(rows))
    return _Image(packed, columns, rows, 1 / scale)


def _tesseract(image: bytes, name: str, page: int) -> str:
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", "3", "--dpi", str(DPI), "tsv"]
    # One thread each: the pages are the parallel work.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=image, capture_output=True, timeout=_SECONDS_A_PAGE, check=True, env=environment
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise refusal("ocr-failed", name, page=page) from error
    return done.stdout.decode("utf-8", "replace")


def _words(table: str, scale: float) -> list[Word]:
    """Tesseract gives each word its own box; the words of one of its lines get the height of the line."""
    lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != _WORD_LEVEL or float(fields[10]) < _LEAST_CONFIDENCE:
            continue
        left, top, width, height = (float(field) * scale for field in fields[6:10])
        text = fields[11].strip().lstrip(_SPECKS) or fields[11].strip()
        if text and (text in _TELLING_SIGNS or not _NOISE.issuperset(text)):
            lines.setdefault(tuple(fields[2:5]), []).append((text, left, left + width, top, top + height))
    boxes = [(min(word[3] for word in line), max(word[4] for word in line), line) for line in lines.values()]
    usual = median([bottom - top for top, bottom, _ in boxes]) if boxes else 0.0
    words = []
    for top, bottom, line in boxes:
        # The box of a line without tall letters is lower, but its type is no smaller.
        height = usual if 0.65 * usual < bottom - top < 1.4 * usual else bottom - top
        words += [Word(text, left, right, bottom - height, bottom) for text, left, right, _, _ in line]
    return words
