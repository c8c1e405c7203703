"""What the papers of bodies bear at their head and their end."""

import pytest

from khue.directory.letterhead import letterhead
from khue.directory.models import Place, Unit

COMMITTEE = ("collective", "Ủy ban nhân dân", "Chủ tịch")
CITY = Unit(name="Ủy ban nhân dân thành phố Thử")


@pytest.mark.parametrize(
    ("name", "abbreviation", "body", "above", "code", "signs"),
    [
        ("UBND phường Láng", "", "Ủy ban nhân dân phường Láng", "", "UBND", COMMITTEE),
        ("Sở Khoa học và Công nghệ", "SKHCN", "Sở Khoa học và Công nghệ", CITY.name, "SKHCN", ("", "", "Giám đốc")),
        ("Đảng ủy Sở", "", "Đảng ủy Sở", CITY.name, "ĐU", ("collective", "Ban Thường vụ", "Bí thư")),
        ("Phòng Kế hoạch", "", "Phòng Kế hoạch", CITY.name, "…", ("", "", "Trưởng phòng")),
        ("Nhà máy Nước", "NMN", "Nhà máy Nước", CITY.name, "NMN", ("", "", "Thủ trưởng đơn vị")),
    ],
)  # fmt: skip
def test_a_body_has_its_full_name_its_code_its_place_and_who_signs(
    name: str, abbreviation: str, body: str, above: str, code: str, signs: tuple[str, str, str]
) -> None:
    head = letterhead(Unit(name=name, abbreviation=abbreviation, parent=CITY, place=Place(name="Láng")))
    assert (head.body, head.above, head.code, head.place) == (body, above, code, "Láng")
    assert (head.on_behalf, head.authority, head.post) == signs
