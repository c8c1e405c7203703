"""PDF documents: printed rows become the lines and paragraphs that the author wrote."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from khue.language.reading import Unreadable, read_bytes
from khue.language.reading.tests.pages import (
    FULL,
    LEFT,
    LONG,
    NEXT,
    letterhead,
    read,
    set_paragraph,
    set_rows,
    wrapped,
)
from khue.language.reading.tests.pdf_writer import Sheet, pdf, width_of
from khue.language.reading.tests.sight import line_of, texts


def test_rows_are_joined_into_paragraphs() -> None:
    sheet = Sheet()
    y = set_paragraph(sheet, 100, LONG)
    y = set_paragraph(sheet, y, "1. " + NEXT)
    y = set_paragraph(sheet, y, "a) " + LONG)
    set_paragraph(sheet, y, "- " + NEXT)
    assert texts(read(sheet)) == [LONG, "1. " + NEXT, "a) " + LONG, "- " + NEXT]


def test_paragraphs_without_indent_end_where_a_word_would_have_fitted() -> None:
    sheet = Sheet()
    y = set_paragraph(sheet, 100, NEXT, indent=0)
    set_paragraph(sheet, y - 6, LONG, indent=0)
    assert texts(read(sheet)) == [NEXT, LONG]


def test_a_row_of_justified_text_that_is_not_stretched_ends_its_paragraph() -> None:
    sheet = Sheet()
    row = "Nội dung của văn bản này gồm các phần"
    for number, length in enumerate([FULL, FULL, FULL, FULL - 1, FULL, FULL]):
        sheet.write(LEFT, 100 + 18 * number, f"{row} {'x' * (length - len(row) - 1)}")
    assert [len(text) for text in texts(read(sheet))] == [4 * FULL + 2, 2 * FULL + 1]


@pytest.mark.parametrize(
    ("end", "start", "whole"),
    [
        ("theo Kế hoạch số 345/KH-", "UBND của Thành phố", "345/KH-UBND của"),
        ("theo Thông báo số 345/", "TB-VP của Văn phòng", "345/TB-VP của"),
        ("theo chuẩn của tech-", "nology và các nước", "của technology và"),
        ("phát triển kinh tế-", "xã hội của Thành phố", "kinh tế-xã hội của"),
        ("giai đoạn 2025 -", "2030 của Thành phố", "2025 - 2030 của"),
    ],
)
def test_what_the_end_of_a_row_cut_is_whole_again(end: str, start: str, whole: str) -> None:
    sheet = Sheet()
    filler = "Các đơn vị liên quan thực hiện đầy đủ nội dung công việc đã giao " * 3
    row = filler[: FULL - len(end) - 1].strip()
    padded = row + "x" * (FULL - len(row) - len(end) - 2) + " " + end
    sheet.write(LEFT, 100, padded)
    sheet.write(LEFT, 118, start + " đúng hạn.")
    assert whole in texts(read(sheet))[0]


def test_a_paragraph_runs_over_the_end_of_the_page() -> None:
    first, second = Sheet(), Sheet()
    rows = wrapped(LONG, FULL - 5)
    set_rows(first, set_paragraph(first, 700, NEXT), rows[:2], indent=30)
    set_paragraph(second, set_rows(second, 80, rows[2:]), NEXT)
    source = read(first, second)
    assert texts(source) == [NEXT, LONG, NEXT]
    assert [line.page for line in source.lines] == [1, 1, 2]
    assert source.pages == 2


def test_page_numbers_and_running_heads_are_left_out() -> None:
    sheets = []
    for number in range(1, 6):
        sheet = Sheet()
        sheet.centre(297, 40, str(number))
        sheet.write(LEFT, 55, f"Báo cáo giao ban tháng 3 - bản {number}")
        sheet.centre(297, 815, f"Trang {number}/5")
        set_paragraph(sheet, 100, f"{number}. {LONG}")
        sheets.append(sheet)
    assert texts(read(*sheets)) == [f"{number}. {LONG}" for number in range(1, 6)]


def test_the_marks_of_a_browser_are_left_out() -> None:
    sheet = Sheet()
    sheet.write(20, 20, "22/11/26, 8:33 SA", 8)
    sheet.write(20, 830, "https://hanoi.example/tin-tuc/123 1/1", 8)
    set_paragraph(sheet, 100, LONG)
    assert texts(read(sheet)) == [LONG]


@pytest.mark.parametrize(
    ("end", "start"),
    [("được quy định tại", "Điều 5 của Luật"), ("trong giai đoạn 2025", "- 2030 của Thành phố")],
)
def test_what_looks_like_an_item_within_a_sentence_begins_no_line(end: str, start: str) -> None:
    sheet = Sheet()
    sheet.write(LEFT, 100, "x" * (FULL - len(end) - 1) + " " + end)
    sheet.write(LEFT, 118, start + " này.")
    sheet.write(LEFT, 142, "Điều 6. Trách nhiệm")
    assert texts(read(sheet))[1] == "Điều 6. Trách nhiệm"


def test_signs_of_symbol_fonts_are_bullets() -> None:
    sheet = Sheet()
    sheet.write(LEFT, 100, "\uf0b7 Rà soát văn bản;")
    sheet.write(LEFT, 118, "•")
    sheet.write(LEFT + 40, 118, "Báo cáo kết quả.")
    assert texts(read(sheet)) == ["• Rà soát văn bản;", "• Báo cáo kết quả."]


def test_combining_marks_become_letters() -> None:
    sheet = Sheet()
    sheet.write(LEFT, 100, "Sở Khoa học")
    assert texts(read(sheet)) == ["Sở Khoa học"]


@pytest.mark.parametrize(
    ("font", "typed", "meant"),
    [
        (".VnTime", "Giao Së Khoa häc vµ C«ng nghÖ chñ tr×", "Giao Sở Khoa học và Công nghệ chủ trì"),
        (".VnTimeH", "ñy ban nh©n d©n thµnh phè hµ néi", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI"),
        ("ABCDEF+VNI-Times", "Giao Sôû Khoa hoïc vaø Coâng ngheä", "Giao Sở Khoa học và Công nghệ"),
    ],
)
def test_the_font_tells_a_legacy_encoding(font: str, typed: str, meant: str) -> None:
    sheet = Sheet()
    sheet.write(LEFT, 100, typed, font="L")
    sheet.write(LEFT, 140, "Bản đính kèm.")
    assert texts(read(sheet, legacy_font=font)) == [meant, "Bản đính kèm."]


def test_progress_counts_pages() -> None:
    seen: list[tuple[int, int]] = []
    sheets = [Sheet() for _ in range(3)]
    for sheet in sheets:
        sheet.write(LEFT, 100, "Nội dung")
    read_bytes(pdf(*sheets), "x.pdf", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("font", [".VnTime", "Arial"])
def test_the_letter_whose_code_is_a_hyphen_in_an_old_font(font: str) -> None:
    sheet = Sheet()
    sheet.write(
        LEFT,
        100,
        "Thñ t\xad\xedng ChÝnh phñ h\xad\xedng dÉn kh\xc8n tr\xad\xacng; th\xad ký ®\xad\xeec ®\xada",
        font="L",
    )
    sheet.write(LEFT, 140, "- Uû ban nh©n d©n c¸c cÊp thùc hiÖn Q§-UB.", font="L")
    assert texts(read(sheet, legacy_font=font)) == [
        "Thủ tướng Chính phủ hướng dẫn khẩn trương; thư ký được đưa",
        "- Uỷ ban nhân dân các cấp thực hiện QĐ-UB.",
    ]


def test_many_threads_may_read_at_once() -> None:
    sheet = Sheet()
    set_paragraph(sheet, letterhead(sheet), LONG)
    data = pdf(*[sheet] * 5)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: texts(read_bytes(data, "x.pdf")), range(12)))
    assert found == [found[0]] * 12


def test_blank_pages_are_no_text() -> None:
    with pytest.raises(Unreadable) as refused:
        read(Sheet())
    assert refused.value.code == "no-text"


def test_every_line_names_its_page() -> None:
    sheets = [Sheet(), Sheet()]
    for number, sheet in enumerate(sheets, 1):
        sheet.write(LEFT, 100, f"Nội dung trang {number}.")
    assert line_of(read(*sheets), "Nội dung trang 2.").page == 2


def set_in_two_fonts(sheet: Sheet, row: str, lacking: str, spacing: float) -> None:
    """A program prints letters that a font lacks in another one, all of a row after the rest of it."""
    sheet.content.append(b"%.2f Tc" % spacing)
    for later in (False, True):
        place = 0
        for part in re.split(f"([{lacking}])", row):
            if part and (part in lacking) == later:
                sheet.write(LEFT + width_of(row[:place]) + place * spacing, 100, part)
            place += len(part)
    sheet.content.append(b"0 Tc")


@pytest.mark.parametrize("spacing", [0, 1.3])
def test_letters_that_a_font_lacks_are_put_back_into_their_words(spacing: float) -> None:
    """Also where letters are set wider or closer than their font has them."""
    sheet = Sheet()
    row = "Trình bày báo cáo và tài liệu kèm theo tại hội nghị"
    set_in_two_fonts(sheet, row, "ìàáè", spacing)
    set_paragraph(sheet, 140, LONG)
    assert texts(read(sheet)) == [row, LONG]
