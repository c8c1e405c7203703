"""A department, two communes that propose, experts who judge: what the tests of proposals live in."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from khue.accounts.models import Membership, User
from khue.core import clock
from khue.core.actors import SystemActor
from khue.core.calendar import add_working_days
from khue.core.clock import today
from khue.councils.actions import (
    Wanted,
    add_seats,
    appoint,
    cast,
    close,
    conclude,
    open_session,
    record_attendance,
    schedule,
    seat_everybody,
    send_documents,
)
from khue.councils.models import Council, Seat, Subject
from khue.directory.actions.units import add_unit
from khue.directory.models import Person, Post, Unit
from khue.needs.actions.proposal_council import form_council, hand_in
from khue.needs.actions.proposal_search import judge, sign, take_in
from khue.needs.actions.proposals import act, save_draft, send, start
from khue.needs.models import DuplicateSearch, Proposal
from khue.needs.rules.proposal_search import unjudged

LONG_AGO = date(2015, 1, 1)
FOUNDER = SystemActor("Thử")
CRITERIA = ("urgency", "relevance", "no-duplicate", "feasibility")
ANSWERS: dict[str, Any] = {
    "ground": "Kế hoạch 17/KH-UBND", "urgency": "Bốn mươi héc ta rau bị mặn",
    "objective": "Làm chủ quy trình trồng rau",
    "content": "Điều tra; thí nghiệm; mô hình", "use": "Hợp tác xã Vân Nội", "effect": "Giảm chi phí", "months": 24,
    "products": [{"kind": "ii", "name": "Quy trình trồng rau trên đất mặn", "quality": "Năng suất trên 20 tấn"}],
    "way": "selection",
}  # fmt: skip
B1 = {
    "problem": "Đất nhiễm mặn", "objective": "Có quy trình", "results": "1 quy trình", "use": "Hợp tác xã",
    "commitment": True, "way": "selection",
}  # fmt: skip
RECOMMENDED = {
    "name": "Nghiên cứu trồng rau trên đất mặn tại Hà Nội", "objective": "Làm chủ quy trình", "products": "1 quy trình",
    "way": "selection", "reasons": "Sửa tên",
}  # fmt: skip
VOTERS = ("chair", "vice-chair", "secretary", "reviewer", "reviewer", "member", "member")


def unit(name: str, parent: Unit | None = None, kind: str = Unit.Kind.DEPARTMENT) -> Unit:
    return add_unit(by=FOUNDER, name=name, kind=kind, parent=parent, valid_from=LONG_AGO)


def account(name: str, role: str, at: Unit) -> User:
    person = Person.objects.create(full_name=name)
    user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@example.vn", name, person=person)
    Membership.objects.create(user=user, unit=at, role=role, valid_from=LONG_AGO)
    return user


def again(user: User) -> User:
    """The account as the next request loads it."""
    return User.objects.get(pk=user.pk)


@dataclass
class Office:
    """Who is there."""

    city: Unit
    department: Unit
    commune: Unit
    other: Unit
    institute: Unit
    officer: User
    head: User
    leader: User
    auditor: User
    writer: User
    colleague: User
    stranger: User
    experts: list[Person] = field(default_factory=list)

    def account_of(self, person: Person) -> User:
        return User.objects.get(person=person)

    def draft(self, title: str = "Trồng rau trên đất nhiễm mặn", *, whole: bool = True, **facts: Any) -> Proposal:
        made = start(unit=self.commune, type="technology-topic", title=title, by=self.writer, **facts)
        return save_draft(made, by=self.writer, answers=ANSWERS if whole else {})

    def sent(self, title: str = "Trồng rau trên đất nhiễm mặn") -> Proposal:
        return send(self.draft(title), by=self.writer)

    def searched(self, title: str = "Trồng rau trên đất nhiễm mặn") -> Proposal:
        """Taken in, every hit judged, C0 signed."""
        made = self.sent(title)
        search = take_in(made, by=self.officer)
        for hit in unjudged(search):
            judge(search, hit["number"], verdict="related", by=self.officer)
        sign(search, conclusion=DuplicateSearch.Conclusion.NONE, by=self.officer, remark="Không trùng")
        made.refresh_from_db()
        return made

    def council(self, *proposals: Proposal) -> Council:
        """Formed, appointed, documents sent, everybody seated; it meets in two weeks."""
        council = form_council(proposals, title="Hội đồng xác định nhiệm vụ", by=self.officer)
        wanted = [Wanted(person, role) for person, role in zip(self.experts, VOTERS, strict=True)]
        assert not add_seats(council, wanted, by=self.officer)[1]
        seat_everybody(council, by=self.officer)
        appoint(council, decision_sign="12/QĐ-SKHCN", decided_on=today(), by=self.officer)
        meets = datetime.combine(add_working_days(today(), 8), time(9), timezone.get_default_timezone())
        schedule(council, meets_at=meets, venue="Phòng họp 1", by=self.officer)
        send_documents(council, by=self.officer)
        council.refresh_from_db()
        return council

    def voted(self, council: Council, *, against: int = 0) -> Council:
        """The council meets; the last `against` members find one criterion not met; it is counted and concluded."""
        assert council.meets_at is not None
        with clock.at(council.meets_at + timedelta(minutes=5)):
            seats = list(Seat.objects.filter(council=council).select_related("person").order_by("pk"))
            record_attendance(council, dict.fromkeys(seats, "present"), by=self.officer)
            open_session(council, by=self.officer)
            for number, seat in enumerate(seats):
                voter = User.objects.get(person=seat.person)
                for subject in council.subjects.all():
                    no = number >= len(seats) - against
                    cast(seat, subject, {name: not (no and name == "urgency") for name in CRITERIA}, by=voter)
            close(council, by=self.officer)
            conclude(council, conclusion="Hội đồng thống nhất.", by=self.officer)
        council.refresh_from_db()
        return council

    def recommended(self, *titles: str) -> list[Proposal]:
        """Through the council, its recommendation and the review; on no list yet."""
        made = [self.searched(title) for title in titles or ("Trồng rau trên đất nhiễm mặn",)]
        council = self.voted(self.council(*made))
        with clock.at(after(council)):
            for one in made:
                one.refresh_from_db()
                hand_in(one, {**RECOMMENDED, "name": one.title}, by=self.officer)
                act(one, "recommend", by=self.head)
        return made


def after(council: Council) -> datetime:
    """Two days after it met."""
    assert council.meets_at is not None
    return council.meets_at + timedelta(days=2)


def subject(proposal: Proposal) -> Subject:
    return Subject.objects.get(dossier=proposal.dossier)


def office() -> Office:
    """Everybody, the shelf loaded."""
    city = unit("Ủy ban nhân dân Thành phố", kind=Unit.Kind.AUTHORITY)
    department = unit("Sở Khoa học và Công nghệ", city)
    commune = unit("Ủy ban nhân dân xã Vân Nội", city, Unit.Kind.AUTHORITY)
    other = unit("Ủy ban nhân dân xã Đông Anh", city, Unit.Kind.AUTHORITY)
    institute = unit("Viện Cơ điện", kind="institute")
    made = Office(
        city, department, commune, other, institute,
        officer=account("Cao Văn Nam", "officer", department), head=account("Bùi Văn Khánh", "unit-head", department),
        leader=account("Trần Lãnh Đạo", "leader", city), auditor=account("Lý Thị Soát", "auditor", city),
        writer=account("Nguyễn Thị Hạnh", "officer", commune), colleague=account("Đỗ Văn Đồng", "officer", commune),
        stranger=account("Ngô Văn Lạ", "officer", other),
    )  # fmt: skip
    names = ("Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường", "Đỗ Thị Dung", "Vũ Văn Giang", "Bùi Thị Hà", "Hồ Văn Khoa")
    for name in names:
        user = account(name, "expert", institute)
        assert user.person is not None
        Post.objects.create(person=user.person, unit=institute, position="Nghiên cứu viên", valid_from=LONG_AGO)
        made.experts.append(user.person)
    return made
