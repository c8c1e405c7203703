# ruff: noqa: E501  (sentences are read whole)
"""Who voiced a petition is named in full: passages invented for it."""

import pytest

from khue.language.tests.passages import press


def voices(words: str) -> list[tuple[str, ...]]:
    return [one.voiced_by for one in press(words).petitions]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (
            "Hiệp hội Nuôi ong tỉnh Hòa Lạc họp với các sở sáng 3/4.\nĐồng thời, hiệp hội kiến nghị UBND tỉnh giảm phí kiểm dịch mật ong.",
            "Hiệp hội Nuôi ong tỉnh Hòa Lạc",
        ),
        (
            "Thủ tướng làm việc với lãnh đạo tỉnh Lạng Sơn chiều 3/4.\nTỉnh kiến nghị Thủ tướng cho phép kéo dài đường tránh qua chợ Hồ Sen.",
            "tỉnh Lạng Sơn",
        ),
        (
            "Ban quản lý chợ Bản Chu (BCM) cho biết mái chợ dột nhiều chỗ, tiểu thương rất vất vả.",
            "Ban quản lý chợ Bản Chu",
        ),
        (
            "Nhiều hộ dân ở chợ Hồ Sen chưa có nước sạch, trong đó có bà Lò Thị Mai.\nBà Mai cho biết nhà bà thiếu nước suốt ba tháng mùa khô.",
            "bà Lò Thị Mai",
        ),
    ],
)
def test_a_short_name_stands_for_the_full_one(words: str, who: str) -> None:
    assert voices(words)[-1] == (who,)


@pytest.mark.parametrize(
    "who",
    [
        "Theo các phụ huynh,",
        "Nhiều nhà thầu cho biết",
        "Đa số cư dân phản ánh",
        "Vị đại diện hợp tác xã Bản Chu cho biết",
    ],
)
def test_many_speak_with_one_voice(who: str) -> None:
    ((by,),) = voices(f"{who} cầu tạm đã xuống cấp, xe tải không thể qua lại.")
    assert by.lower() in who.lower()


def test_those_a_paper_is_sent_to_do_not_speak_in_it() -> None:
    words = "Sở Công Thương vừa có công văn gửi UBND các huyện, thị xã đề nghị Bộ Công Thương sớm cấp lại giấy phép cho chợ đầu mối Hồ Sen."
    assert voices(words) == [("Sở Công Thương",)]


def test_who_is_complained_of_does_not_complain() -> None:
    words = "Trường Tiểu học Hồ Sen bị nhiều phụ huynh phản ánh bếp ăn còn thiếu nước sạch, bàn ghế hư hỏng."
    assert voices(words) == [("nhiều phụ huynh",)]


def test_an_event_speaks_for_nobody() -> None:
    words = "Hội nghị ghi nhận nhiều khó khăn như: thiếu kho lạnh cho chợ Hồ Sen; phí thuê đất còn quá cao."
    assert {who for by in voices(words) for who in by if who.startswith("Hội nghị")} == set()


def test_where_voters_live_is_part_of_their_name() -> None:
    words = "Cử tri xã Bản Chu, huyện Hồ Sen, đề nghị UBND tỉnh sớm sửa cầu treo đã xuống cấp."
    assert voices(words) == [("Cử tri xã Bản Chu",)]


def test_a_deputy_is_named_as_one() -> None:
    words = (
        "ĐBQH Lò Thị Mai (đoàn Sơn La) có ý kiến tại phiên họp sáng 3/4.\n"
        "Bà Mai cho biết trường ở bản thiếu nước suốt ba tháng mùa khô."
    )
    assert voices(words) == [("ĐBQH Lò Thị Mai",)]
