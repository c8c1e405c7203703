"""Missions whose time is over, one at every step of acceptance and of what comes after it: lived through at their own
dates, by the actions that people use."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from khue.accounts.models import User
from khue.core.calendar import add_months, add_working_days
from khue.core.clock import at, today
from khue.core.refusals import Refused
from khue.core.yearly_numbers import next_number
from khue.councils import actions as councils
from khue.councils.models import Council
from khue.flow.actions.entering import Past, enter_cases
from khue.matching.actions import changed
from khue.missions.actions.accept import accepting, ownership, using
from khue.missions.actions.accept.acceptance_file import attach_part, write_completion
from khue.missions.actions.accept.confirming import confirm_on_paper
from khue.missions.actions.accept.review import record_measuring
from khue.missions.actions.carry import assets, ending, paying, reporting, settling
from khue.missions.actions.telling import say_use
from khue.missions.models import Acceptance, Mission, Order, OrderList, UseReport
from khue.missions.rules.accept.dossier import dossier_rows
from khue.missions.rules.carry.paying import unspent_at_end_of
from khue.missions.rules.carry.reports import Spent, lines
from khue.needs.actions import intake
from khue.needs.actions.proposal_answers import answer_ordered
from khue.needs.actions.writing import Words, begin, send
from khue.needs.models import Need, Proposal
from khue.site.demo.missions import MILLION, Life
from khue.site.demo.parts import ACCEPTANCES
from khue.site.demo.town import Town

FIRST_NUMBER = 60
"""Of their contracts; lower ones are those of the running missions."""
CONFIRMED = ("needed", "settled")
"""Stories whose money was all paid out and confirmed."""
ROLES = ("chair", "vice-chair", "secretary", "reviewer", "reviewer", "member", "member", "member", "member")
SAID = "Đã hoàn thành các nội dung theo hợp đồng; sản phẩm đủ số lượng, mô hình đang vận hành tại địa phương."
MEASURED = "Chạy thử hai mô hình trong ba ngày: công suất và chất lượng đạt mức ghi trong thuyết minh."
SIGNED = "Hồ sơ đã hoàn thiện theo kết luận của hội đồng."
REMARKS = [
    {"remark": "Bổ sung số liệu đối chứng của vụ thứ hai", "answer": "Đã bổ sung ở mục 3.4 của báo cáo tổng hợp"},
    {"remark": "Nêu rõ điều kiện áp dụng ở nơi khác", "answer": "Đã viết thêm phần hướng dẫn áp dụng"},
]


def live_through(town: Town) -> int:
    """Let every mission of the list come to its end; returns how many."""
    rows = tomllib.loads(ACCEPTANCES.read_text(encoding="utf-8"))["mission"]
    for number, row in enumerate(rows, FIRST_NUMBER):
        told = {"lump": "partial", "other": 0, "months_ago": row["months"] + row["ended"], **row}
        _End(town, told, number).live()
    _carried_over(town)
    return len(rows)


def _carried_over(town: Town) -> None:
    """Of two running missions money of last year was not spent; it may be used this year."""
    year = today().year - 1
    running = Mission.objects.filter(state=Mission.State.RUNNING, contract__signed_on__year__lte=year).order_by("pk")
    waiting = [(one, unspent_at_end_of(one, year)) for one in running]
    for number, (mission, left) in enumerate([row for row in waiting if row[1] > 0][:2], 1):
        with at(_moment(date(year + 1, 1, 12), 9)):
            paying.carry_over(
                mission, year=year, amount=left // 2, decision_sign=f"{number + 20}/QĐ-STC", decided_on=today(),
                by=town.people["chuyenvien"],
            )  # fmt: skip


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(add_working_days(day, 0), time(hour), timezone.get_default_timezone())


class _End(Life):
    """One mission from its contract to where its acceptance stands."""

    def __init__(self, town: Town, row: dict[str, Any], number: int) -> None:
        super().__init__(town, row, number)
        self.town, self.present = town, today()
        assert self.mission.ends_on is not None  # noqa: S101 - begin() gives one
        self.over = self.mission.ends_on
        self.whole = self.story in CONFIRMED

    def live(self) -> None:
        """Contract, money, end, acceptance, and what the story brings after it."""
        needs = self._needed() if "need" in self.row else []
        self._sign()
        self._spent()
        self._ended()
        self._accepted("accepted" if self.story in ("needed", "settled") else self.story)
        after: Mapping[str, Any] = {
            "settled": self._settled, "failed": self._failed, "failed-late": self._failed_late,
            "accepted": self._asked_about_the_right,
        }  # fmt: skip
        after.get(self.story, lambda: None)()
        self._told(needs)

    def _on(self, back: int) -> datetime:
        """A morning so many days after the time was over, never later than yesterday."""
        return _moment(min(self.over + timedelta(days=back), self.present - timedelta(days=3)), 9)

    # ------------------------------------------------------------------ work and money

    def _spent(self) -> None:
        """Half of the money, or all of it where everything was confirmed."""
        for number, instalment in enumerate(self.mission.contract.instalments.all()):
            if number and not self.whole:
                return
            with at(_moment(self.begins + timedelta(days=20 + 90 * number), 10)):
                paying.pay(instalment, amount=instalment.amount, paid_on=today(), by=self.officer, condition_met=True)
        if self.whole:
            with at(_moment(self.over - timedelta(days=2), 9)):
                reporting.open_reports_of(Mission.objects.get(pk=self.mission.pk))
                self._reported()

    def _reported(self) -> None:
        reports = list(self.mission.reports.order_by("number"))
        for report in reports:
            left = [line for line in lines(report) if line.before < line.planned]
            part = 1 if report == reports[-1] else 2
            spending = {line.key: Spent((line.planned - line.before) // part, "theo tiến độ") for line in left}
            stages = dict.fromkeys(range(1, 5), (100 // part, ""))
            reporting.save_report(report, by=self.worker, text=SAID, stages=stages, spending=spending)
            reporting.submit_report(report, by=self.worker)
            reporting.confirm_volume(report, by=self.officer)
            reporting.confirm_money(report, by=self.officer)

    def _ended(self) -> None:
        with at(self._on(1)):
            ending.end(Mission.objects.get(pk=self.mission.pk), by=self.officer)
            self.mission = Mission.objects.get(pk=self.mission.pk)
            self.acceptance = accepting.open_acceptance(self.mission, by=self.worker)

    # ------------------------------------------------------------------ acceptance

    def _accepted(self, until: str) -> None:
        if until in ("file-due", "failed-late"):
            return
        with at(self._on(20)):
            self._file()
        if until == "supplementing":
            self._act(24, "ask-supplement", comment="Thiếu kết quả kiểm định độc lập của mô hình thứ hai.")
        if until in ("checking", "supplementing"):
            return
        self._act(24, "accept-file")
        if until == "council-forming":
            return
        if until in ("completing", "confirming"):
            self._council()
            if until == "confirming":
                self._act(85, "hand-in", by=self.worker)
            return
        self._act(40, "set-up-council", data=self._decision("QĐ-SKHCN", 40))
        if until == "evaluating":
            return
        self._measured()
        if until == "failed":
            self._act(65, "fail", comment="5 trên 9 thành viên xếp không đạt: hai sản phẩm không đủ khối lượng.")
            return
        self._concluded(until)

    def _measured(self) -> None:
        """Three of the members, on paper as their council, measured what can be measured."""
        with at(self._on(60)):
            measurers = [user.person for user in self._experts()[-3:] if user.person is not None]
            record_measuring(
                Acceptance.objects.get(pk=self.acceptance.pk), members=measurers, measured_on=today(),
                findings=MEASURED, by=self.officer,
            )  # fmt: skip

    def _concluded(self, until: str) -> None:
        rating = {"rating": "excellent" if self.story == "needed" else "passed", "concluded_on": self._on(65).date()}
        self._act(66, "pass", data=rating)
        told = dict(self.row["result"])
        with at(self._on(80)):
            using.describe_result(self.mission, by=self.worker, **told)
        self._act(90, "hand-in", by=self.worker)
        with at(self._on(95)):
            confirm_on_paper(
                self.acceptance, ContentFile(SIGNED.encode(), "Xác nhận hoàn thiện hồ sơ.txt"), by=self.officer,
                confirmed_by="GS.TS. Đặng Hữu Thọ", confirmed_on=today(), reason="Hội đồng họp trên giấy.",
            )  # fmt: skip
        if until == "registering":
            return
        number = f"HNI-{self._on(100).year}-{self.number:03d}"
        registered = {"registration_number": number, "registered_on": self._on(100).date()}
        self._act(101, "register", by=self.worker, data=registered)
        if until == "accepted":
            self._act(110, "recognise", by=self.head, data=self._decision("QĐ-SKHCN", 110))

    def _file(self) -> None:
        for check in self.acceptance.products.select_related("product"):
            product = check.product
            short = self.story == "failed" and product.kind in ("I", "III")
            accepting.write_product(
                self.acceptance, product, by=self.worker, quality="Theo thuyết minh",
                quantity=Decimal(0) if short else product.quantity, rating="failed" if short else "passed",
                proof="Biên bản nghiệm thu cơ sở, giấy xác nhận của nơi áp dụng",
            )  # fmt: skip
        accepting.write_self_evaluation(
            self.acceptance, by=self.worker, rating="passed", text=SAID, spent=self.mission.paid
        )
        for row in dossier_rows(self.acceptance):
            if row.missing:
                paper = ContentFile(
                    f"{row.label}\n{self.mission.title}\n".encode(), f"{row.label.partition(':')[0]}.txt"
                )
                attach_part(self.acceptance, paper, part=row.name, by=self.worker)
        accepting.file(self.acceptance, by=self.worker)

    def _act(
        self, back: int, name: str, *, by: User | None = None, comment: str = "", data: dict[str, Any] | None = None
    ) -> None:
        with at(self._on(back)):
            current = Acceptance.objects.get(pk=self.acceptance.pk)
            accepting.act(current, name, by=by or self.officer, comment=comment, data=data)

    def _decision(self, kind: str, back: int) -> dict[str, Any]:
        day = self._on(back).date()
        return {"decision_sign": f"{self.number + 200}/{kind}", "decided_on": day}

    # ------------------------------------------------------------------ the council

    def _council(self) -> None:
        """Nine members are appointed and meet."""
        with at(self._on(40)):
            title = f"Hội đồng nghiệm thu: {self.mission.title}"
            council = accepting.set_up_council(self.acceptance, title=title[:250], by=self.officer)
            people = [user.person for user in self._experts() if user.person is not None]
            wanted = [councils.Wanted(person, role) for person, role in zip(people, ROLES, strict=True)]
            for refusal in councils.add_seats(council, wanted, by=self.officer)[1]:
                raise Refused(refusal)
            councils.seat_everybody(council, by=self.officer)
            councils.appoint(council, **self._decision("QĐ-SKHCN", 40), by=self.officer)
            councils.schedule(
                council, meets_at=self._on(60), venue="Phòng họp tầng 3, 185 phố Giảng Võ", by=self.officer
            )
            councils.send_documents(council, by=self.officer)
        self._met(Council.objects.get(pk=council.pk))

    def _experts(self) -> list[User]:
        """Experts of the other councils that are not of the lead organisation."""
        rows = User.objects.filter(memberships__role="expert", person__isnull=False).select_related("person")
        rows = rows.exclude(memberships__unit=self.host).distinct().order_by("-pk")
        return list(rows[: len(ROLES)])

    def _met(self, council: Council) -> None:
        assert council.meets_at is not None  # noqa: S101 - it was scheduled
        with at(council.meets_at):
            seats = list(council.seats.select_related("person"))
            subject = council.subjects.get()
            councils.record_attendance(council, dict.fromkeys(seats, "present"), by=self.officer)
            measurers = [seat.person for seat in seats[-3:]]
            record_measuring(
                Acceptance.objects.get(pk=self.acceptance.pk), members=measurers, measured_on=today(),
                findings=MEASURED, by=self.officer,
            )  # fmt: skip
            councils.open_session(council, by=self.officer)
            products = [f"p{one.product_id}" for one in self.acceptance.products.all()]
            marks = {name: dict.fromkeys(("quality", "kind", "quantity"), "passed") for name in products}
            for seat in seats:
                voter = User.objects.get(person=seat.person)
                councils.cast(seat, subject, {"products": marks, "report": "passed"}, by=voter)
            councils.close(council, by=self.officer)
            councils.conclude(council, conclusion="Đồng ý nghiệm thu, hoàn thiện theo góp ý.", by=self.officer)
        with at(self._on(75)):
            write_completion(Acceptance.objects.get(pk=self.acceptance.pk), REMARKS, by=self.worker)

    # ------------------------------------------------------------------ afterwards

    def _asset(self, back: int) -> None:
        told = dict(self.row["asset"])
        told |= {"value": told["value"] * MILLION, "bought_on": self.begins + timedelta(days=60), "wish": "host"}
        with at(self._on(back)):
            self.asset = assets.keep_asset(self.mission, by=self.worker, **told)

    def _asked_about_the_right(self) -> None:
        """Its asset is not counted yet, and the lead organisation has asked for the right."""
        self._asset(115)
        with at(self._on(125)):
            right = ownership.open_ownership(self.mission, by=self.officer)
        with at(self._on(140)):
            plan = "Chuyển giao cho ba hợp tác xã trong hai năm, có cán bộ kỹ thuật đi kèm."
            ownership.act(right, "request", by=self.worker, data={"right": "ownership", "plan": plan})

    def _settled(self) -> None:
        """Assets, right and contract are done with; of the reports on use one came, one is late."""
        self._asset(115)
        with at(self._on(130)):
            day = today()
            assets.count_assets(self.mission, {self.asset.pk: "good"}, counted_on=day, by=self.worker)
            assets.decide_assets(
                self.mission, [self.asset.pk], disposal="transfer", receiver=self.town.units["snnmt"],
                decision_sign="51/QĐ-SKHCN", decided_on=day, handling="Giao hợp tác xã dùng chung", by=self.officer,
            )  # fmt: skip
            confirmed = Mission.objects.get(pk=self.mission.pk).confirmed
            settling.settle(self.mission, liquidated_on=day, settled=confirmed, by=self.officer)
        report: UseReport = self.mission.use_reports.order_by("due_on")[0]
        with at(_moment(report.due_on - timedelta(days=6), 10)):
            use = self.row["use"]
            using.report_use(
                report, by=self.worker, used=True, effect=use["effect"], value=use["value"] * MILLION,
                unit=self.town.units["snnmt"], place=self.mission.place, result=self.mission.results.get(),
            )  # fmt: skip
            using.accept_use(report, by=self.officer)

    def _failed(self) -> None:
        """Closed, with money to be paid back: half of it is here, the rest is late."""
        owed = self.mission.paid // 2
        with at(self._on(120)):
            told = {**self._decision("QĐ-UBND", 120), "reason": "Hai sản phẩm không đủ khối lượng theo hợp đồng."}
            mission = settling.close_failed(self.mission, refund=owed, by=self.head, **told)
        with at(self._on(140)):
            refund = mission.refunds.get()
            paying.pay_back(refund, amount=owed // 2, paid_on=today(), by=self.officer)

    def _failed_late(self) -> None:
        late = add_months(self.acceptance.due_on, 7)
        with at(_moment(late, 9)):
            why = "Quá 6 tháng kể từ hạn nộp mà chưa có hồ sơ."
            accepting.act(Acceptance.objects.get(pk=self.acceptance.pk), "fail-late", by=self.head, comment=why)

    # ------------------------------------------------------------------ the needs behind it

    def _needed(self) -> list[Need]:
        """Two departments needed the same; it was ordered, and this mission came of it."""
        first = self.begins - timedelta(days=240)
        officer = self.officer
        with at(_moment(first, 9)):
            school, clinic = (self._need(login, words) for login, words in self._voices())
        with at(_moment(first + timedelta(days=3), 9)):
            intake.take_up(school, by=officer)
            intake.merge(clinic, school, "Cùng một vấn đề: bếp ăn tập thể chưa tự kiểm tra được thực phẩm.", by=officer)
        with at(_moment(first + timedelta(days=60), 9)):
            proposal = Proposal.objects.create(
                title=self.row["title"], type=self.row["type"], field=self.row["field"], year=today().year + 1,
                unit=self.town.units["skhcn"], author=officer,
            )  # fmt: skip
            proposal.needs.add(school)
            order = self._ordered(proposal)
            day = today()
            answer_ordered(
                proposal, order=f"order:{order.pk}", name=order.name, sign=order.list.decision_sign, decided_on=day
            )
        changed("order", order.pk)
        Mission.objects.filter(pk=self.mission.pk).update(order=order, orderer=self.town.units["sgddt"])
        self.mission.order = order
        return [Need.objects.get(pk=one.pk) for one in (school, clinic)]

    def _voices(self) -> list[tuple[str, str]]:
        return [("sgddt", self.row["need"]), ("syt", self.row["twin"])]

    def _need(self, login: str, words: str) -> Need:
        by = self.town.people[login]
        need = begin(by=by, words=Words(problem=words, affected="Hơn 2.000 bếp ăn tập thể"))
        need.round = None  # the round that asks today was not there then
        need.save(update_fields=["round"])
        return send(need, by=by)

    def _ordered(self, proposal: Proposal) -> Order:
        """The list of that year, as it came with its decision."""
        day = today()
        parties = {"proposer": proposal.unit, "department": self.town.units["skhcn"]}
        past = Past(
            proposal.title, proposal.get_absolute_url(), proposal.dossier, parties, "recommended",
            day - timedelta(days=45), closed_on=day - timedelta(days=5),
        )  # fmt: skip
        proposal.case = enter_cases("mission-identify", [past], by=self.officer)[0]
        proposal.number, proposal.submitted_at = next_number(Proposal, proposal.year), proposal.case.opened_at
        proposal.state = Proposal.State.ORDERED
        proposal.save()
        made = OrderList.objects.create(
            title=f"Danh mục nhiệm vụ đặt hàng năm {day.year}, đợt an toàn thực phẩm", year=day.year,
            host=self.town.units["skhcn"], state=OrderList.State.PUBLISHED, published_on=day, decided_on=day,
            decision_sign=f"{day.year - 1300}/QĐ-UBND",
        )  # fmt: skip
        return Order.objects.create(
            list=made, number=1, proposal=proposal, name=self.row["title"], type=self.row["type"],
            field=self.row["field"], orderer=self.town.units["sgddt"],
            objective="Bếp ăn tự kiểm tra được thực phẩm nhập về trong buổi sáng.",
            products="1 bộ dụng cụ; 1 quy trình lấy mẫu; 2 bếp ăn mẫu.",
        )  # fmt: skip

    def _told(self, needs: list[Need]) -> None:
        """One of those who needed it uses it; the other has not said yet."""
        if needs:
            with at(self._on(140)):
                done = Mission.objects.get(pk=self.mission.pk)
                said = "Bốn mươi trường tiểu học dùng từ đầu năm học; hai lần trả lại thực phẩm không đạt."
                say_use(needs[0], done, stand="in-use", text=said, by=self.town.people["sgddt"])
