from datetime import date

from khue.language.places import Place, places
from khue.language.text import lowered


def read(words: str, on: date | None) -> dict[str, str | None]:
    found: list[Place] = places(words, lowered(words), [(0, len(words))], on)
    return {place.text: place.code for place in found}


def test_units_of_the_day() -> None:
    words = "Tại Hà Nội, phường Cát Linh, quận Đống Đa và huyện Sóc Sơn."
    assert read(words, date(2024, 7, 19)) == {"Hà Nội": "01", "Cát Linh": "00178", "Đống Đa": "006", "Sóc Sơn": "016"}


def test_from_july_2025_the_new_units_are_meant() -> None:
    words = "Thành phố Hà Nội: xã Sóc Sơn, xã Nội Bài."
    assert read(words, date(2025, 8, 1)) == {"Hà Nội": "01", "Sóc Sơn": "00376", "Nội Bài": "00433"}


def test_bare_districts_of_the_home_province_and_each_place_once() -> None:
    words = "Hà Nội họp với Mê Linh, Gia Lâm; Hà Nội đồng ý."
    assert list(read(words, date(2024, 1, 1))) == ["Hà Nội", "Mê Linh", "Gia Lâm"]


def test_a_street_is_no_place() -> None:
    assert "Sơn La" not in read("Hà Nội sửa đường Sơn La.", date(2024, 1, 1))
