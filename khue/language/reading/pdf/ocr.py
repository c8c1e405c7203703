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

from khue.language.reading.pdf.orientation import Found, Image, looks_turned, turn_told, turned
from khue.language.reading.pdf.scan_rules import rules_on
from khue.language.reading.pdf.shapes import Rule, Word
from khue.language.reading.pdfium_lock import PDFIUM
from khue.language.reading.refusals import refusal
from khue.language.source import Unreadable

DPI = 300
_MOST_PIXELS = 30_000_000
_SECONDS_A_PAGE = 180
_READ = ("-l", "vie", "--psm", "3", "tsv")
_WHICH_WAY = ("--psm", "0")
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
    width: float
    height: float
    """Of the page as it is read, in points: one that lay on its side is turned upright."""
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


def _recognise(image: Image, name: str, index: int) -> Recognised:
    from khue.language.reading.pdf.grain import without_grain  # numpy takes long to load, and few files are scans

    clean = image._replace(grey=without_grain(*image[:3]))
    found = _found(_tesseract(clean, name, index + 1, *_READ))
    if looks_turned(found) and (degrees := turn_told(_orientation(clean, name, index + 1))):
        image, clean = turned(image, degrees), turned(clean, degrees)
        found = _found(_tesseract(clean, name, index + 1, *_READ))
    width, height = image.width * image.scale, image.height * image.scale
    return Recognised(index, width, height, _words(found, image.scale), *rules_on(*image))


def _render(document: pdfium.PdfDocument, index: int) -> Image:
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
    return Image(packed, columns, rows, 1 / scale)


def _orientation(image: Image, name: str, page: int) -> str:
    """What Tesseract tells of the way a page lies; nothing where it has no data for that or sees too few letters."""
    try:
        return _tesseract(image, name, page, *_WHICH_WAY)
    except Unreadable:
        return ""


def _tesseract(image: Image, name: str, page: int, *wanted: str) -> str:
    command = ["tesseract", "stdin", "stdout", "--dpi", str(DPI), *wanted]
    picture = b"P5 %d %d 255\n" % (image.width, image.height) + image.grey
    # One thread each: the pages are the parallel work.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=_SECONDS_A_PAGE, check=True, env=environment
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise refusal("ocr-failed", name, page=page) from error
    return done.stdout.decode("utf-8", "replace")


def _found(table: str) -> list[Found]:
    """The words of Tesseract's table that it is not quite unsure of."""
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    words = [row for row in rows if len(row) >= 12 and row[0] == _WORD_LEVEL and float(row[10]) >= _LEAST_CONFIDENCE]
    return [Found(tuple(row[2:5]), row[11].strip(), *map(float, row[6:11])) for row in words]


def _words(found: list[Found], scale: float) -> list[Word]:
    """Tesseract gives each word its own box; the words of one of its lines get the height of the line."""
    lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    for one in found:
        left, top, width, height = (side * scale for side in one[2:6])
        text = one.text.lstrip(_SPECKS) or one.text
        if text and (text in _TELLING_SIGNS or not _NOISE.issuperset(text)):
            lines.setdefault(one.line, []).append((text, left, left + width, top, top + height))
    boxes = [(min(word[3] for word in line), max(word[4] for word in line), line) for line in lines.values()]
    usual = median([bottom - top for top, bottom, _ in boxes]) if boxes else 0.0
    words = []
    for top, bottom, line in boxes:
        # The box of a line without tall letters is lower, but its type is no smaller.
        height = usual if 0.65 * usual < bottom - top < 1.4 * usual else bottom - top
        words += [Word(text, left, right, bottom - height, bottom) for text, left, right, _, _ in line]
    return words
