"""A call with two organisations that apply: what every test of selecting begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from khue.accounts.actions.accounts import add_user
from khue.accounts.actions.memberships import give_role
from khue.accounts.models import User
from khue.core.clock import at, today
from khue.councils.actions import (
    Wanted,
    add_seats,
    appoint,
    cast,
    close,
    conclude,
    elect_board,
    open_session,
    record_attendance,
    schedule,
    seat_everybody,
    send_documents,
)
from khue.councils.actions.concluding import decide
from khue.councils.models import Council
from khue.directory.models import Person, Post, Unit
from khue.flow.shelf.words import words
from khue.missions.actions.select.applications import save_section, start, submit
from khue.missions.actions.select.attachments import attach
from khue.missions.actions.select.calls import draft_call, publish
from khue.missions.actions.select.eligibility import declare, judge
from khue.missions.actions.select.explaining import begun, explain
from khue.missions.actions.select.opening import open_applications
from khue.missions.models import Application, Call, Eligibility, Order, OrderList, Selection
from khue.missions.tests.mill import FOUNDED, FOUNDER, Mill, mill

MONDAY = date(2024, 3, 4)
PAPER = "Lý lịch khoa học\n\nHọ và tên: …\n".encode()
NAMES = (
    "Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường", "Đỗ Thị Dung", "Vũ Văn Giang", "Bùi Thị Hà", "Hồ Văn Khoa",
)  # fmt: skip
BUDGET: Sequence[Mapping[str, Any]] = (
    {"item": "labour", "source": "state", "y1": 300_000_000, "y2": 200_000_000},
    {"item": "materials", "source": "state", "y1": 100_000_000, "total": 100_000_000},
)


def moment(day: date, hour: int = 16, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), timezone.get_default_timezone())


def paper(name: str = "tep.txt") -> "ContentFile[bytes]":
    return ContentFile(PAPER, name)


@dataclass
class Market:
    """Who takes part, and what is called for."""

    mill: Mill
    order: Order
    first_head: User
    second_head: User
    experts: list[Person] = field(default_factory=list)

    @property
    def officer(self) -> User:
        return self.mill.officer

    def called(self, *orders: Order, days: int = 31) -> Call:
        """A call published today."""
        closes_at = moment(today() + timedelta(days=days))
        call = draft_call(orders or [self.order], title="Tuyển chọn năm 2024", closes_at=closes_at, by=self.officer)
        return publish(call, by=self.officer)

    def selection(self) -> Selection:
        return fresh(Selection.objects.order_by("-pk")[0])

    def drafted(self, selection: Selection, lead: Unit, by: User, *, head: str = "Phạm Thị Hòa") -> Application:
        """A complete draft."""
        application = start(selection, lead, by=by)
        fill(application, by=by, head=head)
        return application

    def applied(self, selection: Selection, lead: Unit, by: User, *, head: str = "Phạm Thị Hòa") -> Application:
        """A complete application that was handed in."""
        application = self.drafted(selection, lead, by, head=head)
        submit(application, by=by)
        return application

    def both(self, selection: Selection) -> tuple[Application, Application]:
        one = self.applied(selection, self.mill.host, self.first_head)
        two = self.applied(selection, self.mill.elsewhere, self.second_head, head="Ngô Văn Minh")
        return one, two

    def opened(self, selection: Selection) -> Selection:
        return open_applications(
            fresh(selection), note="Niêm phong nguyên vẹn.", witnesses="Bà Lê Thu", venue="Tầng 3", by=self.officer
        )

    def settled(self, application: Application) -> None:
        """Everything that is not clear is judged clear, and the application is declared valid."""
        for row in application.eligibility.exclude(finding="clear"):
            judge(row, finding=Eligibility.Finding.CLEAR, reason="Đã xem lý lịch kèm theo.", by=self.officer)
        declare(application, valid=True, by=self.officer)

    def sat(self, council: Council, points: Mapping[int, Sequence[int]]) -> Council:
        """The council meets and gives, to each subject by its number, these shares of every criterion in per cent."""
        by = self.officer
        council = self.seated(council)
        open_session(council, by=by)
        elect_board(council, list(council.seats.order_by("pk"))[-3:], by=by)
        for subject in council.subjects.all():
            sheet = council.process_version.definition.sheet_for(subject.type)
            for seat, share in zip(council.seats.order_by("pk"), points[subject.number], strict=True):
                answers = {one.name: f"{one.most * share / 100:.2f}" for one in sheet.criteria}
                cast(seat, subject, quarters(answers), opinion="Đồng ý.", by=User.objects.get(person=seat.person))
        close(council, by=by)
        return conclude(council, conclusion="Đề nghị theo thứ hạng.", by=by)

    def seated(self, council: Council, roles: Sequence[str] = ()) -> Council:
        roles = roles or ("chair", "vice-chair", "secretary", "reviewer", "reviewer", "member", "member")
        by = self.officer
        wanted = [Wanted(person, role) for person, role in zip(self.experts, roles, strict=False)]
        assert not add_seats(council, wanted, by=by)[1]
        seat_everybody(council, by=by)
        appoint(council, decision_sign="12/QĐ-SKHCN", decided_on=today(), by=by)
        schedule(council, meets_at=moment(today() + timedelta(days=21), 8), venue="Tầng 3", by=by)
        send_documents(council, by=by)
        Council.objects.filter(pk=council.pk).update(meets_at=moment(today(), 8))  # three weeks go by at once
        record_attendance(council, dict.fromkeys(council.seats.all(), "present"), by=by)
        council.refresh_from_db()
        return council

    def agreed(self, team: Council) -> Council:
        """The budget team agrees."""
        roles = ("chair", "vice-chair", "secretary", "member", "member")
        team = self.seated(team, roles)
        open_session(team, by=self.officer)
        decide(team.subjects.get(), passed=True, by=self.officer)
        close(team, by=self.officer)
        return conclude(team, conclusion="Thống nhất dự toán.", by=self.officer)


def answered(selection: Selection, *, by: User) -> Selection:
    """Every remark gets an answer."""
    rows = begun(fresh(selection))["changes"]
    return explain(selection, {"changes": [{**row, "answer": "Đã sửa ở mục 12."} for row in rows]}, by=by)


def quarters(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: str(round(float(value) * 4) / 4) for name, value in answers.items()}


def fresh(selection: Selection) -> Selection:
    return Selection.objects.select_related("order__list__host", "case__process_version", "call").get(pk=selection.pk)


def fill(application: Application, *, by: User, head: str = "Phạm Thị Hòa") -> None:
    """Everything that is asked for."""
    lead = application.lead
    assert application.selection.case is not None
    form = application.selection.case.definition.forms[str(words("types")[application.plan.type].facts["outline"])]
    answers = {one.name: "Đã nêu rõ." if one.kind != "flag" else True for one in form.fields}
    rows: Mapping[str, Mapping[str, Any]] = {
        "general": {"name": application.plan.name, "months": 24, "lump_sum": "partial"},
        "outline": answers,
        "people": {"rows": [
            {"name": head, "title": "TS.", "unit": lead.pk, "role": "investigator", "months": "12", "share": "60"},
            {"name": f"Trợ lý của {head}", "unit": lead.pk, "role": "secretary", "months": "6,5", "share": "40"},
        ]},
        "partners": {"rows": []},
        "stages": {"rows": [{"content": "Điều tra", "from_month": 1, "to_month": 24, "person": head}]},
        "products": {"rows": [{"kind": "II", "name": "Quy trình", "quantity": "1"}]},
        "budget": {"rows": list(BUDGET)},
    }  # fmt: skip
    for section, data in rows.items():
        save_section(application, section, data, by=by)
    application.refresh_from_db()
    attach(application, paper(), kind="cv", who=head, by=by)


def market() -> Market:
    """An approved order, two institutes with their heads, seven experts."""
    here = mill()
    orders = OrderList.objects.create(
        title="Danh mục đặt hàng 2024", year=2024, host=here.department, state="approved",
        decision_sign="1120/QĐ-UBND", decided_on=date(2024, 2, 1),
    )  # fmt: skip
    return Market(
        here, order_in(orders, 1), head_of(here.host, "Nguyễn Thị Mai"), head_of(here.elsewhere, "Trần Văn Bách"),
        [expert(name, f"Viện thứ {number}") for number, name in enumerate(NAMES, 1)],
    )  # fmt: skip


def on_monday() -> Market:
    """All of it as it stands before the call."""
    with on(MONDAY):
        return market()


def called(fair: Market) -> Market:
    """The order is called for."""
    with on(MONDAY):
        fair.called()
    return fair


def applied(fair: Market) -> Market:
    """The first institute has applied."""
    with on(MONDAY + timedelta(days=3)):
        fair.applied(fair.selection(), fair.mill.host, fair.first_head)
    return fair


def order_in(
    orders: OrderList, number: int, name: str = "Quy trình trồng rau an toàn trên đất nhiễm mặn",
    type_: str = "technology-topic", way: str = "selection",
) -> Order:  # fmt: skip
    made: Order = Order.objects.create(
        list=orders, number=number, name=name, objective="Làm chủ quy trình.", products="1 quy trình",
        type=type_, way=way,
    )  # fmt: skip
    return made


def head_of(unit: Unit, name: str) -> User:
    user = add_user(email=f"head-{unit.pk}@khue.example", full_name=name, by=FOUNDER)
    give_role(user, unit=unit, role="unit-head", valid_from=FOUNDED, by=FOUNDER)
    return again(user)


def again(user: User) -> User:
    """The account as the next request loads it."""
    return User.objects.get(pk=user.pk)


def expert(name: str, institute: str) -> Person:
    unit = Unit.objects.create(name=institute, kind="institute", valid_from=FOUNDED)
    person = Person.objects.create(full_name=name, title="TS.", email=f"x{unit.pk}@example.vn")
    Post.objects.create(person=person, unit=unit, position="Nghiên cứu viên", valid_from=FOUNDED)
    user = User.objects.create_user(person.email, name, person=person)
    give_role(user, unit=Unit.objects.get(pk=unit.pk), role="expert", valid_from=FOUNDED, by=FOUNDER)
    return person


def on(day: date, hour: int = 9) -> Any:
    return at(moment(day, hour))
