"""A small city to test with: a department with two divisions, a commune, and people in their roles."""

import io
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.core.files.base import ContentFile

from khue.accounts.models import Membership, User
from khue.core.actors import IMPORTER
from khue.core.clock import today
from khue.directory.actions.units import end_unit
from khue.directory.models import Unit
from khue.office.word.blank import blank

LONG_AGO = date(2020, 1, 1)


def unit(name: str, kind: str = Unit.Kind.DEPARTMENT, **fields: object) -> Unit:
    """A unit valid since long ago."""
    made: Unit = Unit.objects.create(name=name, kind=kind, valid_from=LONG_AGO, **fields)
    return made


def person(name: str, role: str = "", at: Unit | None = None) -> User:
    """An account, with a part in a unit when `role` is given."""
    user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@example.vn", name)
    if role and at is not None:
        Membership.objects.create(user=user, unit=at, role=role, valid_from=LONG_AGO)
    return user


@dataclass
class Office:
    """A department, one of its divisions, a ward, and who works there."""

    sokhcn: Unit
    division: Unit
    ward: Unit
    clerk: User
    head: User
    officer: User
    division_head: User
    ward_clerk: User
    leader: User
    auditor: User


def office() -> Office:
    """The department with its people; the process shelf is loaded."""
    city = unit("Ủy ban nhân dân Thành phố", Unit.Kind.AUTHORITY, abbreviation="UBND")
    sokhcn = unit("Sở Khoa học và Công nghệ", abbreviation="SKHCN", parent=city)
    division = unit("Phòng Quản lý khoa học", Unit.Kind.DIVISION, parent=sokhcn, abbreviation="QLKH")
    ward = unit("Ủy ban nhân dân phường Láng", Unit.Kind.COMMUNE, parent=city)
    return Office(
        sokhcn=sokhcn,
        division=division,
        ward=ward,
        clerk=person("Nguyễn Thị Hoa", "clerk", sokhcn),
        head=person("Bùi Văn Khánh", "unit-head", sokhcn),
        officer=person("Cao Văn Nam", "officer", division),
        division_head=person("Lý Thị Oanh", "unit-head", division),
        ward_clerk=person("Đỗ Văn Phúc", "clerk", ward),
        leader=person("Trần Lãnh Đạo", "leader", city),
        auditor=person("Phạm Kiểm Tra", "auditor", city),
    )


def word(*lines: str, name: str = "van-ban.docx") -> "ContentFile[bytes]":
    """An upload of a Word file with these paragraphs."""
    file, buffer = blank(), io.BytesIO()
    for line in lines:
        file.add_paragraph(line)
    file.save(buffer)
    return ContentFile(buffer.getvalue(), name=name)


PLAN = (
    "ỦY BAN NHÂN DÂN",
    "THÀNH PHỐ HÀ NỘI",
    "Số: 345/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Hà Nội, ngày 20 tháng 12 năm 2022",
    "KẾ HOẠCH",
    "Triển khai chiến lược khoa học, công nghệ và đổi mới sáng tạo đến năm 2030",
    "Căn cứ Chương trình số 07-CTr/TU ngày 17/3/2021 của Thành ủy Hà Nội;",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Sở Khoa học và Công nghệ chủ trì, phối hợp với các sở, ngành báo cáo UBND Thành phố trước ngày 30/6/2023.",
    "Nơi nhận:",
    "- Các sở, ban, ngành;",
    "- Lưu: VT, KGVX.",
    "TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH",
    "Trần Sỹ Thanh",
)
"""A plan as it comes from the city."""


class Heirs(NamedTuple):
    """The units that took over from the department and its division, and who works there."""

    department: Unit
    division: Unit
    clerk: User
    head: User
    officer: User


def taken_over(here: Office) -> Heirs:
    """The department and its division end today; others take over."""
    heir = unit("Sở Khoa học, Công nghệ và Đổi mới", parent=here.sokhcn.parent, abbreviation="SKCĐ")
    section = unit("Phòng Khoa học", Unit.Kind.DIVISION, parent=heir, abbreviation="KH")
    people = person("An", "clerk", heir), person("Bình", "unit-head", heir), person("Chi", "officer", section)
    for old, new in ((here.division, section), (here.sokhcn, heir)):
        end_unit(old, on=today(), successors=[new], by=IMPORTER, basis="Nghị quyết")
    return Heirs(heir, section, *people)
