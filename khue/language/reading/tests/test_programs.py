"""What needs a program of the machine: old Word by LibreOffice, scans by Tesseract, and the refusals without them."""

import shutil
import subprocess
from pathlib import Path

import docx
import numpy as np
import pypdfium2 as pdfium
import pytest
from numpy.typing import NDArray

from khue.language.reading import Unreadable, doc, read_bytes
from khue.language.reading.pdf import ocr
from khue.language.reading.pdf.orientation import Image, turn_told, turned
from khue.language.reading.tests.compound import compound
from khue.language.reading.tests.docx_builder import bytes_of
from khue.language.reading.tests.pdf_writer import Sheet, pdf
from khue.language.reading.tests.sight import assert_sound, cells, texts

OLD_WORD = compound({"WordDocument": bytes(5000), "1Table": bytes(5000)})
needs_office = pytest.mark.skipif(not doc.available(), reason="LibreOffice is not installed")
needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="Tesseract with Vietnamese data is not installed")


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[int, bytes]:
    """A page with a table below so many paragraphs, as it comes from the printer."""
    if not doc.available():
        pytest.skip("LibreOffice, which prints the page to be scanned, is not installed")
    sizes = (1, 6)
    pages = _converted(tmp_path_factory.mktemp("in"), "pdf", *map(_page, sizes))
    return dict(zip(sizes, pages, strict=True))


def photograph() -> Sheet:
    sheet = Sheet()
    sheet.show(10, 10, bytes(100))
    return sheet


@pytest.mark.usefixtures("no_programs")
def test_a_scan_without_tesseract_says_how_to_install_it() -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes(pdf(photograph()), "quet.pdf")
    assert refused.value.code == "ocr-missing"
    for words in ("quet.pdf", "bản quét", "tesseract-ocr-vie", "sudo apt install", "brew install"):
        assert words in refused.value.sentence


@pytest.mark.usefixtures("no_programs")
def test_a_document_with_one_scanned_page_is_read_with_a_warning() -> None:
    typed = Sheet()
    typed.write(85, 100, "Giao Sở chủ trì.")
    source = read_bytes(pdf(typed, photograph()), "nua.pdf")
    assert texts(source) == ["Giao Sở chủ trì."]
    assert "Trang 2 là bản quét" in source.warnings[0]


@pytest.mark.usefixtures("no_programs")
def test_a_scan_with_a_stamp_of_text_is_still_a_scan() -> None:
    sheet = photograph()
    sheet.write(300, 30, "Ký bởi: Ủy ban nhân dân Thành phố", 8)
    with pytest.raises(Unreadable) as refused:
        read_bytes(pdf(sheet), "quet.pdf")
    assert refused.value.code == "ocr-missing"


@pytest.mark.usefixtures("no_programs")
def test_a_scan_that_was_recognised_before_has_its_text() -> None:
    sheet = photograph()
    for row in range(10):
        sheet.write(85, 100 + 18 * row, f"{row + 1}. Giao Sở Khoa học và Công nghệ chủ trì.")
    assert len(texts(read_bytes(pdf(sheet), "quet.pdf"))) == 10


@needs_tesseract
def test_progress_over_typed_and_scanned_pages_only_grows(tmp_path: Path) -> None:
    typed = Sheet()
    typed.write(85, 100, "Giao Sở chủ trì.")
    seen: list[tuple[int, int]] = []
    read_bytes(pdf(photograph(), typed, photograph()), "x.pdf", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 3), (1, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.usefixtures("no_programs")
def test_old_word_without_libreoffice_says_how_to_install_it() -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes(OLD_WORD, "cu.doc")
    assert refused.value.code == "libreoffice-missing"
    for words in ("cu.doc", "LibreOffice", "sudo apt install", "brew install", "Lưu thành"):
        assert words in refused.value.sentence


def test_a_tesseract_without_vietnamese_is_not_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not ocr.available()


def test_a_tesseract_that_fails_is_told_with_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && echo vie && exit 0\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable) as refused:
        read_bytes(pdf(photograph()), "quet.pdf")
    assert refused.value.code == "ocr-failed"
    assert "trang 1" in refused.value.sentence


def test_a_libreoffice_that_writes_nothing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable) as refused:
        read_bytes(OLD_WORD, "cu.doc")
    assert refused.value.code == "libreoffice-failed"


@needs_tesseract
def test_a_scan_is_recognised_with_its_table(printed: dict[int, bytes]) -> None:
    source = read_bytes(_scan(printed[1]), "quet.pdf")
    assert_sound(source)
    assert "Khoa học và Công nghệ" in source.text
    assert "đối chiếu" in source.warnings[0]
    assert cells(source)[1, 1] == "Rà soát văn bản"


