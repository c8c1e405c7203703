"""PDF documents: printed rows become the lines and paragraphs that the author wrote."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from khue.language.reading import Unreadable, read_bytes
from khue.language.reading.tests.pdf_writer import Sheet, pdf, width_of
from khue.language.reading.tests.sight import assert_sound, line_of, texts
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


def test_a_centred_title_of_two_rows_is_one_line() -> None:
    sheet = Sheet()
    middle = (LEFT + RIGHT) / 2
    sheet.centre(middle, 100, "KẾ HOẠCH")
    sheet.centre(middle, 118, "Triển khai chuyển đổi số trên địa bàn Thành phố giai đoạn 2026 - 2030")
    sheet.centre(middle, 136, "và định hướng đến năm 2035")
    set_paragraph(sheet, 170, LONG)
    title = "Triển khai chuyển đổi số trên địa bàn Thành phố giai đoạn 2026 - 2030 và định hướng đến năm 2035"
    assert texts(read(sheet)) == ["KẾ HOẠCH", title, LONG]


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
