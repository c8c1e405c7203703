"""A small city with needs: the department, three communes side by side, and the people who write and answer."""

from dataclasses import dataclass
from datetime import date

from khue.accounts.models import User
from khue.directory.models import Place, Unit
from khue.documents.tests.city import LONG_AGO, person, unit
from khue.needs.actions.writing import Words, begin, send
from khue.needs.models import Need

DAY = date(2026, 3, 9)
SALT = "Nước tưới vùng rau ven sông bị nhiễm mặn vào mùa khô. Khoảng 40 ha rau phải bỏ vụ mỗi năm."
PHONES = "Người cao tuổi khó làm thủ tục trên điện thoại. Phải nhờ con cháu hoặc đi lên phường nhiều lần."


@dataclass
class City:
    """Who and where."""

    science: Unit
    health: Unit
    lang: Unit
    dong: Unit
    far: Unit
    officer: User
    head: User
    ward: User
    colleague: User
    other: User
    leader: User
    auditor: User
    expert: User


def commune(name: str, code: str, north: float, east: float, city: Place, above: Unit) -> Unit:
    """A ward with its place and its committee."""
    place = Place.objects.create(
        code=code, level="commune", kind="Phường", name=name, parent=city, latitude=north, longitude=east,
        valid_from=LONG_AGO,
    )  # fmt: skip
    return unit(f"Ủy ban nhân dân phường {name}", Unit.Kind.COMMUNE, parent=above, place=place)


def build() -> City:
    """The city; the process shelf is loaded."""
    top = unit("Ủy ban nhân dân thành phố Hà Nội", Unit.Kind.AUTHORITY)
    hanoi = Place.objects.create(code="01", level="province", kind="Thành phố", name="Hà Nội", valid_from=LONG_AGO)
    science = unit("Sở Khoa học và Công nghệ", parent=top)
    health = unit("Sở Y tế Hà Nội", parent=top)
    lang = commune("Láng", "101", 21.01, 105.80, hanoi, top)
    dong = commune("Đống Đa", "102", 21.02, 105.82, hanoi, top)
    far = commune("Ba Vì", "103", 21.20, 105.35, hanoi, top)
    return City(
        science, health, lang, dong, far,
        officer=person("Cao Văn Nam", "officer", science), head=person("Bùi Văn Khánh", "unit-head", science),
        ward=person("Phạm Ngọc Mai", "officer", lang), colleague=person("Đỗ Văn Phúc", "clerk", lang),
        other=person("Chu Thị Hòa", "officer", dong), leader=person("Trần Lãnh Đạo", "leader", top),
        auditor=person("Phạm Kiểm Tra", "auditor", top), expert=person("Lê Chuyên Gia", "expert", science),
    )  # fmt: skip


def sent(by: User, problem: str = SALT, **words: str) -> Need:
    """A need as its author sends it, for the author's own place."""
    told = {"problem": problem, "affected": "Khoảng 600 hộ trồng rau", **words}
    return send(begin(by=by, words=Words(**told)), by=by)
