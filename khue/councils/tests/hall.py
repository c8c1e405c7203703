"""A department that forms councils, experts from elsewhere, and a process version with the numbers to work by."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from khue.accounts.models import Membership, User
from khue.core import clock
from khue.councils.actions import (
    SubjectSpec,
    Wanted,
    add_seats,
    appoint,
    cast,
    form,
    open_session,
    record_attendance,
    schedule,
    seat_everybody,
    send_documents,
)
from khue.councils.models import Ballot, Council, Seat
from khue.directory.models import Person, Post, Unit
from khue.flow.actions.loading import keep_version
from khue.flow.models import ProcessVersion

LONG_AGO = date(2015, 1, 1)
MONDAY = date(2024, 5, 6)
MEETING = MONDAY + timedelta(days=14)

PROCESS = """
id = "test-select"
version = 2021-04-11
start = "open"
[label]
vi = "Thử"
en = "Test"
[parties.department]
kind = "unit"
vi = "Sở"
en = "Department"
[steps.open]
staff = { vi = "Mở", en = "Open" }
next = { vi = "Xong", en = "Done" }
holder = { party = "department" }
basis = "house"
[steps.done]
terminal = "done"
staff = { vi = "Xong", en = "Done" }
basis = "house"
[moves.end]
label = { vi = "Xong", en = "End" }
from = "open"
to = "done"
who = [{ system = true }]
basis = "house"
"""


def _label(name: str) -> str:
    basis = '{ instrument = "tt-20-2023", article = "8" }'
    return f'[{name}]\nlabel = {{ vi = "{name}", en = "{name}" }}\nbasis = {basis}\n'


NUMBERS = {
    "select": {
        "members-least": "people = 5", "members-most": "people = 9", "present": 'share = "2/3"',
        "must-attend": 'names = ["chair", "reviewers", "secretary"]', "reviewers": "people = 2",
        "documents-before": "working_days = 7", "comments-before": "working_days = 5",
        "questions-before": "working_days = 5", "count": 'names = ["points"]',
        "secret": "flag = true", "bars": 'names = ["participant", "staff", "family", "sanction", "interest"]',
        "outside-least": "people = 2", "outlier": 'share = "1/5"', "threshold": "points = 70",
        "proposer-bonus": 'share = "1/10"', "zero": 'share = "1/4"',
        "ties": 'names = ["state-budget", "excellent", "plan-capacity"]',
    },
    "identify": {
        "members-least": "people = 5", "members-most": "people = 11", "present": 'share = "2/3"',
        "must-attend": 'names = ["chair", "reviewers", "secretary"]', "reviewers": "people = 2",
        "documents-before": "working_days = 5", "count": 'names = ["pass-share"]', "secret": "flag = false",
        "bars": 'names = ["participant", "family", "interest"]', "pass": 'share = "3/4"',
        "consent": 'share = "3/4"',
    },
    "accept": {
        "members-least": "people = 5", "members-most": "people = 9", "present": 'share = "2/3"',
        "must-attend": 'names = ["chair", "reviewers", "secretary"]', "reviewers": "people = 2",
        "count": 'names = ["ratings"]', "secret": "flag = true", "bars": 'names = ["participant", "family"]',
        "office-bars": 'names = ["chair", "vice-chair", "reviewer", "secretary"]', "excellent": 'share = "3/4"',
        "fail": 'share = "1/3"', "quantity": 'share = "3/4"', "late": "months = 6",
    },
    "budget": {
        "members-least": "people = 3", "present": 'share = "4/5"', "must-attend": 'names = ["chair", "representative"]',
        "count": 'names = ["collective"]', "bars": 'names = ["participant"]',
    },
}  # fmt: skip

SHEETS = {
    "criteria/topic.toml": """
kind = "points"
total = 100
basis = "house"
label = { vi = "Phiếu chấm", en = "Sheet" }
[[criterion]]
name = "overview"
label = { vi = "Tổng quan", en = "Overview" }
most = 40
[[criterion]]
name = "content"
label = { vi = "Nội dung", en = "Content" }
most = 60
""",
    "criteria/proposal.toml": """
kind = "pass"
basis = "house"
label = { vi = "Phiếu đánh giá", en = "Ballot" }
[[criterion]]
name = "needed"
label = { vi = "Cấp thiết", en = "Needed" }
[[criterion]]
name = "new"
label = { vi = "Không trùng lặp", en = "New" }
""",
    "criteria/products.toml": """
