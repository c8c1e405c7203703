"""Heads and feet of documents as recognition gives those of scans: strokes lost, dust before words, lines run on."""

import pytest

from khue.language.document import Document, frame
from khue.language.source import SourceText
from khue.language.structure import read

HEAD = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ NỘI
SỞ KHOA HỌC VÀ CÔNG
NGHỆ
%s
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 18 tháng 9 năm 2026
"""
BODY = """Thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị, đề nghị các đơn vị triển khai:
1. Sở Tài chính rà soát định mức chi, hoàn thành trước ngày 30/10/2026.
"""
FOOT = """Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
"""
INVITATION = "Dự hội nghị sơ kết công tác chuyển đổi số 9 tháng đầu năm 2026"


def fields(text: str) -> Document:
    return frame(read(SourceText(text, (), "pdf"))).document


@pytest.mark.parametrize("printed", ["Số: 56/GM-SKHCN", "Số: 56GM-SKHCN", "56/GM-SKHCN", "Số 56 /GM-SKHCN"])
@pytest.mark.parametrize("title", ["GIẤY MỜI", "'GIẤY MỜI", "_ GIẤY MỜI"])
def test_number_sign_and_title_with_what_dust_does_to_them(printed: str, title: str) -> None:
    found = fields(f"{HEAD % printed}{title}\n{INVITATION}\n{BODY}{FOOT}Trần Thị Mai Hương\n")
    assert (found.sign, found.type, found.subject) == ("56/GM-SKHCN", "GM", INVITATION)
    assert (str(found.issued_on), found.signer) == ("2026-09-18", "Trần Thị Mai Hương")


def test_an_abstract_ends_where_the_grounds_were_put_on_its_line() -> None:
    assert fields(f"{HEAD % 'Số: 56/GM-SKHCN'}GIẤY MỜI\n{INVITATION} {BODY}{FOOT}").subject == INVITATION
    own = "Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị về đột phá phát triển khoa học, công nghệ năm 2026"
    assert fields(f"{HEAD % 'Số: 88/KH-SKHCN'}KẾ HOẠCH\n{own}\nI. MỤC ĐÍCH\n{BODY}{FOOT}").subject == own


@pytest.mark.parametrize("mark", ["KHẨN", "KHAN P~¿", "HỎA TỐC"])
def test_how_urgent_a_letter_is_stands_below_its_abstract(mark: str) -> None:
    about = "V/v tăng cường ứng dụng chữ ký số trong gửi, nhận văn bản điện tử giữa các cơ quan nhà\nnước"
    found = fields(f"{HEAD % f'Số: 3120/UBND-KGVX{chr(10)}{about}{chr(10)}{mark}'}Kính gửi: Sở Nội vụ\n{BODY}{FOOT}")
    assert found.subject == "tăng cường ứng dụng chữ ký số trong gửi, nhận văn bản điện tử giữa các cơ quan nhà nước"


def test_a_post_in_capitals_is_nobody() -> None:
    assert fields(f"{HEAD % 'Số: 56/GM-SKHCN'}GIẤY MỜI\n{INVITATION}\n{BODY}{FOOT}").signer is None
