"""PDF pages in columns: heads and feet of official documents, titles, newspapers, turned pages."""

import pytest

from khue.language.reading.tests.pages import (
    LEFT,
    LONG,
    NEXT,
    RIGHT,
    letterhead,
    read,
    set_paragraph,
    set_rows,
    wrapped,
)
from khue.language.reading.tests.pdf_writer import Sheet
from khue.language.reading.tests.sight import texts


def test_the_two_columns_of_a_letterhead_are_lines_of_their_own() -> None:
    sheet = Sheet()
    set_paragraph(sheet, letterhead(sheet), LONG)
    assert texts(read(sheet)) == [
        "UBND THÀNH PHỐ HÀ NỘI",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: 12/TB-SKHCN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 02 tháng 3 năm 2026",
        LONG,
    ]


def test_columns_of_a_letterhead_may_stand_at_different_heights() -> None:
    sheet = Sheet()
    for y, text in ((70, "BỘ KHOA HỌC VÀ CÔNG NGHỆ"), (98, "Số: 7/BKHCN-VP")):
        sheet.centre(160, y, text)
    for y, text in ((72, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (87, "Độc lập - Tự do - Hạnh phúc")):
        sheet.centre(420, y, text)
    sheet.centre((LEFT + RIGHT) / 2, 150, "THÔNG BÁO")
    set_paragraph(sheet, 180, LONG)
    assert texts(read(sheet))[:5] == [
        "BỘ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: 7/BKHCN-VP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "THÔNG BÁO",
    ]


def test_a_centred_title_of_two_rows_is_one_line() -> None:
    sheet = Sheet()
    middle = (LEFT + RIGHT) / 2
    sheet.centre(middle, 100, "KẾ HOẠCH")
    sheet.centre(middle, 118, "Triển khai chuyển đổi số trên địa bàn Thành phố giai đoạn 2026 - 2030")
    sheet.centre(middle, 136, "và định hướng đến năm 2035")
    set_paragraph(sheet, 170, LONG)
    title = "Triển khai chuyển đổi số trên địa bàn Thành phố giai đoạn 2026 - 2030 và định hướng đến năm 2035"
    assert texts(read(sheet)) == ["KẾ HOẠCH", title, LONG]


def test_a_page_in_two_columns_is_read_column_by_column() -> None:
    sheet = Sheet()
    narrow = 34
    for left, number in ((LEFT, 1), (LEFT + 240, 2)):
        y = 100.0
        for part in ("a", "b"):
            y = set_rows(sheet, y, wrapped(f"Bài {number}{part}. {NEXT}", narrow, narrow), left)
    assert texts(read(sheet)) == [f"Bài {n}{part}. {NEXT}" for n in (1, 2) for part in "ab"]


def test_a_paragraph_runs_on_at_the_top_of_the_next_column() -> None:
    sheet = Sheet()
    rows = wrapped(" ".join([LONG.rstrip("."), "và", NEXT] * 3), 34, 34)
    cut = next(n for n in range(12, len(rows)) if not rows[n - 1].endswith((".", ",")) and len(rows[n - 1]) > 31)
    set_rows(sheet, 100, rows[:cut])
    set_rows(sheet, 100, rows[cut : 2 * cut - 1], LEFT + 240)
    assert texts(read(sheet))[0].startswith(" ".join(rows[: cut + 1]))


def test_the_foot_of_a_document_is_read_column_by_column() -> None:
    sheet = Sheet()
    y = set_paragraph(sheet, 100, LONG) + 20
    for row, text in enumerate(["Nơi nhận:", "- Như trên;", "- Các phòng, đơn vị;", "- Lưu: VT."]):
        sheet.write(LEFT, y + 14 * row, text, 11)
    for row, text in ((0, "KT. GIÁM ĐỐC"), (1, "PHÓ GIÁM ĐỐC"), (6, "Trần Văn Bình")):
        sheet.centre(430, y + 16 * row, text)
    found = texts(read(sheet))
    assert found == [
        LONG, "Nơi nhận:", "- Như trên;", "- Các phòng, đơn vị;", "- Lưu: VT.",
        "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Bình",
    ]  # fmt: skip


def test_rows_of_the_foot_may_reach_into_the_gap() -> None:
    sheet = Sheet()
    y = set_paragraph(sheet, 100, LONG) + 20
    left = ["Nơi nhận:", "- Như trên;", "- Thường trực Thành ủy, HĐND Thành phố", "(để báo cáo);", "- Lưu: VT."]
    for row, text in enumerate(left):
        sheet.write(LEFT, y + 14 * row, text, 11)
    for row, text in ((0, "TM. ỦY BAN NHÂN DÂN"), (1, "CHỦ TỊCH"), (5, "Trần Văn Bình")):
        sheet.centre(430, y + 16 * row, text)
    assert texts(read(sheet))[1:] == [
        "Nơi nhận:", "- Như trên;", "- Thường trực Thành ủy, HĐND Thành phố (để báo cáo);", "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Bình",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["CỘNG HÒA XÃ HỘI|CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ|NGHĨA|VIỆT NAM"])
def test_the_name_of_the_state_is_one_line_in_a_narrow_letterhead(name: str) -> None:
    sheet = Sheet()
    sheet.centre(160, 70, "UBND XÃ PHÚC THỌ")
    for row, part in enumerate(name.split("|")):
        sheet.centre(420, 70 + 15 * row, part)
    sheet.centre(420, 120, "Độc lập - Tự do - Hạnh phúc")
    assert texts(read(sheet)) == ["UBND XÃ PHÚC THỌ", name.replace("|", " "), "Độc lập - Tự do - Hạnh phúc"]


def test_the_subject_of_a_letter_under_its_number_and_the_addressees_after_the_head() -> None:
    sheet = Sheet()
    for y, left, right in (
        (70, "SỞ TÀI CHÍNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (86, "Số: 1124/STC-VP", "Độc lập - Tự do - Hạnh phúc"),
    ):
        sheet.centre(165, y, left)
        sheet.centre(420, y, right)
    for y, text in ((102, "V/v báo cáo tình hình giao"), (116, "nhiệm vụ khoa học năm 2026")):
        sheet.centre(165, y, text, 10)
    sheet.write(170, 150, "Kính gửi: Sở Khoa học và Công nghệ")
    set_paragraph(sheet, 190, LONG)
    assert texts(read(sheet)) == [
        "SỞ TÀI CHÍNH", "Số: 1124/STC-VP", "V/v báo cáo tình hình giao nhiệm vụ khoa học năm 2026",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Kính gửi: Sở Khoa học và Công nghệ", LONG,
    ]  # fmt: skip


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_upright(turn: int) -> None:
    """The content is set so that it is upright once the viewer has turned the page."""
    sheet = Sheet(turn=turn)
    upright = Sheet()
    set_paragraph(upright, letterhead(upright), LONG)
    width, height = sheet.size
    matrix = {90: f"0 1 -1 0 {width} 0", 180: f"-1 0 0 -1 {width} {height}", 270: f"0 -1 1 0 0 {height}"}[turn]
    sheet.content = [f"q {matrix} cm".encode(), *upright.content, b"Q"]
    assert texts(read(sheet))[0] == "UBND THÀNH PHỐ HÀ NỘI"
    assert texts(read(sheet))[-1] == LONG
