"""A small city built by the actions that people use, for tests that cross the apps."""

import io
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.test import Client

from khue.accounts.actions.accounts import NewRole, NewUser, add_user, add_users
from khue.accounts.actions.memberships import give_role
from khue.accounts.models import User
from khue.core.actors import SystemActor
from khue.directory.actions.units import add_unit
from khue.directory.models import Unit
from khue.files.models import File
from khue.office.word.blank import blank

FOUNDER = SystemActor("Người lập")
FOUNDED = date(2020, 1, 1)
WORK = [
    "rà soát các dự án công nghệ thông tin", "bố trí kinh phí chuyển đổi số", "xây dựng đề án thuê chuyên gia",
    "lập danh mục dữ liệu dùng chung", "kiểm tra phần mềm một cửa", "tổ chức tập huấn kỹ năng số",
    "tổng hợp số liệu về nhân lực", "hoàn thiện quy chế quản lý dữ liệu", "đánh giá hiệu quả các mô hình điểm",
    "đề xuất giải pháp thu hút đầu tư",
]  # fmt: skip
"""Work that notices give to units."""


@dataclass(frozen=True, slots=True)
class Town:
    """Units and people by what they are in the stories."""

    city: Unit
    science: Unit
    division: Unit
    finance: Unit
    ward: Unit
    leader: User
    monitor: User
    city_clerk: User
    city_officer: User
    head: User
    clerk: User
    officer: User
    division_head: User
    finance_officer: User
    finance_head: User
    ward_officer: User
    ward_clerk: User
    administrator: User


def found() -> Town:
    """The city's committee, two departments, a division and a ward, with whoever works there."""
    city = _unit("Ủy ban nhân dân thành phố Hà Nội", Unit.Kind.AUTHORITY, "UBND")
    science = _unit("Sở Khoa học và Công nghệ", Unit.Kind.DEPARTMENT, "SKHCN", city)
    division = _unit("Phòng Quản lý khoa học", Unit.Kind.DIVISION, "QLKH", science)
    finance = _unit("Sở Tài chính", Unit.Kind.DEPARTMENT, "STC", city)
    ward = _unit("UBND phường Láng", Unit.Kind.COMMUNE, "", city)
    who = {
        "leader": ("Vũ Minh Khuê", "leader", city), "monitor": ("Lê Hoàng Nam", "monitor", city),
        "city_clerk": ("Đỗ Thị Hạnh", "clerk", city), "city_officer": ("Nguyễn Thu Trang", "officer", city),
        "head": ("Trần Quốc Bảo", "unit-head", science), "clerk": ("Nguyễn Thị Hoa", "clerk", science),
        "officer": ("Cao Văn Nam", "officer", science), "division_head": ("Lý Thị Oanh", "unit-head", division),
        "finance_officer": ("Đặng Thị Lan", "officer", finance),
        "finance_head": ("Phan Văn Dũng", "unit-head", finance),
        "ward_officer": ("Phạm Ngọc Mai", "officer", ward), "ward_clerk": ("Đỗ Văn Phúc", "clerk", ward),
        "administrator": ("Ngô Anh Tuấn", "administrator", science),
    }  # fmt: skip
    return Town(city, science, division, finance, ward, **dict(zip(who, workers(*who.values()), strict=True)))


def _unit(name: str, kind: str, abbreviation: str, parent: Unit | None = None) -> Unit:
    return add_unit(
        name=name, kind=kind, abbreviation=abbreviation, parent=parent, valid_from=FOUNDED, by=FOUNDER
    )  # fmt: skip


def worker(name: str, role: str, unit: Unit) -> User:
    """An account with one part in a unit."""
    made = add_user(email=f"nguoi-{User.objects.count()}@khue.example", full_name=name, by=FOUNDER)
    give_role(made, unit=unit, role=role, valid_from=FOUNDED, by=FOUNDER)
    return made


def workers(*who: tuple[str, str, Unit]) -> list[User]:
    """Several of them, each by name, role and unit, in a few writes."""
    known = User.objects.count()
    new = [
        NewUser(f"nguoi-{number}@khue.example", name, [NewRole(unit, role, FOUNDED)])
        for number, (name, role, unit) in enumerate(who, known)
    ]
    return add_users(new, by=FOUNDER)


def signed_in(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def word(*lines: str, name: str = "van-ban.docx") -> "ContentFile[bytes]":
    """An upload of a Word file with these paragraphs."""
    file, buffer = blank(), io.BytesIO()
    for line in lines:
        file.add_paragraph(line)
    file.save(buffer)
    return ContentFile(buffer.getvalue(), name=name)


def notice(*tasks: str, number: int = 386, day: date = date(2026, 3, 9), name: str = "") -> "ContentFile[bytes]":
    """A notice of conclusions of the city's leader, as a Word file, with these sentences as its numbered items."""
    return word(
        "ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI", f"Số: {number}/TB-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        f"Hà Nội, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
        "THÔNG BÁO", "Kết luận của Phó Chủ tịch tại cuộc họp giao ban về chuyển đổi số",
        "Đồng chí Phó Chủ tịch kết luận, yêu cầu các đơn vị thực hiện các nhiệm vụ sau:",
        *(f"{place}. {task}" for place, task in enumerate(tasks, 1)),
        "Nơi nhận:", "- Các sở, ban, ngành;", "- Lưu: VT.",
        "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Vũ Minh Khuê",
        name=name or f"TB-{number}-UBND.docx",
    )  # fmt: skip


def kept(document_dossier: str) -> int:
    """How many files a dossier has."""
    kind, number = document_dossier.split(":")
    return File.objects.filter(dossier_kind=kind, dossier_id=int(number), removed_at=None).count()
