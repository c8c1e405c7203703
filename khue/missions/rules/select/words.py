"""What the papers of a selection say, by the names of `processes/papers.toml`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from khue.accounts.heads import head_of
from khue.councils.papers import issuer
from khue.directory.models import Expertise, Person, Unit
from khue.flow.answer_words import told
from khue.flow.shelf.telling import said
from khue.flow.shelf.values import Process
from khue.flow.shelf.words import words
from khue.missions.models import (
    Application,
    ApprovedLine,
    Call,
    Eligibility,
    Mission,
    Order,
    Plan,
    PlanPerson,
    Selection,
    Source,
)
from khue.missions.rules.select.calls import repeat_until
from khue.missions.rules.select.people import known_person
from khue.missions.rules.select.plan_forms import OUTLINE, form_of
from khue.missions.rules.select.plans import sums
from khue.missions.rules.select.records import records_of

MOST_MISSIONS = 10


def host_words(unit: Unit, applies_for: Order | None = None) -> dict[str, Any]:
    """An organisation as applications name it; what it applies for is not among what it did."""
    head = head_of(unit)
    return {
        "name": unit.name, "head": head.name, "post": head.post,
        "address": str(unit.place) if unit.place else "", "phone": unit.phone, "account": "",
        "achievements": mission_lines(_others(records_of(unit, None).hosted, applies_for)),
    }  # fmt: skip


def _others(missions: Sequence[Mission], applies_for: Order | None) -> list[Mission]:
    return [one for one in missions if applies_for is None or one.order_id != applies_for.pk]


def mission_lines(missions: Sequence[Mission]) -> str:
    """Missions on file, one a line, the newest first."""
    return "\n".join(
        f"- {one.title} ({one.year}{'; ' + str(one.get_rating_display()) if one.rating else ''})"
        for one in missions[:MOST_MISSIONS]
    )


def person_words(person: Person | None, unit: Unit | None = None) -> dict[str, Any]:
    """An investigator, as far as the directory knows."""
    if person is None:
        return {}
    return {"name": person.full_name, "degree": person.title, "unit": unit.name if unit else ""}


def head_words(head: PlanPerson, applies_for: Order | None = None) -> dict[str, Any]:
    """An investigator, as the outline says; what was led and the field as the directory knows."""
    person = head.person or known_person(head.name, head.unit)
    led = list(Mission.objects.filter(investigator=person).order_by("-year", "pk")) if person else []
    topics = Expertise.objects.filter(person=person).order_by("pk").values_list("topic", flat=True) if person else []
    return {
        "name": head.name, "degree": head.title, "unit": head.unit.name if head.unit else "",
        "field": "; ".join(topics), "missions": mission_lines(_others(led, applies_for)),
    }  # fmt: skip


def plan_words(plan: Plan, definition: Process) -> dict[str, Any]:
    """Everything that an outline says."""
    types, lumps = words("types"), words("lumps")
    form = form_of(plan, OUTLINE, definition)
    people = list(plan.people.select_related("unit"))
    head = next((one for one in people if one.role == PlanPerson.Role.INVESTIGATOR), None)
    answers = told(form, plan.answers)
    return {
        "mission": {
            "title": plan.name, "type": types[plan.type].label.vi, "months": plan.months, "starts_on": plan.starts_on,
            "code": "", "field": "", "lump_sum": lumps[plan.lump_sum].label.vi if plan.lump_sum in lumps else "",
            "objective": plan.answers.get("objective", ""),
        },
        "investigator": head_words(head) if head else {},
        "answers": [{"number": n, "label": one.label, "value": one.value} for n, one in enumerate(answers, 1)],
        "stages": _stages(plan),
        "products": _products(plan),
        "people": _people(people),
        "partners": [
            {"number": n, "name": one.unit.name, "task": one.task, "consented_on": one.consented_on}
            for n, one in enumerate(plan.partners.select_related("unit").order_by("pk"), 1)
        ],
        "budget": budget_words(plan),
    }  # fmt: skip


def _stages(plan: Plan) -> list[dict[str, Any]]:
    return [
        {"number": one.number, "content": one.content, "outcome": one.outcome,
         "time": f"tháng {one.from_month}–{one.to_month}", "person": one.who}
        for one in plan.stages.all()
    ]  # fmt: skip


def _products(plan: Plan) -> list[dict[str, Any]]:
    return [
        {"number": one.number, "kind": one.kind, "name": one.name, "quality": one.quality,
         "unit": one.unit_of_measure, "quantity": one.quantity,
         "due": f"tháng {one.due_month}" if one.due_month else ""}
        for one in plan.products.all()
    ]  # fmt: skip


def _people(people: Sequence[PlanPerson]) -> list[dict[str, Any]]:
    return [
        {"number": n, "name": one.named, "unit": one.unit.name if one.unit else "",
         "role": str(one.get_role_display()), "task": one.task, "months": one.months, "share": one.share or ""}
        for n, one in enumerate(people, 1)
    ]  # fmt: skip


def budget_words(plan: Plan) -> dict[str, Any]:
    """The money of a plan by item; the sums agree by construction."""
    found, items = sums(plan), words("items")
    rows = [
        {"number": n, "item": items[item].label.vi if item in items else item, "proposed": row["total"], **row,
         "note": ""}
        for n, (item, row) in enumerate(found.by_item.items(), 1)
    ]  # fmt: skip
    return {
        "state": found.state, "other": found.other, "total": found.total, "proposed": found.total, "cut": 0,
        "remark": "", "rows": rows,
        "years": [{"number": year, **row} for year, row in found.by_year.items()],
    }  # fmt: skip


def order_words(order: Order) -> dict[str, Any]:
    """The order behind a selection."""
    grounds = words("grounds")
    return {
        "sign": order.list.decision_sign, "decided_on": order.list.decided_on, "number": order.number,
        "name": order.name, "objective": order.objective, "products": order.products,
        "way": str(order.get_way_display()),
        "ground": grounds[order.ground].label.vi if order.ground in grounds else "",
        "orderer": order.orderer.name if order.orderer else "",
    }  # fmt: skip


def call_words(call: Call) -> dict[str, Any]:
    """A call with its orders, for the notice."""
    selections = list(call.selections.select_related("order__list", "order__orderer").order_by("order__number"))
    return {
        "call": {
            "title": call.title, "sign": call.sign, "opens_on": day_of(call.published_at), "closes_at": call.closes_at,
            "address": "nộp trên hệ thống", "criteria": "Theo phiếu chấm điểm của từng loại nhiệm vụ.",
            "attempt": selections[0].attempt if selections else 1,
        },
        "orders": [{**order_words(one.order), "number": n} for n, one in enumerate(selections, 1)],
    }  # fmt: skip


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment in this country."""
    return localtime(moment).date() if moment else None


