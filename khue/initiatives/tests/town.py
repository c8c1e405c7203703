"""A commune that recognises initiatives: two officers, its head; the department beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from khue.accounts.models import User
from khue.directory.models import Unit
from khue.documents.tests.city import person, unit
from khue.initiatives.actions.handling import act
from khue.initiatives.actions.writing import begin, file_application, save_draft
from khue.initiatives.models import Initiative

DAY = date(2026, 3, 9)
TITLE = "Hẹn giờ trả kết quả một cửa bằng mã QR trên giấy hẹn"
DECISION = {"decision_sign": "234/QĐ-UBND", "decided_on": "2026-04-20"}


@dataclass
class Commune:
    """Who and where."""

    unit: Unit
    science: Unit
    hanh: User
    minh: User
    head: User
    elsewhere: User
    officer: User
    leader: User
    expert: User

    def draft(self, title: str = TITLE, by: User | None = None, **changed: Any) -> Initiative:
        """An application that says everything, with what is `changed` in it; None takes an answer away."""
        writer = by or self.hanh
        said = {**answers(writer), **changed}
        given = {name: value for name, value in said.items() if value is not None}
        return save_draft(begin(by=writer), by=writer, answers=given, title=title, field="digital")

    def filed(self, **changed: Any) -> Initiative:
        """The same, filed."""
        made = self.draft(**changed)
        return file_application(made, by=made.applicant)

    def judged(self, **changed: Any) -> Initiative:
        """The same, received and found valid."""
        made = act(self.filed(**changed), "receive", by=self.minh)
        return act(made, "accept", by=self.minh)


def answers(writer: User, *shares: object) -> dict[str, Any]:
    """Every question answered; a second author when there are two `shares`."""
    people = [(writer.full_name, writer.email), ("Trần Văn Bình", "")]
    return {
        "authors": [
            {"name": name, "share": share, "born": "1988-05-12", "workplace": "UBND xã Vân Nội", "email": email}
            for (name, email), share in zip(people, shares or (100,), strict=False)
        ],
        "ground": "invested", "first_applied_on": "2026-01-12", "before": "Người dân phải đến hai lần.",
        "content": "Gắn mã QR vào giấy hẹn để người dân tự tra cứu.", "ability": "Đã dùng ở bộ phận một cửa.",
        "benefit": "Bớt 1.900 lượt đi lại một năm.", "secret": "Khóa ký của mã.",
    }  # fmt: skip


def build() -> Commune:
    """The commune; the process shelf is loaded."""
    top = unit("Ủy ban nhân dân thành phố Hà Nội", Unit.Kind.AUTHORITY)
    science = unit("Sở Khoa học và Công nghệ", parent=top)
    commune = unit("Ủy ban nhân dân xã Vân Nội", Unit.Kind.COMMUNE, parent=top)
    other = unit("Ủy ban nhân dân xã Phúc Thịnh", Unit.Kind.COMMUNE, parent=top)
    return Commune(
        commune, science, hanh=person("Nguyễn Thị Hạnh", "officer", commune),
        minh=person("Trần Đức Minh", "officer", commune), head=person("Bùi Văn Khánh", "unit-head", commune),
        elsewhere=person("Tô Văn Phúc", "officer", other), officer=person("Cao Văn Nam", "officer", science),
        leader=person("Vũ Lãnh Đạo", "leader", top), expert=person("Lê Chuyên Gia", "expert", science),
    )  # fmt: skip
