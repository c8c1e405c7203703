# ruff: noqa: E501  (sentences are read whole)
"""What bodies plead for upwards, and what only sounds like a trouble: passages invented for it."""

from khue.language.tests.passages import press


def told(words: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in press(words).petitions]


def test_whoever_names_those_above_pleads_and_orders_nothing() -> None:
    words = "UBND TPHCM kiến nghị Chính phủ bổ sung vốn cho tuyến đường sắt ven sông. Hiệp hội Gạch ngói kiến nghị các cơ quan có thẩm quyền sớm giảm thuế đất sét."
    found = press(words)
    assert [one.kind for one in found.petitions] == ["request", "request"]
    assert found.directives == ()


def test_a_plea_goes_on_in_the_paragraphs_below_it() -> None:
    words = (
        "Ông Nguyễn Văn Đệ, Giám đốc Ban Quản lý dự án Hòn La, đã kiến nghị một số giải pháp đẩy nhanh tiến độ đền bù. "
        "Cụ thể, việc xem xét giao đất trước cho nhà thầu.\n"
        "Xem xét hỗ trợ các hộ dân di dời mồ mả khi chưa có đất thay thế.\n"
        "Buổi làm việc kết thúc lúc 17 giờ cùng ngày.\n"
    )
    assert told(words) == [
        ("request", "việc xem xét giao đất trước cho nhà thầu"), ("request", "Xem xét hỗ trợ các hộ dân di dời mồ mả khi chưa có đất thay thế"),
    ]  # fmt: skip


def test_warnings_of_nature_and_what_comes_of_a_trouble_are_no_troubles_of_their_own() -> None:
    words = (
        "Ông Lò Văn Páo, Chủ tịch UBND xã Mường Lát, cho biết bản còn thiếu nước sạch. Điều này đã gây nhiều khó khăn cho bà con. "
        "Có 3 vị trí nguy cơ rất cao sạt lở đất ở bản Pù, gây mất an toàn."
    )
    assert [text for _, text in told(words)] == ["bản còn thiếu nước sạch"]


def test_a_plea_in_the_lead_that_the_body_tells_again_counts_once() -> None:
    words = (
        "Tin trong tỉnh\n"
        "Hiệp hội Gạch ngói kiến nghị UBND tỉnh giảm thuế đất sét.\n"
        "Sáng 3/2, Hiệp hội Gạch ngói kiến nghị UBND tỉnh giảm thuế đất sét cho các lò thủ công đến hết năm.\n"
    )
    assert [text for _, text in told(words)] == [
        "kiến nghị UBND tỉnh giảm thuế đất sét cho các lò thủ công đến hết năm"
    ]


def test_to_ask_for_help_with_troubles_says_not_which() -> None:
    words = "Tại buổi làm việc ở huyện Kỳ Sơn, đại diện các xã đã thảo luận, đề xuất tháo gỡ khó khăn, vướng mắc."
    assert told(words) == []