@needs_tesseract
def test_a_coarse_scan_full_of_grain_and_specks_is_recognised(printed: dict[int, bytes]) -> None:
    source = read_bytes(_scan(printed[1], dpi=150, grain=25, specks=0.08), "hat.pdf")
    assert "Giao Sở Khoa học và Công nghệ chủ trì, phối hợp thực hiện." in source.text
    assert "Rà soát văn bản" in source.text


@needs_tesseract
def test_pages_that_lay_turned_on_the_scanner_are_read_upright(printed: dict[int, bytes]) -> None:
    """On the head, where words are doubtful, and on the side, where they are read well but stand on end."""
    source = read_bytes(_scan(printed[6], turns=(2, 3)), "xoay.pdf")
    assert_sound(source)
    assert source.text.count("Giao Sở Khoa học và Công nghệ chủ trì, phối hợp thực hiện.") >= 10  # less running heads
    assert [cells(source, table)[1, 1] for table in range(2)] == ["Rà soát văn bản"] * 2


def test_a_page_is_turned_by_quarters() -> None:
    lying = Image(bytes([1, 2, 3, 4, 5, 6]), 3, 2, 0.5)
    assert turned(lying, 90) == Image(bytes([4, 1, 5, 2, 6, 3]), 2, 3, 0.5)
    assert turned(lying, 180) == Image(bytes([6, 5, 4, 3, 2, 1]), 3, 2, 0.5)
    assert turned(lying, 270) == Image(bytes([3, 6, 2, 5, 1, 4]), 2, 3, 0.5)


def test_a_page_of_which_tesseract_is_unsure_stays_as_it_lies() -> None:
    assert turn_told("Rotate: 90\nOrientation confidence: 19.27\n") == 90
    assert turn_told("Rotate: 90\nOrientation confidence: 0.40\n") == 0
    assert turn_told("Too few characters. Skipping this page\n") == 0


@needs_office
def test_old_word_is_read_through_libreoffice(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Giao Sở Khoa học và Công nghệ chủ trì.")
    document.add_paragraph("Rà soát văn bản.", style="List Number")
    [old] = _converted(tmp_path, "doc", bytes_of(document))
    source = read_bytes(old, "cu.doc")
    assert_sound(source)
    assert source.format == "doc"
    assert texts(source) == ["Giao Sở Khoa học và Công nghệ chủ trì.", "1. Rà soát văn bản."]


def _scan(paper: bytes, dpi: int = 200, grain: float = 0, specks: float = 0, turns: tuple[int, ...] = (0,)) -> bytes:
    """The page of `paper` on a scanner; `grain` in steps of grey, `specks` as the share of all places that one lies on.

    It is scanned once for each of `turns`, that many quarters to the left.
    """
    document = pdfium.PdfDocument(paper)
    bitmap = document[0].render(scale=dpi / 72, grayscale=True)
    grey = np.frombuffer(bytes(bitmap.buffer), np.uint8).reshape(bitmap.height, bitmap.stride)[:, : bitmap.width]
    bitmap.close()
    document.close()
    chance = np.random.default_rng(7)
    scan = np.clip(chance.normal(grey, grain), 0, 255).astype(np.uint8)
    dust = chance.random(scan.shape)
    scan[dust < specks / 2], scan[dust > 1 - specks / 2] = 0, 255
    return pdf(*(_scanned(np.rot90(scan, turn), dpi) for turn in turns))


def _scanned(scan: NDArray[np.uint8], dpi: int) -> Sheet:
    height, width = scan.shape
    sheet = Sheet(size=(width * 72 / dpi, height * 72 / dpi))
    sheet.show(width, height, scan.tobytes())
    return sheet


def _page(paragraphs: int) -> bytes:
    document = docx.Document()
    for _ in range(paragraphs):
        document.add_paragraph("Giao Sở Khoa học và Công nghệ chủ trì, phối hợp thực hiện.")
    table = document.add_table(2, 2, style="Table Grid")
    for column, (head, text) in enumerate([("Thứ tự", "1"), ("Nhiệm vụ", "Rà soát văn bản")]):
        table.cell(0, column).text, table.cell(1, column).text = head, text
    return bytes_of(document)


def _converted(folder: Path, kind: str, *documents: bytes) -> list[bytes]:
    """Each of `documents` as a file of `kind`, by one start of LibreOffice: starting takes it longest."""
    sources = [folder / f"mau-{number}.docx" for number in range(len(documents))]
    for source, data in zip(sources, documents, strict=True):
        source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    program = shutil.which("soffice") or "libreoffice"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [source.with_suffix(f".{kind}").read_bytes() for source in sources]