kind = "rating"
basis = "house"
label = { vi = "Phiếu nghiệm thu", en = "Acceptance" }
[[criterion]]
name = "quality"
label = { vi = "Chất lượng", en = "Quality" }
[[criterion]]
name = "kind"
label = { vi = "Chủng loại", en = "Kind" }
[[criterion]]
name = "quantity"
label = { vi = "Số lượng", en = "Quantity" }
[[criterion]]
name = "report"
label = { vi = "Báo cáo tổng hợp", en = "Report" }
""",
}


def version() -> ProcessVersion:
    """A version with the numbers of every kind of council."""
    provisions = "".join(
        _label(f"{kind}-{name}") + told + "\n" for kind, rows in NUMBERS.items() for name, told in rows.items()
    )
    files = {"process.toml": PROCESS, "provisions.toml": provisions, **SHEETS}
    return keep_version("test-select", date(2021, 4, 11), files, "test" + str(hash(provisions))[:40])


def unit(name: str, parent: Unit | None = None, kind: str = Unit.Kind.DEPARTMENT) -> Unit:
    made = Unit.objects.create(name=name, kind=kind, parent=parent, valid_from=LONG_AGO)
    return Unit.objects.get(pk=made.pk)


def expert(name: str, at: Unit, *, account: bool = True) -> Person:
    """Somebody who works at `at`, with an account of role expert."""
    email = f"{name.replace(' ', '.').lower()}@example.vn"
    person = Person.objects.create(full_name=name, email=email)
    Post.objects.create(person=person, unit=at, position="Nghiên cứu viên", valid_from=LONG_AGO)
    if account:
        user = User.objects.create_user(email, name, person=person)
        Membership.objects.create(user=user, unit=at, role="expert", valid_from=LONG_AGO)
    return person


def account(name: str, role: str, at: Unit) -> User:
    person = Person.objects.create(full_name=name)
    user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@so.vn", name, person=person)
    Membership.objects.create(user=user, unit=at, role=role, valid_from=LONG_AGO)
    return user


def of(person: Person) -> User:
    """The account of a person, as the next request loads it."""
    return User.objects.get(person=person)


def later(days: int, on: date = MONDAY) -> datetime:
    return datetime.combine(on + timedelta(days=days), time(9), timezone.get_default_timezone())


ROLES = ("chair", "vice-chair", "secretary", "reviewer", "reviewer", "member")


@dataclass
class Hall:
    """Who is there."""

    city: Unit
    department: Unit
    division: Unit
    institute: Unit
    applicant: Unit
    officer: User
    head: User
    leader: User
    stranger: User
    experts: list[Person]
    version: ProcessVersion
    seats: list[Seat] = field(default_factory=list)

    def formed(self, kind: str = "select", count: int = 1) -> Council:
        subjects = [SubjectSpec(f"thing:{n}", f"Hồ sơ thứ {n}", "/") for n in range(1, count + 1)]
        return form(
            kind, version=self.version, title="Hội đồng thử", host=self.department, subjects=subjects, by=self.officer
        )

    def filled(self, kind: str = "select", count: int = 1) -> Council:
        council = self.formed(kind, count)
        wanted = [Wanted(person, role) for person, role in zip(self.experts, ROLES, strict=False)]
        self.seats, refused = add_seats(council, wanted, by=self.officer)
        assert not refused
        return council

    def reading(self, kind: str = "select", count: int = 1) -> Council:
        """Appointed, documents sent, everybody accepted; the meeting is in two weeks."""
        council = self.filled(kind, count)
        seat_everybody(council, by=self.officer)
        appoint(council, decision_sign="12/QĐ-SKHCN", decided_on=MONDAY, by=self.officer)
        schedule(council, meets_at=later(14), venue="Phòng họp 1", by=self.officer)
        send_documents(council, by=self.officer)
        council.refresh_from_db()
        return council


def hall() -> Hall:
    """Everybody."""
    city = unit("Ủy ban nhân dân Thành phố")
    department = unit("Sở Khoa học và Công nghệ", city)
    division = unit("Phòng Quản lý khoa học", department, Unit.Kind.DIVISION)
    institute, applicant = unit("Viện Cơ điện", kind="institute"), unit("Trường Đại học Đông Đô", kind="institute")
    names = ("Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường", "Đỗ Thị Dung", "Vũ Văn Giang", "Bùi Thị Hà", "Hồ Văn Khoa")
    return Hall(
        city, department, division, institute, applicant,
        officer=account("Cao Văn Nam", "officer", division), head=account("Bùi Văn Khánh", "unit-head", department),
        leader=account("Trần Lãnh Đạo", "leader", city), stranger=account("Ngô Văn Lạ", "officer", applicant),
        experts=[expert(name, institute) for name in names], version=version(),
    )  # fmt: skip


def attend(here: Hall, council: Council, *, absent: tuple[int, ...] = ()) -> None:
    """Everybody is there but the seats of these numbers."""
    told = {seat: "absent" if number in absent else "present" for number, seat in enumerate(here.seats)}
    record_attendance(council, told, by=here.officer)


def in_session(here: Hall, kind: str = "select", count: int = 1) -> Council:
    """The session is open and nobody has voted."""
    return opened(Sitting(here, here.reading(kind, count))).council


class Sitting(NamedTuple):
    """A hall and its council."""

    here: Hall
    council: Council


def about_one(here: Hall) -> Sitting:
    """The council has the documents of one thing."""
    return Sitting(here, here.reading())


def about_two(here: Hall) -> Sitting:
    """The council has the documents of two things."""
    return Sitting(here, here.reading(count=2))


def opened(sitting: Sitting) -> Sitting:
    """The council may vote."""
    with clock.at(MEETING):
        attend(*sitting)
        open_session(sitting.council, by=sitting.here.officer)
    return sitting


GOOD = {"overview": "35", "content": "50"}
FINE = {"needed": True, "new": True}
"""What a ballot says by points, and by yes and no."""


def code(error: Any) -> str:
    """Why an action was refused."""
    return str(error.value.refusal.code)


def vote(council: Council, seat: Seat, answers: dict[str, Any], number: int = 1) -> Ballot:
    """The member of a seat votes on a subject."""
    return cast(seat, council.subjects.get(number=number), answers, by=of(seat.person))
