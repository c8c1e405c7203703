"""A dozen missions that are being carried out, one at every step: lived through at their own dates, by the actions
that people use."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from khue.accounts.models import User
from khue.core.calendar import add_months, add_working_days
from khue.core.clock import at, today
from khue.directory.actions.people import add_person
from khue.directory.models import Person, Place
from khue.missions.actions.accept import accepting
from khue.missions.actions.carry import adjusting, ending, inspecting, paying, reporting
from khue.missions.actions.carry.contracting import begin, register_running, sign_contract
from khue.missions.models import (
    Mission,
    Plan,
    PlanBudget,
    PlanPerson,
    PlanProduct,
    PlanStage,
    ProgressReport,
)
from khue.missions.rules.carry.adjusting import Wish
from khue.missions.rules.carry.contracts import Payment
from khue.missions.rules.carry.inspecting import earliest, next_regular
from khue.missions.rules.carry.reports import Finished, Spent, lines
from khue.site.demo.content import city
from khue.site.demo.parts import MISSIONS
from khue.site.demo.town import FOUNDER, Town

MILLION = 1_000_000
WHOLE = 100
STAGES = [
    ("Điều tra, khảo sát hiện trạng", "Báo cáo khảo sát"),
    ("Nghiên cứu, thử nghiệm giải pháp", "Quy trình, thiết kế"),
    ("Xây dựng và vận hành mô hình", "Mô hình hoạt động"),
    ("Tập huấn, chuyển giao, tổng kết", "Báo cáo tổng kết"),
]
PRODUCTS = [
    ("II", "Báo cáo tổng hợp và bộ số liệu", "bộ", 1),
    ("II", "Quy trình hoặc tài liệu hướng dẫn áp dụng", "quy trình", 1),
    ("III", "Mô hình áp dụng tại địa phương", "mô hình", 2),
    ("I", "Bài báo trên tạp chí trong nước", "bài", 2),
]
SHARES = [("labour", 50), ("materials", 25), ("equipment", 8), ("travel", 12), ("management", 5)]
"""Items of the state money, in per cent."""
INSPECTORS = "Phòng Quản lý khoa học; Phòng Kế hoạch - Tài chính"
SAID = "Các nội dung thực hiện theo thuyết minh; số liệu và nhật ký kèm theo."


def live_through(town: Town) -> int:
    """Let every mission of the list happen up to today; returns how many."""
    rows = tomllib.loads(MISSIONS.read_text(encoding="utf-8"))["mission"]
    for number, row in enumerate(rows, 1):
        Life(town, row, number).live()
    inspecting.open_inspections()
    return len(rows)


class Life:
    """One mission and the people in it."""

    def __init__(self, town: Town, row: dict[str, Any], number: int) -> None:
        self.row, self.number, self.story = row, number, row["story"]
        self.host = town.units[row["host"]]
        self.officer, self.head = town.people["chuyenvien"], town.people["truongphong"]
        self.worker: User = town.worker[self.host.pk]
        self.begins = add_working_days(add_months(today(), -row["months_ago"]) - timedelta(days=4), 1)
        self.mission = self._begun()

    def _begun(self) -> Mission:
        place = (
            Place.objects.as_of(today())
            .filter(name=self.row["place"], level=Place.Level.COMMUNE, parent__code=city()["city"])
            .first()
        )
        with at(self.begins - timedelta(days=15)):
            return begin(
                self._plan(), host=self.host, by=self.officer, place=place, field=self.row["field"],
                decided_on=self.begins - timedelta(days=15), abstract=f"{self.row['title']}: làm chủ giải pháp, có "
                "mô hình chạy thử và tài liệu để các nơi khác áp dụng.",
            )  # fmt: skip

    def _plan(self) -> Plan:
        row = self.row
        leader = add_person(full_name=row["leader"], title=row["degree"], by=FOUNDER)
        plan = Plan.objects.create(
            type=row["type"], name=row["title"], months=row["months"], starts_on=self.begins, lump_sum=row["lump"]
        )
        PlanPerson.objects.create(
            plan=plan, person=leader, unit=self.host, role="investigator", task="Phụ trách chung", months=12, share=40
        )
        step = row["months"] / len(STAGES)
        for number, (content, outcome) in enumerate(STAGES, 1):
            first, last = round(step * (number - 1)) + 1, round(step * number)
            PlanStage.objects.create(
                plan=plan, number=number, content=content, outcome=outcome, from_month=first, to_month=last
            )
        for number, (kind, name, unit, quantity) in enumerate(PRODUCTS, 1):
            PlanProduct.objects.create(
                plan=plan, number=number, kind=kind, name=name, unit_of_measure=unit, quantity=quantity
            )
        self._budget(plan)
        return plan

    def _budget(self, plan: Plan) -> None:
        years = -(-self.row["months"] // 12)
        for item, share in SHARES:
            for year in range(1, years + 1):
                amount = round(self.row["state"] * share / 100 / years) * MILLION
                PlanBudget.objects.create(plan=plan, item=item, source="state", year=year, amount=amount)
        if self.row["other"]:
            PlanBudget.objects.create(
                plan=plan, item="materials", source="host", year=1, amount=self.row["other"] * MILLION
            )

    # ------------------------------------------------------------------ what happens

    def live(self) -> None:
        """Everything that has happened up to today, day by day."""
        if self.story == "contracting":
            return
        self._sign()
        for day in self._days():
            with at(day):
                self._day(day)
        self._end_of_story()

    def _days(self) -> Iterator[date]:
        """The days on which something may happen: every tenth, up to yesterday."""
        day = self.begins + timedelta(days=10)
        while day < today():
            yield add_working_days(day, 0)
            day += timedelta(days=10)

    def _sign(self) -> None:
        with at(self.begins):
            money = self.mission.budget_state
            first, second = money // 2, money * 3 // 10
            half = add_months(self.begins, self.row["months"] // 2)
            terms = [
                Payment(self.begins + timedelta(days=20), first),
                Payment(half, second, "Sau khi xác nhận kinh phí của đợt 1"),
                Payment(add_months(self.begins, self.row["months"]), money - first - second, "Sau khi nghiệm thu"),
            ]
            sign = f"{self.number:02d}/{self.begins.year}/HĐ-SKHCN"
            sign_contract(self.mission, sign=sign, signed_on=self.begins, payments=terms, by=self.officer)
        with at(self.begins + timedelta(days=20)):
            if self.begins + timedelta(days=20) <= today():
                register_running(
                    self.mission, number=f"{self.begins.year}-{self.number:04d}", registered_on=self.begins,
                    by=self.officer,
                )  # fmt: skip

    def _day(self, day: date) -> None:
        mission = self.mission = Mission.objects.select_related("case", "plan", "contract").get(pk=self.mission.pk)
        if mission.state == Mission.State.RUNNING and mission.ends_on and day > mission.ends_on:
            ending.end(mission, by=self.officer)
            return
        if mission.state != Mission.State.RUNNING:
            return
        reporting.open_reports_of(mission)
        self._pay(day)
        for report in mission.reports.exclude(state="confirmed"):
            self._report(report, day)
        self._inspect(day)
        self._change(day)

    def _inspect(self, day: date) -> None:
        """The regular visit of the year: announced, and minuted the next time; of one mission nobody thought of it."""
        inspecting.open_inspections(self.mission)
        if self.story == "asks-extension":
            return
        visit = self.mission.inspections.filter(announced_on__isnull=False).order_by("-held_on").first()
        if visit and visit.closed_at is None and day >= visit.held_on:
            inspecting.conclude(
                visit, findings="Khối lượng phù hợp tiến độ thuyết minh; sổ sách đầy đủ.",
                conclusion="Đúng tiến độ, tiếp tục thực hiện.", by=self.officer,
            )  # fmt: skip
        due = next_regular(self.mission)
        if due and day >= due - timedelta(days=25) and (visit is None or visit.closed_at):
            inspecting.announce(self.mission, held_on=earliest(self.mission), members=INSPECTORS, by=self.officer)

    def _pay(self, day: date) -> None:
        first, second, _last = self.mission.contract.instalments.all()
        if not first.paid and day >= first.due_on:
            paying.pay(first, amount=first.amount, paid_on=day, by=self.officer)
        elif not second.paid and day >= second.due_on and self.mission.confirmed:
            paying.pay(second, amount=second.amount, paid_on=day, by=self.officer, condition_met=True)

    def _report(self, report: ProgressReport, day: date) -> None:
        late = self.story == "late-report"
        if report.state == "due" and day >= report.period_to - timedelta(days=15) and not late:
            self._write(report)
            reporting.submit_report(report, by=self.worker)
        elif report.state == "submitted" and self.story == "returned":
            reporting.return_report(report, by=self.officer, comment="Bổ sung nhật ký thí nghiệm và chứng từ tháng 5.")
        elif report.state == "submitted" and report.volume_confirmed_on is None:
            reporting.confirm_volume(report, by=self.officer)
        elif report.state == "submitted":
            reporting.confirm_money(report, by=self.officer)

    def _write(self, report: ProgressReport) -> None:
        found = [line for line in lines(report) if line.before < line.planned]
        spending = {line.key: Spent((line.planned - line.before) * 45 // 100) for line in found}
        done = min(100, 100 * (report.period_to - self.begins).days // (30 * self.row["months"]))
        stages = {
            number: (max(0, min(100, done * len(STAGES) - 100 * (number - 1))), "")
            for number in range(1, len(STAGES) + 1)
        }
        plan = report.mission.plan
        products = {
            product.number: Finished(Decimal(int(product.quantity * done / 100)), "Biên bản nghiệm thu cơ sở")
            for product in (plan.products.all() if plan else ())
            if product.quantity * done >= WHOLE
        }
        reporting.save_report(report, by=self.worker, text=SAID, stages=stages, spending=spending, products=products)

    def _change(self, day: date) -> None:
        """What the story brings half-way."""
        half = add_months(self.begins, self.row["months"] // 2)
        asked = self.mission.adjustments.exists()
        if self.story == "extended" and day >= half and not asked:
            self._ask_extension(4)
            adjusting.answer_change(
                self.mission.adjustments.get(), granted=True, decision_sign="45/QĐ-SKHCN", decided_on=day,
                answer="Đồng ý gia hạn một lần.", by=self.head,
            )  # fmt: skip
        elif self.story == "new-leader" and day >= self.begins + timedelta(days=60) and not asked:
            person: Person = add_person(full_name="Mai Thế Anh", title="TS.", by=FOUNDER)
            wish = Wish("investigator", {"investigator": person.pk}, "Chủ nhiệm đi học nước ngoài 12 tháng.", "away")
            adjusting.ask_change(self.mission, wish, by=self.worker)

    def _ask_extension(self, months: int) -> None:
        assert self.mission.ends_on is not None  # noqa: S101 - begin() gives one
        wish = Wish(
            "extension", {"end": add_months(self.mission.ends_on, months)}, "Mưa lớn làm mất một vụ thí nghiệm."
        )
        adjusting.ask_change(self.mission, wish, by=self.worker)

    def _end_of_story(self) -> None:
        yesterday = add_working_days(today(), -1)
        self.mission.refresh_from_db()
        if self.story == "asks-extension":
            with at(add_working_days(today(), -6)):
                self._ask_extension(3)
        elif self.story == "new-leader":
            self._lacks_something()
        elif self.story == "extended":
            self._pays_back()
        elif self.story == "late-report":
            with at(yesterday):
                inspecting.announce(
                    self.mission, held_on=earliest(self.mission), members=INSPECTORS, regular=False, by=self.officer
                )
        elif self.story in ("suspended", "terminated"):
            self._stop(yesterday)
        elif self.story == "accepting" and self.mission.state == Mission.State.ENDED:
            with at(yesterday):
                accepting.open_acceptance(self.mission, by=self.worker)

    def _lacks_something(self) -> None:
        """A request that the department asked more about; the lead organisation has it now."""
        wish = Wish("content", {"text": "Thêm khảo sát ba trường cao đẳng."}, "Mở rộng đối tượng khảo sát.")
        with at(add_working_days(today(), -8)):
            change = adjusting.ask_change(self.mission, wish, by=self.worker)
        with at(add_working_days(today(), -3)):
            adjusting.ask_back(change, comment="Nêu rõ số phiếu và kinh phí của phần bổ sung.", by=self.officer)

    def _pays_back(self) -> None:
        """Money spent on the wrong thing, paid back as the lead organisation says; the department has to see to it."""
        decided = add_working_days(today(), -15)
        with at(decided):
            refund = paying.demand_refund(
                self.mission, amount=15 * MILLION, reason="Chi công tác phí ngoài nội dung thuyết minh.",
                decision_sign="31/QĐ-SKHCN", decided_on=decided, by=self.officer,
            )  # fmt: skip
        with at(add_working_days(today(), -2)):
            paying.say_paid(refund, comment="Ủy nhiệm chi số 27, nộp tại Kho bạc Nhà nước khu vực I.", by=self.worker)

    def _stop(self, yesterday: date) -> None:
        stopped = add_working_days(today(), -25)
        held = add_working_days(stopped, 7)
        with at(stopped):
            reason = "Tổ chức chủ trì không bố trí được vốn đối ứng theo hợp đồng."
            ending.suspend(self.mission, reason=reason, by=self.head)
            visit = inspecting.announce(self.mission, held_on=held, members=INSPECTORS, regular=False, by=self.officer)
        with at(held):
            inspecting.conclude(
                visit, findings="Xong khoảng một nửa khối lượng; mô hình chưa vận hành.",
                conclusion="Chưa đủ điều kiện tiếp tục.", by=self.officer,
            )  # fmt: skip
        if self.story == "terminated":
            with at(yesterday):
                ending.terminate(
                    self.mission, decision_sign="77/QĐ-UBND", decided_on=yesterday, refund=self.mission.paid // 4,
                    reason="Theo kết luận kiểm tra.", assets="Bàn giao máy đo cho Trung tâm Kiểm định.", by=self.head,
                )  # fmt: skip