def selection_words(selection: Selection, applications: Sequence[Application]) -> dict[str, Any]:
    """The opening and the applications that somebody may see, for minutes and notices."""
    return {
        "order": order_words(selection.order),
        "opening": {
            "opened_at": selection.opened_at, "venue": selection.venue, "note": selection.opening_note,
            "witnesses": selection.witnesses,
        },
        "applications": [opened_row(one, n) for n, one in enumerate(applications, 1)],
        "decision": {
            "sign": selection.decision_sign, "signed_on": selection.decided_on, "ground": _ground(selection),
            "authority": issuer(selection.order.list.host, selection.decision_sign).name, "text": "",
        },
    }  # fmt: skip


def failure_words(selection: Selection, applications: Sequence[Application]) -> dict[str, Any]:
    """That nobody was found, why, and until when it may be called for again; applications with what became of them."""
    assert selection.case is not None  # noqa: S101 - every selection is opened with its case
    failing = selection.case.records.filter(move="fail").order_by("-pk").first()
    again = repeat_until(selection, selection.case.definition) if selection.call is not None else None
    return {
        "call": {
            "attempt": selection.attempt, "closes_at": selection.closes_at, "title": selection.order.name,
            "received": selection.receipts.filter(withdrawn_at=None).count(),
            "failed_because": failing.comment if failing is not None else "", "repeat_by": again or "",
        },
        "applications": [application_row(one, n) for n, one in enumerate(applications, 1)],
    }  # fmt: skip


def _ground(selection: Selection) -> str:
    """The decision that ordered the mission; the law behind it is for whoever issues the approval to add."""
    ordered = selection.order.list
    if not ordered.decision_sign or ordered.decided_on is None:
        return ""
    return f"Quyết định số {ordered.decision_sign} ngày {ordered.decided_on:%d/%m/%Y} phê duyệt {ordered.title}"


