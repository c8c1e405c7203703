"""A department, another one, and two wards that have difficulties; and the people who write and answer."""

from dataclasses import dataclass

from khue.accounts.models import User
from khue.directory.models import Unit
from khue.documents.tests.city import Office, office, person, unit
from khue.petitions.actions.writing import Voicing, send
from khue.petitions.models import Petition

MONEY = "Phần mềm một cửa chưa có kinh phí duy trì. Đề nghị bố trí 60 triệu đồng mỗi năm."
REPORT = (
    "ỦY BAN NHÂN DÂN\nPHƯỜNG LÁNG\nSố: 120/BC-UBND\nHà Nội, ngày 2 tháng 3 năm 2026\nBÁO CÁO\n"
    "Tình hình chuyển đổi số quý I năm 2026\n"
    "III. KHÓ KHĂN, KIẾN NGHỊ\n"
    "Sở Y tế còn gặp khó khăn do chưa có cán bộ chuyên trách công nghệ thông tin.\n"
    "UBND phường Láng kiến nghị UBND Thành phố bố trí kinh phí duy trì phần mềm một cửa.\n"
)


@dataclass
class Ward:
    """Who and where; `office` is the department's."""

    office: Office
    health: Unit
    far: Unit
    officer: User
    """Of the ward that voices."""
    neighbour: User
    """Of another ward."""
    health_head: User


def build() -> Ward:
    """The units and people; the process shelf is loaded."""
    found = office()
    health = unit("Sở Y tế", parent=found.sokhcn.parent)
    far = unit("Ủy ban nhân dân xã Ba Vì", Unit.Kind.COMMUNE, parent=found.sokhcn.parent)
    return Ward(
        found, health, far, officer=person("Phạm Ngọc Mai", "officer", found.ward),
        neighbour=person("Chu Thị Hòa", "officer", far), health_head=person("Lê Thị Lan", "unit-head", health),
    )  # fmt: skip


def sent(ward: Ward, text: str = MONEY, *, by: User | None = None, unit: Unit | None = None) -> Petition:
    """A petition of the ward to the department."""
    said = Voicing("request", text, ward.office.sokhcn, unit or ward.office.ward)
    return send(said, by=by or ward.officer)
