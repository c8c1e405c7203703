"""What the words of a need tell by themselves."""

import pytest

from khue.needs.rules.reading import field_of, touches_livelihood


@pytest.mark.parametrize(
    ("text", "touches"),
    [
        ("Nhà trọ hay cháy vì sạc pin", True),
        ("nha tro hay chay vi sac pin", True),
        ("Xe máy chạy chậm, ứng dụng hay lỗi", False),
        ("Ngõ hay ngập khi mưa", True),
        ("Phần mềm khó dùng", False),
    ],
)
def test_livelihood_by_words_with_their_accents(text: str, touches: bool) -> None:
    assert touches_livelihood(text) is touches


def test_the_field_whose_words_stand_most_often() -> None:
    assert field_of("Giống rau chịu mặn cho cây trồng vùng ven sông") == "agricultural"
    assert field_of("Chung cư cũ nghiêng dần, không ai nói còn an toàn") != "natural"
    assert field_of("Cá lồng trên hồ chết hàng loạt vào mùa thu") == "agricultural"
    assert field_of("abc") == ""