def opened_row(application: Application, number: int) -> dict[str, Any]:
    """As it was when it was opened: what became of it later is not in the minutes of the opening."""
    return {**application_row(application, number), "state": "nộp đúng hạn", "note": ""}


def application_row(application: Application, number: int = 1) -> dict[str, Any]:
    """One application as a row of a paper."""
    receipt = application.receipts.order_by("-pk").first()
    money = sums(application.plan)
    return {
        "number": number, "lead": application.lead.name, "investigator": application.investigator_name,
        "submitted_at": application.submitted_at, "receipt": str(receipt or ""),
        "sha256": receipt.sha256 if receipt else "",
        "state": str(application.get_state_display()), "note": application.invalid_because,
        "score": application.score if application.score is not None else "", "rank": application.rank or "",
        "budget": money.state,
    }  # fmt: skip


def application_words(application: Application, definition: Process, plan: Plan | None = None) -> dict[str, Any]:
    """Everything an application's papers say; `plan` is the outline that the winner completes, instead of the one
    applied with."""
    told = plan_words(plan or application.plan, definition)
    order = application.selection.order
    head = (plan or application.plan).people.filter(role=PlanPerson.Role.INVESTIGATOR).select_related("unit").first()
    told["investigator"] = head_words(head, order) if head is not None else {}
    fields, field = words("fields"), order.field
    told["mission"]["field"] = fields[field].label.vi if field in fields else ""
    begun = Mission.objects.filter(application=application).first() if plan is not None else None
    told["mission"]["code"] = begun.code if begun is not None else ""
    return {
        **told,
        "host": host_words(application.lead, order),
        "order": order_words(order),
        "applications": [application_row(application)],
        "eligibility": eligibility_words(application, definition),
        "opening": {"opened_at": application.selection.opened_at},
    }


def eligibility_words(application: Application, definition: Process) -> dict[str, Any]:
    """The findings, bar by bar."""
    rows = list(application.eligibility.select_related("judged_by"))
    judges = [row.judged_by.full_name for row in rows if row.judged_by is not None]
    return {
        "checker": ", ".join(dict.fromkeys(judges)),
        "conclusion": _concluded({row.finding for row in rows}),
        "rows": [
            {"number": n, "bar": said(definition.provisions[row.bar]), "finding": str(row.get_finding_display()),
             "reason": row.judgement or row.reason}
            for n, row in enumerate(rows, 1)
        ],
    }  # fmt: skip


def _concluded(findings: set[str]) -> str:
    """What all findings together say; as long as one is open, nothing is concluded."""
    if Eligibility.Finding.BARRED in findings:
        return "Không đủ điều kiện tham gia"
    if findings - {Eligibility.Finding.CLEAR}:
        return "Chưa kết luận: còn điều kiện phải tra cứu"
    return "Đủ điều kiện tham gia"


def appraised_words(selection: Selection) -> dict[str, Any]:
    """The winner's money as the team appraised it, of each item: state money as asked for and as approved, why less,
    and the money of others; before it has appraised anything, nothing."""
    lines, items = list(selection.approved_lines.all()), words("items")
    state = [line for line in lines if line.source == Source.STATE]
    by_item: dict[str, list[ApprovedLine]] = {}
    for line in sorted(lines, key=lambda one: one.source != Source.STATE):
        by_item.setdefault(line.item, []).append(line)
    rows: list[dict[str, Any]] = [
        {"number": n, "item": items[item].label.vi if item in items else item, **_appraised(of)}
        for n, (item, of) in enumerate(by_item.items(), 1)
    ]
    asked, given = sum(line.proposed for line in state), sum(line.approved for line in state)
    other = sum(line.approved for line in lines) - given
    remark = "; ".join(row["note"] for row in rows if row["note"])
    return {
        "state": given, "other": other, "total": given + other, "proposed": asked, "cut": asked - given,
        "remark": remark, "rows": rows,
    }  # fmt: skip


def _appraised(lines: Sequence[ApprovedLine]) -> dict[str, Any]:
    """One item of the appraised money."""
    state = [one for one in lines if one.source == Source.STATE]
    given, total = sum(one.approved for one in state), sum(one.approved for one in lines)
    return {
        "proposed": sum(one.proposed for one in state), "state": given, "other": total - given, "total": total,
        "note": "; ".join(dict.fromkeys(one.remark for one in state if one.remark)),
    }  # fmt: skip
