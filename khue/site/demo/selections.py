"""Calls and applications of invented people, one at every step, lived through at their own dates by the actions that
people use."""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from khue.accounts.actions.accounts import add_user
from khue.accounts.actions.memberships import give_role
from khue.accounts.models import User
from khue.core.calendar import add_working_days
from khue.core.clock import at, now, today
from khue.core.refusals import Refused
from khue.councils import actions as councils
from khue.councils.models import Council, Seat, Standing
from khue.directory.actions.people import add_person, declare_expertise, hold_post
from khue.directory.actions.units import add_unit
from khue.directory.models import Unit
from khue.flow.shelf.words import words
from khue.matching.actions import changed_many
from khue.missions.actions.select import applications, attachments, calls, completing, evaluating, explaining
from khue.missions.actions.select.eligibility import declare, judge
from khue.missions.actions.select.opening import open_applications
from khue.missions.actions.select.reviewing import record_visit, set_up_site_group
from khue.missions.models import Application, Call, Eligibility, Order, OrderList, Selection
from khue.site.demo.parts import judge_address
from khue.site.demo.town import FOUNDED, FOUNDER, PASSWORD, Town

FILE = Path(__file__).with_name("selections.toml")
MILLION = 1_000_000
OPEN_FOR = 31
SHARES = (("labour", 55), ("materials", 25), ("travel", 15), ("management", 5))
"""Items of the state money, in per cent."""
EXPERTS = (
    ("Đặng Văn Long", "PGS.TS.", "quy hoạch giao thông"), ("Hồ Thị Yến", "TS.", "công nghệ sấy nông sản"),
    ("Vũ Minh Châu", "TS.", "dữ liệu mở"), ("Cao Xuân Lộc", "PGS.TS.", "cảm biến đo chất lượng không khí"),
    ("Trịnh Văn Bảo", "GS.TS.", "chế phẩm vi sinh"), ("Lương Thị Hạnh", "TS.", "làng nghề truyền thống"),
    ("Tạ Quang Vinh", "TS.", "nhận dạng ảnh sâu bệnh rau"),
)  # fmt: skip
ROLES = ("chair", "vice-chair", "secretary", "reviewer", "reviewer", "member", "member")
TEAM = ("chair", "vice-chair", "secretary", "member", "member")
SAID = "Nội dung đã nêu rõ trong thuyết minh và tài liệu kèm theo; số liệu khảo sát năm trước được dùng làm nền."


