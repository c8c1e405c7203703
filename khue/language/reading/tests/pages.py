"""Pages set as word processors set them: paragraphs in full rows, letterheads in two columns."""

from khue.language.reading import read_bytes
from khue.language.reading.tests.pdf_writer import Sheet, pdf, width_of
from khue.language.reading.tests.sight import assert_sound
from khue.language.source import SourceText

LEFT, RIGHT = 85.0, 540.0
FULL = int((RIGHT - LEFT) / width_of("x"))
"""Letters in a full row."""


def read(*sheets: Sheet, legacy_font: str = ".VnTime") -> SourceText:
    source = read_bytes(pdf(*sheets, legacy_font=legacy_font), "van-ban.pdf")
    assert_sound(source)
    return source


def wrapped(text: str, first: int = FULL, letters: int = FULL) -> list[str]:
    """A text in full rows of words."""
    rows, row, room = [], "", first
    for word in text.split():
        if row and len(row) + 1 + len(word) > room:
            rows.append(row)
            row, room = "", letters
        row = f"{row} {word}".strip()
    return [*rows, row]


def set_rows(sheet: Sheet, y: float, rows: list[str], left: float = LEFT, indent: float = 0) -> float:
    for number, row in enumerate(rows):
        sheet.write(left + (indent if number == 0 else 0), y + 18 * number, row)
    return y + 18 * len(rows) + 6


def set_paragraph(sheet: Sheet, y: float, text: str, *, indent: float = 30) -> float:
    """Set a paragraph; the y of the row after it."""
    return set_rows(sheet, y, wrapped(text, FULL - int(indent / width_of("x"))), indent=indent)


def letterhead(sheet: Sheet) -> float:
    """The head of an official document (Decree 30/2020/NĐ-CP, appendix I); the y below it."""
    for y, left, right in (
        (70, "UBND THÀNH PHỐ HÀ NỘI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (86, "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Độc lập - Tự do - Hạnh phúc"),
        (116, "Số: 12/TB-SKHCN", "Hà Nội, ngày 02 tháng 3 năm 2026"),
    ):
        sheet.centre(160, y, left)
        sheet.centre(420, y, right)
    return 160


LONG = (
    "Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan rà soát, tổng hợp "
    "nhu cầu của các xã, phường; báo cáo Ủy ban nhân dân Thành phố trước ngày 30 tháng 6 năm 2026 để xem xét, "
    "quyết định."
)
NEXT = (
    "Văn phòng theo dõi, đôn đốc việc thực hiện nội dung này và tổng hợp kết quả của các đơn vị theo từng quý "
    "trong năm."
)
