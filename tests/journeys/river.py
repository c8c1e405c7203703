"""The river from a locality's need to a result in use, one act a stage, each by who does it, on the day it is done."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from khue.accounts.models import User
from khue.core.calendar import add_working_days
from khue.core.clock import at, today
from khue.councils.models import Council
from khue.directory.actions.units import add_unit
from khue.directory.models import Unit
from khue.flow.shelf.values import Field, Form
from khue.flow.shelf.words import words
from khue.missions.actions.accept.accepting import act as accept_act
from khue.missions.actions.accept.accepting import (
    file,
    open_acceptance,
    set_up_council,
    write_product,
    write_self_evaluation,
)
from khue.missions.actions.accept.review import confirm_nothing_to_measure
from khue.missions.actions.accept.using import describe_result, report_use
from khue.missions.actions.carry.contracting import begin as begin_mission
from khue.missions.actions.carry.contracting import sign_contract
from khue.missions.actions.carry.ending import end_those_over
from khue.missions.actions.carry.paying import pay
from khue.missions.actions.carry.reporting import (
    confirm_money,
    confirm_volume,
    open_reports,
    save_report,
    submit_report,
)
from khue.missions.actions.order.orders import approve as approve_list
from khue.missions.actions.order.orders import edit_order, gather, publish, start_list
from khue.missions.actions.select.attachments import attach
from khue.missions.actions.select.calls import invite_directly
from khue.missions.actions.select.completing import (
    appraise,
    approve,
    form_budget_team,
    hand_in,
    publish_result,
    submit_for_approval,
)
from khue.missions.actions.select.evaluating import choose, form_council
from khue.missions.actions.select.reviewing import record_visit, set_up_site_group
from khue.missions.models import Acceptance, Application, Mission, Order, Selection
from khue.missions.rules.accept.review import measurable
from khue.missions.rules.carry.contracts import Payment
from khue.missions.rules.select.reviewing import unchecked
from khue.missions.tests.market import Market, again, answered, expert, fresh, head_of, moment, paper
from khue.missions.tests.mill import FOUNDED, FOUNDER, mill, plan_of
from khue.missions.tests.scene import attach_parts, confirmed
from khue.needs.actions.intake import take_up
from khue.needs.actions.proposal_council import form_council as identify_council
from khue.needs.actions.proposal_council import hand_in as hand_in_recommendation
from khue.needs.actions.proposal_search import judge, sign, take_in
from khue.needs.actions.proposals import act, draft_from_needs, save_draft, send
from khue.needs.actions.writing import Words, begin
from khue.needs.actions.writing import send as send_need
from khue.needs.models import DuplicateSearch, Need, Proposal
from khue.needs.rules.proposal_forms import form_of
from khue.needs.rules.proposal_search import unjudged
from tests.journeys.meetings import FIVE, NINE, SEVEN, Meetings, shares, together, yes
from tests.town import worker

EXPERTS = (
    "Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường", "Đỗ Thị Dung", "Vũ Văn Giang", "Bùi Thị Hà", "Hồ Văn Khoa",
    "Mai Thị Lan", "Trịnh Văn Minh",
)  # fmt: skip


class River(Meetings):
    """The acts from the need to the use, each on its day."""

    # -------------------------------------------------------------- need, proposal, order

    def need(self) -> Need:
        """The commune writes and sends it; the department takes it up."""
        with self.now():
            words = Words(problem="Đất rau ven sông nhiễm mặn, rau chết từng đám.", affected="300 hộ trồng rau")
            sent = send_need(begin(by=self.writer, words=words), by=self.writer)
            return take_up(sent, by=self.officer)

    def proposal(self, need: Need) -> Proposal:
        """The department makes a proposal of the need, looks for duplicates and signs the record."""
        with self.wait(5).now():
            made = draft_from_needs([need], by=self.officer, type=self.type)
            save_draft(made, by=self.officer, answers={**filled(form_of(made)), **made.answers})
            made = send(made, by=self.officer)
            search = take_in(made, by=self.officer)
            for hit in unjudged(search):
                judge(search, hit["number"], verdict="related", by=self.officer, note="Khác đối tượng")
            sign(search, conclusion=DuplicateSearch.Conclusion.NONE, by=self.officer, remark="Không trùng")
            return Proposal.objects.get(pk=made.pk)

    def recommended(self, proposal: Proposal) -> Proposal:
        """The council to identify is for it, the recommendation is complete, the procedure was right."""
        with self.wait(3).now():
            council = identify_council([proposal], title="Hội đồng xác định nhiệm vụ", by=self.officer)
        self.meet(council, SEVEN, yes)
        with self.wait(2).now():
            proposal = Proposal.objects.get(pk=proposal.pk)
            form = council.process_version.definition.forms["recommendation"]
            hand_in_recommendation(proposal, {**filled(form), **proposal.recommendation}, by=self.officer)
            act(proposal, "recommend", by=self.head)
        return Proposal.objects.get(pk=proposal.pk)

    def order(self, proposal: Proposal) -> Order:
        """The city orders what was recommended; the one who asked is told."""
        with self.wait(10).now():
            listed = start_list(title=f"Danh mục {self.day.year}", year=self.day.year, by=self.officer)
            (order,) = gather(listed, [proposal], by=self.officer)
            order = edit_order(order, orderer=self.commune, by=self.officer)
            approve_list(
                listed, decision_sign="1120/QĐ-UBND", decided_on=today(), by=self.market.mill.leader,
                ground="Theo đề nghị của Sở",
            )  # fmt: skip
            publish(listed, by=self.officer)
            assert {need.state for need in proposal.needs.all()} <= {Need.State.ANSWERED}, "who asked was told"
        return Order.objects.get(pk=order.pk)

    # -------------------------------------------------------------- selection

    def ordered(self) -> Order:
        """From the need to the order, for stories that begin there."""
        return self.order(self.recommended(self.proposal(self.need())))

    def called(self, order: Order) -> Selection:
        with self.wait(5).now():
            self.market.called(order)
            return self.market.selection()

    def invited(self, order: Order) -> Selection:
        """Assigned directly: one organisation is asked, and hands its file in."""
        with self.wait(5).now():
            asked = invite_directly(
                order, self.market.mill.host, closes_at=moment(self.day + timedelta(days=20)), by=self.officer,
                ground=next(iter(words("grounds"))),
            )  # fmt: skip
        with self.wait(10).now():
            self.market.applied(fresh(asked), self.market.mill.host, self.host_head)
        return asked

    def two_applications(self, selection: Selection) -> tuple[Application, Application]:
        with self.wait(10).now():
            return self.market.both(selection)

    def opened(self, selection: Selection) -> Selection:
        self.day = add_working_days(fresh(selection).closes_at.date(), 2)
        with self.now():
            return self.market.opened(selection)

    def before_council(self, selection: Selection) -> Council:
        """Everything that was handed in is valid, and a council is formed to judge it."""
        with self.wait(1).now():
            for application in selection.applications.filter(state="submitted"):
                self.market.settled(application)
            return form_council(fresh(selection), by=self.officer)

    def evaluated(self, selection: Selection, points: Mapping[str, int]) -> Council:
        """The council gives each lead organisation these shares of the points, in per cent."""
        return self.meet(self.before_council(selection), SEVEN, shares(points))

    def chosen(self, selection: Selection) -> Application:
        with self.wait(1).now():
            for application in unchecked(fresh(selection)):
                self._looked_at(application)
            return choose(fresh(selection), by=self.officer)

    def _looked_at(self, application: Application) -> None:
        """Experts go and see what the applicant has."""
        leader, *members = self.market.experts[6:]
        set_up_site_group(
            application, leader=leader, members=members, decision_sign="41/QĐ-SKHCN", decided_on=today(),
            visits_on=today(), place="Xưởng thực nghiệm", by=self.officer,
        )  # fmt: skip
        record_visit(
            application, visited_on=today(), findings="Có đủ lò nung.", fit=True, conclusion="Đủ điều kiện.",
            by=self.officer,
        )  # fmt: skip

    def approved(self, selection: Selection) -> Mission:
        """The winner completes, the budget team agrees, the head approves: a mission."""
        selection = fresh(selection)
        assert selection.winner is not None
        with self.wait(5).now():
            author = again(User.objects.get(memberships__unit=selection.winner.lead, memberships__role="unit-head"))
            attach(selection.winner, paper("bao-gia.txt"), kind="quotation", issued_on=today(), by=author)
            answered(selection, by=author)
            hand_in(selection, by=author)
            team = form_budget_team(fresh(selection), by=self.officer)
            appraise(fresh(selection), {}, by=self.officer)
        self.meet(team, FIVE, together)
        with self.wait(3).now():
            submit_for_approval(fresh(selection), by=self.officer)
            approve(fresh(selection), decision_sign="1506/QĐ-UBND", decided_on=today(), by=self.head)
            publish_result(fresh(selection), by=self.officer)
        return Mission.objects.get(application=selection.winner)

    # -------------------------------------------------------------- carrying out

    def begun(self) -> Mission:
        """A mission under contract, for stories that begin there."""
        with self.now():
            here = self.market.mill
            mission = begin_mission(plan_of(here.investigator, starts_on=today()), host=here.host, by=self.officer)
        return self.contracted(mission)

    def contracted(self, mission: Mission) -> Mission:
        """The contract with two payments: half at once, half for the first report."""
        with self.wait(10).now():
            half = mission.budget_state // 2
            payments = [
                Payment(today() + timedelta(days=10), half),
                Payment(today() + timedelta(days=200), mission.budget_state - half, "Sau báo cáo kỳ 1"),
            ]
            contract = sign_contract(
                mission, sign=f"{mission.pk}/HĐ-SKHCN", signed_on=today(), starts_on=today(), payments=payments,
                by=self.officer,
            )  # fmt: skip
            open_reports()
            pay(contract.instalments.get(number=1), amount=half, paid_on=today(), by=self.officer)
        return Mission.objects.get(pk=mission.pk)

    def reported(self, mission: Mission) -> Mission:
        """The first report, what it spent, both confirmed, and the payment that waited for it."""
        report = mission.reports.get(number=1)
        self.day = report.period_to
        with self.now():
            host = again(self.market.first_head if mission.host_id == self.market.mill.host.pk
                         else self.market.second_head)  # fmt: skip
            save_report(report, by=host, text="Xong điều tra.", stages={1: (50, "Đã điều tra 3 xã")})
            submit_report(report, by=host)
            confirm_volume(report, by=self.officer)
            confirm_money(report, by=self.officer)
            second = mission.contract.instalments.get(number=2)
            pay(second, amount=second.amount, paid_on=today(), by=self.officer, condition_met=True)
        return Mission.objects.get(pk=mission.pk)

    def ended(self, mission: Mission) -> Mission:
        """The day after its last day; the night's job ends it."""
        assert mission.ends_on is not None
        self.day = mission.ends_on + timedelta(days=1)
        with self.now():
            assert end_those_over() == 1
        return Mission.objects.get(pk=mission.pk)

    # -------------------------------------------------------------- acceptance and use

    def filed(self, mission: Mission, after: int = 20) -> Acceptance:
        """The lead organisation's file, `after` days later, found valid."""
        with self.now():
            acceptance = open_acceptance(mission, by=self.officer)
        with self.wait(after).now():
            host = again(User.objects.get(memberships__unit=mission.host, memberships__role="unit-head"))
            assert mission.plan is not None
            for product in mission.plan.products.all():
                write_product(acceptance, product, by=host, quantity=Decimal(product.quantity or 1), rating="passed")
            write_self_evaluation(acceptance, by=host, rating="passed", text="Đạt.", spent=mission.budget_state)
            attach_parts(acceptance, by=host)
            file(acceptance, by=host)
            accept_act(acceptance, "accept-file", by=self.officer)
        return Acceptance.objects.get(pk=acceptance.pk)

    def rated(self, acceptance: Acceptance, level: str) -> Acceptance:
        with self.wait(3).now():
            council = set_up_council(acceptance, title="Hội đồng nghiệm thu", by=self.officer)
            if measurable(acceptance):
                confirm_nothing_to_measure(
                    acceptance, reason="Cơ quan kiểm định đã đo.", confirmed=True, by=self.officer
                )
        names = [f"p{check.product_id}" for check in acceptance.products.all()]
        products = {name: {"quality": level, "kind": level, "quantity": level} for name in names}
        self.meet(council, NINE, lambda _seat, _subject: {"products": products, "report": level})
        return Acceptance.objects.select_related("mission", "case").get(pk=acceptance.pk)

    def recognised(self, acceptance: Acceptance) -> Mission:
        mission = acceptance.mission
        host = again(User.objects.get(memberships__unit=mission.host, memberships__role="unit-head"))
        with self.wait(15).now():
            describe_result(mission, by=host, kind="technology", title="Quy trình trồng rau chịu mặn", readiness=8)
            accept_act(acceptance, "hand-in", by=host)
            confirmed(acceptance)
            number = {"registration_number": "HNI-031", "registered_on": today().isoformat()}
            accept_act(acceptance, "register", by=host, data=number)
            decision = {"decision_sign": "88/QĐ-SKHCN", "decided_on": today().isoformat()}
            accept_act(acceptance, "recognise", by=self.head, data=decision)
        with self.wait(360).now():
            report_use(mission.use_reports.earliest("due_on"), by=again(host), used=True, effect="Ba xã đang trồng.")
        return Mission.objects.get(pk=mission.pk)


