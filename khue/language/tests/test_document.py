# ruff: noqa: E501  (sentences are read whole)
from datetime import date

from khue.language.document import frame
from khue.language.extract import extract
from khue.language.source import SourceText
from khue.language.structure import read

LETTER = """VĂN PHÒNG CHÍNH PHỦ
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

HỎA TỐC

Số: 3722/VPCP-CN
V/v xử lý vướng mắc của dự án khu công nghệ

Hà Nội, ngày 28 tháng 4 năm 2026

Kính gửi: Ủy ban nhân dân tỉnh Đồng Nai

Giao Ủy ban nhân dân tỉnh Đồng Nai rà soát, báo cáo trước ngày 10 tháng 5 năm 2026./.

Nơi nhận:
- Như trên;
- Bộ Tài chính;
- Lưu: VT.

KT. BỘ TRƯỞNG, CHỦ NHIỆM
PHÓ CHỦ NHIỆM

Phạm Mạnh Cường
"""


def test_fields_of_a_letter() -> None:
    found = frame(read(SourceText(LETTER, (), "txt"))).document
    assert (found.sign, found.type, found.family) == ("3722/VPCP-CN", None, "state")
    assert (found.issuer, found.issued_on, found.signer) == (
        "Văn phòng Chính phủ",
        date(2026, 4, 28),
        "Phạm Mạnh Cường",
    )
    assert found.subject == "xử lý vướng mắc của dự án khu công nghệ"
    assert found.addressees == ("Ủy ban nhân dân tỉnh Đồng Nai", "Bộ Tài chính")
    assert found.urgency == "HỎA TỐC"


def test_party_notice() -> None:
    words = "THÀNH ỦY HÀ NỘI\n*\nSố 1875-TB/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 10 tháng 4 năm 2019\nTHÔNG BÁO\nkết luận của Thường trực Thành ủy\n\nThường trực Thành ủy kết luận."
    found = frame(read(SourceText(words, (), "txt"))).document
    assert (found.sign, found.type, found.family, found.issuer) == ("1875-TB/TU", "TB", "party", "Thành ủy Hà Nội")


def test_own_number_is_not_cited_and_the_foot_is_not_read() -> None:
    body = frame(read(SourceText(LETTER, (), "txt"))).body
    assert [LETTER[b.start : b.end][:4] for b in body][-1] == "Giao"


def test_press_report_has_the_day_it_appeared() -> None:
    words = "Thứ bảy, 04/05/2024 | 21:05\nCập nhật lúc 13:02 ngày 29/01/2024\n\nTin về khoa học và công nghệ của thành phố\n\nHôm nay họp.\nNguồn: vjst.vn/"
    found = frame(read(SourceText(words, (), "txt"))).document
    assert (found.family, found.type, found.issued_on, found.reported_on) == ("press", "press", None, date(2024, 1, 29))
    assert found.issuer == "vjst.vn"


def test_a_party_head_of_two_lines_and_an_abstract_that_the_body_follows_at_once() -> None:
    words = (
        "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI\nTHÀNH ỦY HÀ NỘI\n*\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 12-TB/TU\nHà Nội, ngày 09 tháng 3 năm 2026\n"
        "THÔNG BÁO\nKết luận của Ban Thường vụ Thành ủy về chuyển đổi số\n"
        "Ban Thường vụ Thành ủy họp, nghe báo cáo. Sau khi thảo luận, Ban Thường vụ kết luận như sau:\n"
        "- Giao Sở Tài chính bố trí kinh phí cho Trung tâm dữ liệu.\n"
    )
    found = extract(SourceText(words, (), "txt"))
    assert found.document.issuer == "Thành ủy Hà Nội"
    assert found.document.subject == "Kết luận của Ban Thường vụ Thành ủy về chuyển đổi số"
    assert [d.text for d in found.directives] == ["Giao Sở Tài chính bố trí kinh phí cho Trung tâm dữ liệu"]


def test_a_head_of_two_columns_on_one_line_and_a_rare_surname() -> None:
    words = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH VĨNH SƠN Độc lập - Tự do - Hạnh phúc

Số: 94/UBND-KGVX Vĩnh Sơn, ngày 19 tháng 6 năm 2023

V/v kinh phí phòng thí nghiệm

Kính gửi:

- Giám đốc Sở Khoa học và Công nghệ;

- Giám đốc Sở Tài chính.

Chủ tịch UBND tỉnh giao Sở Khoa học và Công nghệ lập dự toán trước ngày 30/6/2023.

Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Khổng Sầm Khuê
"""
    found = frame(read(SourceText(words, (), "txt"))).document
    assert (found.issuer, found.signer) == ("Ủy ban nhân dân tỉnh Vĩnh Sơn", "Khổng Sầm Khuê")
    assert found.addressees == ("Giám đốc Sở Khoa học và Công nghệ", "Giám đốc Sở Tài chính")


def test_a_deadline_is_not_the_day_of_a_report() -> None:
    words = "Theo văn bản, Chủ tịch UBND tỉnh giao Sở Y tế rà soát danh mục thuốc, báo cáo trước ngày 30/10/2020."
    assert extract(SourceText(words, (), "txt")).document.reported_on is None


def test_what_a_letter_is_about_ends_where_the_right_column_begins() -> None:
    head = "SỞ Y TẾ\nSố: 12/SYT-NV\nV/v kiểm kê thuốc của các trạm\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLai Châu, ngày 09 tháng 5 năm 2025\nKính gửi: UBND các xã.\n"
    document = extract(SourceText(f"{head}Sở Y tế đề nghị UBND các xã kiểm kê thuốc.\n", (), "txt")).document
    assert document.subject == "kiểm kê thuốc của các trạm"


def test_a_part_of_a_paper_without_its_head_is_no_report() -> None:
    items = "1. Sở Nội vụ rà soát biên chế.\n\n2. Sở Tài chính cân đối kinh phí.\n\n3. UBND các xã niêm yết kết quả."
    for words in (
        f"III. NHIỆM VỤ, GIẢI PHÁP\n\n{items}",
        f"Thực hiện Quyết định số 12/QĐ-TTg, UBND tỉnh yêu cầu:\n\n{items}",
    ):
        found = extract(SourceText(words, (), "txt"))
        assert found.document.family == "state"
        assert [one.assignees[0].name for one in found.directives] == ["Sở Nội vụ", "Sở Tài chính", "UBND các xã"]
    assert extract(SourceText("Chiều 12/5, UBND tỉnh họp.\n\n" + items, (), "txt")).document.family == "press"
