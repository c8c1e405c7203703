"""PDF documents: words with their places, put back into the lines, paragraphs and tables they were printed from."""

from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from khue.language.reading.draft import Draft, Progress
from khue.language.reading.kind import KINDS
from khue.language.reading.pdf import ocr
from khue.language.reading.pdf.columns import items_of
from khue.language.reading.pdf.margins import Margins
from khue.language.reading.pdf.rules import rules_of
from khue.language.reading.pdf.shapes import Page, Rule, Word
from khue.language.reading.pdf.tables import tables_of
from khue.language.reading.pdf.touching import together
from khue.language.reading.pdf.words import turn_of, words_of
from khue.language.reading.pdf.writer import Writer
from khue.language.reading.pdfium_lock import PDFIUM
from khue.language.reading.refusals import refusal
from khue.language.source import SourceText

_STAMP = 250
"""Letters that a scanned page may carry as text: an office program stamps scans with number, date and signer."""
_PAGE_SHARE, _PICTURE_SHARE = 0.5, 0.1
"""Share of the page that an image must fill to be a scan of it, with such letters beside it and without any."""


@dataclass(slots=True)
class _Sheet:
    """A page as it was found."""

    width: float
    height: float
    words: list[Word]
    level: list[Rule]
    upright: list[Rule]
    scanned: bool


def read(data: bytes, name: str, progress: Progress) -> SourceText:
    try:
        with PDFIUM:
            document = pdfium.PdfDocument(data)
        try:
            sheets = _sheets(document, progress)
            warnings = _read_scans(document, sheets, name, progress)
        finally:
            with PDFIUM:
                document.close()
    except pdfium.PdfiumError as error:
        raise refusal("damaged", name, label=KINDS["pdf"].label) from error
    draft = Draft()
    Writer(draft).write(_pages(sheets))
    return draft.finish(name, "pdf", len(sheets), warnings)


def _sheets(document: pdfium.PdfDocument, progress: Progress) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    done = 0
    for index in range(len(document)):
        with PDFIUM:
            page = document[index]
            try:
                sheets.append(_sheet(page))
            finally:
                page.close()
        # Pages that have yet to be recognised count when that is done.
        done += not sheets[-1].scanned
        progress(done, len(document))
    return sheets


def _sheet(page: pdfium.PdfPage) -> _Sheet:
    turn = turn_of(page)
    words = together(words_of(page, turn))
    level, upright = rules_of(page, turn) if words else ([], [])
    width, height = page.get_size()
    return _Sheet(width, height, words, level, upright, _is_scan(page, words))


def _is_scan(page: pdfium.PdfPage, words: list[Word]) -> bool:
    """An image fills the page, and the letters on it are none, or no more than a stamp of who received or signed it."""
    letters = sum(len(word.text) for word in words)
    if letters > _STAMP:
        return False
    width, height = page.get_size()
    boxes = [image.get_bounds() for image in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE])]
    share = max(((x1 - x0) * (y1 - y0) / (width * height) for x0, y0, x1, y1 in boxes), default=0.0)
    return share >= (_PAGE_SHARE if letters else _PICTURE_SHARE)


def _read_scans(document: pdfium.PdfDocument, sheets: list[_Sheet], name: str, progress: Progress) -> tuple[str, ...]:
    """Give the pages without text the words that are recognised on their images."""
    scanned = [index for index, sheet in enumerate(sheets) if sheet.scanned]
    if not scanned:
        return ()
    listed = ", ".join(str(index + 1) for index in scanned[:20]) + ("…" if len(scanned) > 20 else "")
    if not ocr.available():
        if not any(sheet.words and not sheet.scanned for sheet in sheets):
            raise refusal("ocr-missing", name)
        return (f"Trang {listed} là bản quét, chưa đọc được: cần cài tesseract-ocr và tesseract-ocr-vie.",)
    for number, found in enumerate(ocr.recognise(document, scanned, name), 1):
        progress(len(sheets) - len(scanned) + number, len(sheets))
        sheet = sheets[found.page]
        sheet.width, sheet.height = found.width, found.height
        sheet.words, sheet.level, sheet.upright = found.words, found.level, found.upright
    return (f"Trang {listed} là bản quét, chữ do máy nhận dạng: cần đối chiếu với bản gốc.",)


def _pages(sheets: list[_Sheet]) -> list[Page]:
    margins = Margins()
    for sheet in sheets:
        margins.learn(sheet.words, sheet.height)
    pages = []
    for number, sheet in enumerate(sheets, 1):
        words = margins.strip(sheet.words, sheet.height)
        tables, rest = tables_of(sheet.level, sheet.upright, words)
        page = Page(number, sheet.width, sheet.height, [])
        for table in sorted(tables, key=lambda table: table.top):
            above = [word for word in rest if word.bottom <= table.top + 2]
            rest = [word for word in rest if word.bottom > table.top + 2]
            page.items += [*items_of(above), table]
        page.items += items_of(rest)
        pages.append(page)
    return pages