def filled(form: Form) -> dict[str, Any]:
    """Every question of a form answered as somebody in a hurry would."""
    return {one.name: _said(one) for one in form.fields}


def _said(one: Field) -> Any:
    said: Mapping[str, Any] = {
        "date": today().isoformat(), "integer": "12", "number": "1", "money": "100000000", "flag": True, "unit": None,
        "person": None, "choice": next(iter(one.choices), None),
        "rows": [{column.name: _said(column) for column in one.columns}],
    }  # fmt: skip
    return said.get(one.kind, "Đã nêu rõ.")


def river(day: date, type_: str = "technology-topic") -> River:
    """A commune, the department, two institutes, nine experts from elsewhere; the shelf as it is."""
    with at(day):
        here = mill()
        commune = add_unit(
            name="Ủy ban nhân dân xã Vân Nội", kind=Unit.Kind.COMMUNE, parent=here.department.parent,
            valid_from=FOUNDED, by=FOUNDER,
        )  # fmt: skip
        market = Market(
            here, None, head_of(here.host, "Nguyễn Thị Mai"), head_of(here.elsewhere, "Trần Văn Bách"),  # type: ignore[arg-type] # each story orders for itself
            [expert(name, f"Viện thứ {number}") for number, name in enumerate(EXPERTS, 1)],
        )  # fmt: skip
        return River(market, commune, worker("Nguyễn Thị Hạnh", "officer", commune), type_, day)


def version_of(row: Any) -> date:
    """The day of the rules that a case runs under."""
    found: datetime | date = row.case.process_version.version
    return found if not isinstance(found, datetime) else found.date()
