"""Voters, people and associations whose petition a body passes on."""

import pytest

from khue.language.crowds import crowd


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Cử tri xã Gia Lâm đề nghị Sở công bố kết quả đo.", "Cử tri xã Gia Lâm"),
        ("Hợp tác xã Văn Đức kiến nghị Thành phố hỗ trợ tem.", "Hợp tác xã Văn Đức"),
        ("- Một số doanh nghiệp trên địa bàn phản ánh thiếu vốn.", "Một số doanh nghiệp trên địa bàn"),
        ("Người dân còn gặp khó khăn khi cài đặt.", ""),
        ("Hội Nông dân phường Láng cũng đề xuất mở lớp.", "Hội Nông dân phường Láng"),
        ("UBND xã Gia Lâm đề nghị Sở hướng dẫn.", ""), ("Hội đồng nhân dân xã kiến nghị bố trí kinh phí.", ""),
        ("Đề nghị Sở hướng dẫn người dân cài đặt.", ""), ("Việc số hóa còn gặp khó khăn.", ""),
        ("Công tyđề nghị", ""), ("Bàn giao hồ sơ, người dân đề nghị xem lại.", ""),
    ],
)  # fmt: skip
def test_who_speaks(text: str, who: str) -> None:
    assert crowd(text) == who
