"""The short title of a directive says what is to be done."""

import pytest

from khue.language.directives.title import TITLE_LENGTH, title_of

TITLES = {
    "Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan tham mưu UBND Thành phố ban "
    "hành kế hoạch chuyển đổi số, hoàn thành trước ngày 30/6/2026.": (
        "Tham mưu UBND Thành phố ban hành kế hoạch chuyển đổi số"
    ),
    "Giao Sở Y tế chủ trì, phối hợp với các sở, ban, ngành rà soát các trạm y tế": "Rà soát các trạm y tế",
    "Yêu cầu Giám đốc các Sở: Xây dựng, Tài chính tập trung chỉ đạo giải ngân vốn đầu tư": (
        "Tập trung chỉ đạo giải ngân vốn đầu tư"
    ),
    "UBND các quận, huyện, thị xã khẩn trương rà soát quỹ đất": "Khẩn trương rà soát quỹ đất",
    "Phối hợp với Sở Nội vụ đề xuất vấn đề cần giải pháp": "Đề xuất vấn đề cần giải pháp",
    "UBND phường Láng chủ trì báo cáo khó khăn của bộ phận một cửa; hoàn thành trước ngày 26/10/2026": (
        "Báo cáo khó khăn của bộ phận một cửa"
    ),
    "Hằng quý, trước ngày 20 của tháng cuối quý, Sở Y tế chủ trì, phối hợp với Sở Xây dựng báo cáo tiến độ": (
        "Báo cáo tiến độ"
    ),
    "Trước ngày 15/12/2026, giao Sở Nội vụ rà soát các hội đồng": "Rà soát các hội đồng",
    "Trong tháng 9/2026, các đơn vị ấy gửi báo cáo": "Trong tháng 9/2026, các đơn vị ấy gửi báo cáo",
    "Trước ngày 15/12/2026, rà soát các hội đồng": "Trước ngày 15/12/2026, rà soát các hội đồng",
    "bố trí kinh phí chuyển đổi số": "Bố trí kinh phí chuyển đổi số",
    "Rà soát quy chế quản lý dữ liệu; Sở Nội vụ phối hợp": "Rà soát quy chế quản lý dữ liệu; Sở Nội vụ phối hợp",
    "Sở Nội vụ làm": "Sở Nội vụ làm",
    "Sở Tư pháp chủ trì, phối hợp với bên ấy": "Sở Tư pháp chủ trì, phối hợp với bên ấy",
    "": "",
}


@pytest.mark.parametrize("content", TITLES)
def test_a_title_leaves_out_who_does_it(content: str) -> None:
    assert title_of(content) == TITLES[content]


def test_a_long_title_ends_with_a_clause() -> None:
    long = "Sở Nội vụ rà soát " + ", ".join(f"nhóm việc thứ {number} của các đơn vị" for number in range(12))
    title = title_of(long)
    assert len(title) <= TITLE_LENGTH
    assert title.startswith("Rà soát nhóm việc thứ 0")
    assert title.endswith("của các đơn vị")