def live_through(town: Town) -> int:
    """Let every selection of the list happen up to today; returns how many."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["order"]
    orders = _order_list(town, rows)
    experts = _experts()
    standing = _standing_council(town, experts)
    for row, order in zip(rows, orders, strict=True):
        _Life(town, row, order, experts, standing).live()
    return len(rows)


def _order_list(town: Town, rows: Sequence[dict[str, Any]]) -> list[Order]:
    """The list as it came from the year before, with its decision."""
    first = today() - timedelta(days=175)
    made = OrderList.objects.create(
        title=f"Danh mục nhiệm vụ đặt hàng năm {first.year}, đợt bổ sung", year=first.year,
        host=town.units["skhcn"], state=OrderList.State.PUBLISHED, decision_sign=f"{first.year - 900}/QĐ-UBND",
        decided_on=first, published_on=first,
    )  # fmt: skip
    facts = ("name", "objective", "products", "type", "field", "way", "ground")
    orders = [
        Order.objects.create(list=made, number=number, **{name: row[name] for name in facts if name in row})
        for number, row in enumerate(rows, 1)
    ]
    changed_many("order", [one.pk for one in orders])
    return orders


def _experts() -> list[User]:
    """People of bodies that never apply here."""
    found = []
    for number, (name, title, topic) in enumerate(EXPERTS, 1):
        unit = add_unit(
            name=f"Viện Khoa học mẫu số {number}", kind=Unit.Kind.INSTITUTE, valid_from=FOUNDED, by=FOUNDER
        )  # fmt: skip
        email = judge_address(number)
        person = add_person(full_name=name, title=title, email=email, by=FOUNDER)
        hold_post(person, unit=unit, position="Nghiên cứu viên cao cấp", valid_from=FOUNDED, by=FOUNDER)
        declare_expertise(person, topic=topic, by=FOUNDER)
        user = add_user(email=email, full_name=name, person=person, password=PASSWORD, by=FOUNDER)
        give_role(user, unit=unit, role="expert", valid_from=FOUNDED, by=FOUNDER)
        found.append(user)
    return found


def _standing_council(town: Town, experts: Sequence[User]) -> Standing:
    """Set up for a term that is nearly over, so that somebody has to think of the next."""
    begins, ends = today() - timedelta(days=335), today() + timedelta(days=29)
    people = [user.person for user in experts if user.person is not None]
    seated = ["member" if role == "reviewer" else role for role in ROLES]
    with at(_moment(begins, 9)):
        return councils.set_up_standing(
            kind="select", title="Hội đồng tuyển chọn nhiệm vụ lĩnh vực môi trường và nông nghiệp",
            host=town.units["skhcn"], decision_sign="118/QĐ-SKHCN", decided_on=begins, term_from=begins, term_to=ends,
            members=dict(zip(people, seated, strict=True)), by=town.people["chuyenvien"],
        )  # fmt: skip


class _Life:
    """One order and who looks for somebody to carry it out."""

    def __init__(
        self, town: Town, row: dict[str, Any], order: Order, experts: Sequence[User], standing: Standing
    ) -> None:
        self.town, self.row, self.order, self.experts, self.standing = town, row, order, experts, standing
        self.officer, self.head = town.people["chuyenvien"], town.people["truongphong"]
        self.begins = add_working_days(today() - timedelta(days=row["ago"]), 0)
        self.closes = add_working_days(self.begins + timedelta(days=OPEN_FOR), 0)
        self.until = row["until"]
        self.last_morning = _last_morning()

    def live(self) -> None:
        """Step by step, until where the list says."""
        if self.until == "listed":
            return
        call = None
        if self.order.way == "direct":
            self._invited()
        else:
            call = self._called()
        if self.until == "preparing":
            return
        bids = self._applied()
        if self.until in ("open", "sealed"):
            self._close()
            return
        if call is not None and self.until == "repeated":
            self._repeated(call)
            return
        self._opened()
        if self.until == "checking":
            return
        self._judged(bids)

    def selection(self) -> Selection:
        """As it is now."""
        rows = Selection.objects.select_related("order__list__host", "case__process_version", "call")
        return rows.filter(order=self.order).latest("pk")

    def _called(self) -> Call:
        with at(_moment(self.begins, 9)):
            call = calls.draft_call(
                [self.order], title=f"Tuyển chọn chủ trì: {self.order.name}"[:200], closes_at=_moment(self.closes, 16),
                text="Nộp hồ sơ trên hệ thống. Hồ sơ được niêm phong đến khi mở công khai.",
                sign=f"{self.order.pk + 100}/TB-SKHCN", by=self.officer,
            )  # fmt: skip
            if self.until != "preparing":
                calls.publish(call, by=self.officer)
        return call

    def _invited(self) -> None:
        """Nobody competes: the organisation of the first bid is asked for its file."""
        unit = Unit.objects.get(memberships__user=self.town.people[self.row["bids"][0][0]])
        with at(_moment(self.begins, 9)):
            calls.invite_directly(self.order, unit, closes_at=_moment(self.closes, 16), by=self.officer)

    def _applied(self) -> list[Application]:
        made = []
        for number, (login, head, millions, _points) in enumerate(self.row["bids"]):
            with at(_moment(min(self.begins + timedelta(days=5 + number), today()), 10)):
                made.append(self._bid(self.town.people[login], head, millions))
        return made

    def _bid(self, user: User, head: str, millions: int) -> Application:
        lead = Unit.objects.get(memberships__user=user)
        application = applications.start(self.selection(), lead, by=user)
        for section, data in self._says(application, head, millions).items():
            applications.save_section(application, section, data, by=user)
        application.refresh_from_db()
        file = ContentFile(f"LÝ LỊCH KHOA HỌC\n\n{head}\n".encode(), "ly-lich.txt")
        attachments.attach(application, file, kind="cv", who=head, by=user)
        if self.until != "open":
            applications.submit(application, by=user)
        return application

    def _says(self, application: Application, head: str, millions: int) -> dict[str, dict[str, Any]]:
        case = application.selection.case
        assert case is not None  # noqa: S101 - every selection is opened with its case
        form = case.definition.forms[str(words("types")[self.order.type].facts["outline"])]
        told = {one.name: True if one.kind == "flag" else SAID for one in form.fields}
        people = [
            {"name": head, "title": "TS.", "unit": application.lead_id, "role": "investigator", "months": "12",
             "share": "40", "task": "Phụ trách chung"},
            {"name": f"{head.split(maxsplit=1)[0]} Minh Đức", "title": "ThS.", "unit": application.lead_id,
             "role": "secretary",
             "months": "10", "share": "25", "task": "Thư ký, tổng hợp"},
        ]  # fmt: skip
        budget = [
            {"item": item, "source": "state", "y1": millions * share * MILLION * 6 // 1000,
             "y2": millions * share * MILLION * 4 // 1000}
            for item, share in SHARES
        ]  # fmt: skip
        stages = [("Khảo sát, thiết kế", 1, 8), ("Thử nghiệm", 7, 18), ("Mô hình, chuyển giao", 16, 24)]
        return {
            "general": {"name": self.order.name, "months": 24, "lump_sum": "partial"},
            "outline": told,
            "people": {"rows": people},
            "stages": {"rows": [
                {"content": what, "from_month": first, "to_month": last, "person": head} for what, first, last in stages
            ]},
            "products": {"rows": [
                {"kind": "II", "name": "Quy trình kỹ thuật", "quantity": "1", "unit_of_measure": "quy trình"},
                {"kind": "III", "name": "Mô hình trình diễn", "quantity": "1", "unit_of_measure": "mô hình"},
            ]},
            "budget": {"rows": budget},
        }  # fmt: skip

    def _close(self) -> None:
        if self.closes < today():
            with at(_moment(self.closes + timedelta(days=1), 0)):
                calls.close_due()

    def _repeated(self, call: Call) -> None:
        with at(_moment(add_working_days(self.closes, 2), 9)):
            calls.close_due()
            evaluating.fail(self.selection(), reason="Hết hạn không có hồ sơ nào nộp.", by=self.officer)
        with at(_moment(add_working_days(today(), -3), 9)):
            later = add_working_days(today() + timedelta(days=OPEN_FOR + 2), 0)
            second = calls.repeat(call, closes_at=_moment(later, 16), by=self.officer)
            calls.publish(second, by=self.officer)

    def _opened(self) -> None:
        with at(_moment(add_working_days(self.closes, 2), 9)):
            open_applications(
                self.selection(), note="Các hồ sơ niêm phong nguyên vẹn, đủ thành phần.", venue="Phòng họp tầng 3",
                witnesses="Bà Lê Thu, Phòng Kế hoạch - Tài chính; đại diện các tổ chức nộp hồ sơ", by=self.officer,
            )  # fmt: skip

    def _judged(self, bids: Sequence[Application]) -> None:
        day = add_working_days(self.closes, 4)
        with at(_moment(day, 9)):
            for one in bids:
                for row in one.eligibility.exclude(finding=Eligibility.Finding.CLEAR):
                    judge(
                        row, finding=Eligibility.Finding.CLEAR, reason="Đã xem lý lịch và hồ sơ lưu.", by=self.officer
                    )
                declare(one, valid=True, by=self.officer)
            council = evaluating.form_council(self.selection(), by=self.officer)
            if self.until == "voting":
                self._looked_at(bids)
                self._seat(council, ROLES, meets=self.last_morning)
            elif self.row.get("standing"):
                self._called_together(council, meets=add_working_days(day, 9))
            else:
                self._seat(council, ROLES, meets=add_working_days(day, 9))
        if self.until == "voting":
            with at(_moment(self.last_morning, 8)):
                self._meet(council)
                self._cast(council, list(council.seats.order_by("pk"))[3:])
            return
        with at(_moment(add_working_days(day, 9), 14)):
            self._voted(council)
            evaluating.choose(self.selection(), by=self.officer)
        if self.until == "assigned":
            self._assigned(add_working_days(day, 14))

    def _seat(self, council: Council, roles: Sequence[str], *, meets: date) -> None:
        people = [expert.person for expert in self.experts if expert.person is not None]
        wanted = [councils.Wanted(person, role) for person, role in zip(people, roles, strict=False)]
        for refusal in councils.add_seats(council, wanted, by=self.officer)[1]:
            raise Refused(refusal)
        councils.seat_everybody(council, by=self.officer)
        councils.appoint(council, decision_sign=f"{council.pk + 200}/QĐ-SKHCN", decided_on=today(), by=self.officer)
        self._send(council, meets)

    def _send(self, council: Council, meets: date) -> None:
        hour = 8 if self.until == "voting" else 14
        councils.schedule(council, meets_at=_moment(meets, hour), venue="Phòng họp tầng 3", by=self.officer)
        councils.send_documents(council, by=self.officer)

    def _called_together(self, council: Council, *, meets: date) -> None:
        """The standing council sits, and names who reviews what."""
        councils.sit(council, self.standing, by=self.officer)
        for seat in council.seats.all():
            councils.declare(seat, by=self.officer)
        reviewers = list(council.seats.filter(role="member").order_by("pk")[:2])
        councils.name_reviewers(council, dict.fromkeys(council.subjects.all(), reviewers), by=self.officer)
        self._send(council, meets)

    def _looked_at(self, bids: Sequence[Application]) -> None:
        """Experts go and see what the first applicant has; the visit to the second is to come."""
        leader, *members = [user.person for user in self.experts[4:] if user.person is not None]
        for number, one in enumerate(bids):
            set_up_site_group(
                one, leader=leader, members=members, decision_sign=f"{one.pk + 240}/QĐ-SKHCN", decided_on=today(),
                visits_on=today() + timedelta(days=40 * number), place="Phòng thí nghiệm của tổ chức nộp hồ sơ",
                by=self.officer,
            )  # fmt: skip
        record_visit(
            bids[0], visited_on=today(), findings="Có đủ máy chủ, phòng làm việc; nhân lực đúng như hồ sơ.", fit=True,
            conclusion="Đủ điều kiện thực hiện nhiệm vụ.", by=self.officer,
        )  # fmt: skip

    def _meet(self, council: Council) -> None:
        councils.record_attendance(council, dict.fromkeys(council.seats.all(), "present"), by=self.officer)
        councils.open_session(council, by=self.officer)

    def _voted(self, council: Council) -> None:
        self._meet(council)
        seats = list(council.seats.order_by("pk"))
        councils.elect_board(council, seats[-3:], by=self.officer)
        self._cast(council, seats)
        councils.close(council, by=self.officer)
        councils.conclude(council, conclusion="Đề nghị giao hồ sơ xếp thứ nhất chủ trì.", by=self.officer)

    def _cast(self, council: Council, seats: Sequence[Seat]) -> None:
        """Those in `seats` vote, as far as the list says how."""
        for subject, bid in zip(council.subjects.order_by("number"), self.row["bids"], strict=True):
            sheet = council.process_version.definition.sheet_for(subject.type)
            for seat, share in zip(seats, bid[3], strict=False):
                answers = {one.name: str(round(one.most * share / 25) / 4) for one in sheet.criteria}
                member = next(user for user in self.experts if user.person_id == seat.person_id)
                councils.cast(seat, subject, answers, opinion="Thuyết minh rõ, khả thi.", by=member)

    def _assigned(self, day: date) -> None:
        winner = self.selection().winner
        assert winner is not None  # noqa: S101 - just chosen
        user = self.town.people[self.row["bids"][0][0]]
        with at(_moment(day, 9)):
            quotation = ContentFile("BÁO GIÁ\n\nVật tư thí nghiệm\n".encode(), "bao-gia.txt")
            attachments.attach(winner, quotation, kind="quotation", issued_on=today(), by=user)
            rows = explaining.begun(self.selection())["changes"]
            answers = [{**row, "answer": "Đã tiếp thu, bổ sung trong thuyết minh."} for row in rows]
            explaining.explain(self.selection(), {"changes": answers}, by=user)
            completing.hand_in(self.selection(), by=user)
            team = completing.form_budget_team(self.selection(), by=self.officer)
            self._seat(team, TEAM, meets=add_working_days(day, 5))
        with at(_moment(add_working_days(day, 5), 14)):
            self._meet(team)
            councils.decide(team.subjects.get(), passed=True, by=self.officer)
            councils.close(team, by=self.officer)
            councils.conclude(team, conclusion="Thống nhất dự toán.", by=self.officer)
            completing.appraise(self.selection(), {}, by=self.officer)
            completing.submit_for_approval(self.selection(), by=self.officer)
        with at(_moment(add_working_days(day, 9), 9)):
            sign = f"{self.order.pk + 1500}/QĐ-UBND"
            completing.approve(self.selection(), decision_sign=sign, decided_on=today(), by=self.head)
            completing.publish_result(self.selection(), by=self.officer)


def _last_morning() -> date:
    """The working day whose morning was last: a council that met then may still be voting."""
    before = timezone.localtime(now() - timedelta(hours=9)).date()
    return add_working_days(before + timedelta(days=1), -1)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), timezone.get_default_timezone())
