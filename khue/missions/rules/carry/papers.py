"""The papers of carrying out: which are offered, and what they are filled with (names of `processes/papers.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from khue.flow.shelf.words import words
from khue.missions.models import (
    Adjustment,
    Asset,
    Contract,
    Inspection,
    Mission,
    Plan,
    PlanProduct,
    ProgressReport,
)
from khue.missions.rules.accept.words import accepted_words, plain
from khue.missions.rules.carry.budget import budget_of
from khue.missions.rules.carry.carrying import case_of
from khue.missions.rules.carry.product_words import product_words
from khue.missions.rules.carry.reports import Line, lines
from khue.missions.rules.carry.settling import sums
from khue.missions.rules.select.words import host_words

OF_REPORT = (
    "progress-report", "spending-report", "finished-products", "applied-products", "volume-confirmation",
    "money-confirmation",
)  # fmt: skip
BY_HOST = (
    "progress-report", "spending-report", "finished-products", "applied-products", "adjustment-request",
    "running-registration", "asset-inventory", "settlement-report",
)  # fmt: skip
"""What the lead organisation writes to the department, under its own name."""
OF_INSPECTION = ("inspection-notice", "inspection-minutes")
OF_CHANGE = ("adjustment-request", "adjustment-answer", "adjustment")


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that can be had now."""

    name: str
    label: str
    code: str
    query: str = ""


def offered(mission: Mission) -> list[Offer]:
    """The papers of the step where the mission is and of the steps it has gone, each about its last report,
    inspection or change."""
    case = case_of(mission)
    gone = {record.to_step for record in case.records.all()} | {case.step}
    visits = [row for row in mission.inspections.all() if row.announced_on]
    visit = max(visits, key=lambda row: row.held_on, default=None)
    last = {
        "report": max((row.number for row in mission.reports.all()), default=None),
        "inspection": visit.pk if visit else None,
        "change": max((row.pk for row in mission.adjustments.all()), default=None),
    }
    found = []
    for name, paper in case.definition.papers.items():
        about = _about(name)
        if gone & set(paper.steps) and (not about or last[about]):
            query = f"?{about}={last[about]}" if about else ""
            found.append(Offer(name, str(paper.label), paper.code, query))
    return found


def _about(name: str) -> str:
    kinds = (("report", OF_REPORT), ("inspection", OF_INSPECTION), ("change", OF_CHANGE))
    return next((kind for kind, names in kinds if name in names), "")


def context_of(
    mission: Mission,
    *,
    report: ProgressReport | None = None,
    inspection: Inspection | None = None,
    change: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What a paper of the mission is filled with; what is not known stays a gap to fill in by hand."""
    contract = Contract.objects.filter(mission=mission).first()
    found: dict[str, Any] = {
        "mission": _mission(mission),
        "host": host_words(mission.host) if mission.host else {"name": mission.host_name},
        "investigator": _investigator(mission), **_plan(mission, report), **_budget(mission),
    }  # fmt: skip
    if mission.orderer is not None:
        found["orderer"] = {"name": mission.orderer.name}
    if mission.order is not None:
        found["order"] = {
            "sign": mission.order.list.decision_sign, "decided_on": mission.order.list.decided_on,
            "number": mission.order.number, "name": mission.order.name, "objective": mission.order.objective,
            "products": mission.order.products,
        }  # fmt: skip
    found |= _decision(mission) | (_contract(contract) if contract else {})
    found |= _report(report) if report else {}
    inspection = inspection or (_inspected(report) if report else None)
    found |= _inspection(inspection) if inspection else {}
    found |= _ending(mission)
    return found | ({"adjustment": change} if change else {})


def _mission(mission: Mission) -> dict[str, Any]:
    plan = mission.plan
    return {
        "code": mission.code, "title": mission.title, "type": _word("types", mission.type),
        "field": _word("fields", mission.field), "months": plan.months if plan else "",
        "starts_on": mission.starts_on, "ends_on": mission.ends_on,
        "lump_sum": _word("lumps", plan.lump_sum) if plan else "", "abstract": mission.abstract,
        "objective": (plan.answers.get("objective") if plan else "") or mission.abstract,
        "content": "; ".join(stage.content for stage in plan.stages.all()) if plan else "",
    }  # fmt: skip


def signed_words(mission: Mission) -> dict[str, Any]:
    """What the contract said on the day it was signed: each later change stands in a paper of its own."""
    plan = mission.plan
    while plan is not None and plan.stand == Plan.Stand.ADJUSTED and plan.copied_from is not None:
        plan = plan.copied_from
    if plan is None:
        return {}
    was = {"title": plan.name, "months": plan.months, "ends_on": mission.first_ends_on or mission.ends_on}
    return {
        "mission": {**_mission(mission), **was, "lump_sum": _word("lumps", plan.lump_sum)},
        "products": [_promised(row) for row in plan.products.all()],
    }


def _promised(row: PlanProduct) -> dict[str, Any]:
    return {
        "number": row.number, "kind": row.kind, "name": row.name, "quality": row.quality,
        "unit": row.unit_of_measure, "quantity": plain(row.quantity),
        "due": f"tháng {row.due_month}" if row.due_month else "",
    }  # fmt: skip


def _word(group: str, name: str) -> str:
    return str(words(group).get(name, name))


def _investigator(mission: Mission) -> dict[str, Any]:
    person = mission.investigator
    if person is None:
        return {"name": mission.investigator_name, "degree": ""}
    return {"name": person.full_name, "degree": person.title}


def _plan(mission: Mission, report: ProgressReport | None) -> dict[str, Any]:
    plan = mission.plan
    if plan is None:
        return {}
    done = {row.stage.number: row for row in report.stages.select_related("stage")} if report else {}
    known = product_words(mission, report)
    return {
        "products": [{**_promised(row), **known.get(row.number, {})} for row in plan.products.all()],
        "stages": [
            {
                "number": row.number, "content": row.content, "outcome": row.outcome,
                "time": f"tháng {row.from_month}–{row.to_month}", "person": row.who,
                "percent": done[row.number].percent if row.number in done else 0,
                "text": done[row.number].text if row.number in done else "",
            }
            for row in plan.stages.all()
        ],
        "people": [
            {
                "number": number, "name": row.named, "unit": str(row.unit or ""), "role": row.get_role_display(),
                "task": row.task, "months": row.months, "share": row.share,
            }
            for number, row in enumerate(plan.people.select_related("unit"), 1)
        ],
        "partners": [
            {"number": number, "name": row.unit.name, "task": row.task, "consented_on": row.consented_on}
            for number, row in enumerate(plan.partners.select_related("unit"), 1)
        ],
    }  # fmt: skip


def _budget(mission: Mission) -> dict[str, Any]:
    table = budget_of(mission)
    money = {row.source: row.total.planned for row in table.by_source}
    state = money.get("state", 0)
    rows: dict[str, dict[str, Any]] = {}
    for row in table.rows:
        into = rows.setdefault(row.label, {"item": row.label, "state": 0, "other": 0, "total": 0})
        into["state" if row.source == "state" else "other"] += row.total.planned
        into["total"] += row.total.planned
    spent = [row for row in table.rows if row.source == "state"]
    return {
        "spending": [
            {
                "number": number, "item": row.label, "planned": row.total.planned, "reported": row.total.spent,
                "confirmed": row.total.confirmed,
            }
            for number, row in enumerate(spent, 1)
        ],
        "budget": {
            "state": state, "other": table.total.total.planned - state, "total": table.total.total.planned,
            "rows": [{"number": number, **row} for number, row in enumerate(rows.values(), 1)],
        }
    }  # fmt: skip


def _decision(mission: Mission) -> dict[str, Any]:
    chosen = mission.application.selection if mission.application else None
    ending = case_of(mission).records.filter(move="terminate").order_by("-pk").first()
    if ending is not None:
        last = max((row.held_on for row in mission.inspections.all() if row.closed_at), default=None)
        ground = f"biên bản kiểm tra ngày {last:%d/%m/%Y}" if last else ""
        told = {"sign": ending.data.get("decision_sign", ""), "ground": ground, "text": ending.data.get("assets", "")}
        return {"decision": told}
    if chosen is None or not chosen.decision_sign:
        return {}
    return {"decision": {"sign": chosen.decision_sign, "signed_on": chosen.decided_on}}


def _contract(contract: Contract) -> dict[str, Any]:
    rows = [
        {
            "number": row.number, "due_on": row.due_on, "amount": row.amount, "condition": row.condition,
            "paid": row.paid,
        }
        for row in contract.instalments.all()
    ]  # fmt: skip
    told = {
        "sign": contract.sign, "signed_on": contract.signed_on, "amount_state": contract.amount_state,
        "amount_other": contract.amount_other, "liquidated_on": contract.liquidated_on,
    }  # fmt: skip
    return {"contract": told, "instalments": rows}


def _report(report: ProgressReport) -> dict[str, Any]:
    found = lines(report)
    return {
        "report": {
            "number": report.number, "period_from": report.period_from, "period_to": report.period_to,
            "text": report.text, "difficulties": report.difficulties, "requests": report.requests,
        },
        "spending": [_spent(number, line) for number, line in enumerate(found, 1)],
        "spent": {
            "planned": sum(line.planned for line in found), "reported": sum(line.spent for line in found),
            "confirmed": sum(line.confirmed or 0 for line in found),
        },
    }  # fmt: skip


def _inspected(report: ProgressReport) -> Inspection | None:
    """The inspection that a confirmation of this report rests on: the last one since its period began."""
    announced = Inspection.objects.filter(mission=report.mission_id, announced_on__isnull=False)
    rows = announced.filter(held_on__gte=report.period_from)
    if report.volume_confirmed_on:
        rows = rows.filter(held_on__lte=report.volume_confirmed_on)
    return rows.order_by("-held_on").first()


def _spent(number: int, line: Line) -> dict[str, Any]:
    return {
        "number": number, "item": line.label, "planned": line.planned, "reported": line.spent,
        "confirmed": line.confirmed or 0,
    }  # fmt: skip


def _inspection(row: Inspection) -> dict[str, Any]:
    return {
        "inspection": {
            "announced_on": row.announced_on, "held_on": row.held_on, "kind": "định kỳ" if row.regular else "đột xuất",
            "members": row.members, "findings": row.findings, "conclusion": row.conclusion,
        }
    }  # fmt: skip


def _ending(mission: Mission) -> dict[str, Any]:
    """What papers of the end tell: assets, the sums, the acceptance and its results, what is to be paid back."""
    found = sums(mission)
    told: dict[str, Any] = {
        "assets": [_asset(number, row) for number, row in enumerate(mission.assets.select_related("receiver"), 1)],
        "settlement": {
            "paid": found.paid, "confirmed": found.confirmed, "demanded": found.demanded, "repaid": found.repaid,
            "open": found.open, "assets": found.assets,
        },
        **accepted_words(mission),
    }  # fmt: skip
    refund = mission.refunds.filter(taken_back_on=None).order_by("-pk").first()
    if refund is not None:
        told["refund"] = {"amount": refund.amount, "reason": refund.reason.rstrip(". "), "due_on": refund.due_on}
    return told


def _asset(number: int, row: Asset) -> dict[str, Any]:
    kinds, conditions = words("asset-handlings"), words("asset-conditions")
    disposal = str(kinds.get(row.disposal or row.wish, ""))
    stays = row.mission.host if row.disposal == "host" else None
    receiver = row.receiver or stays
    return {
        "number": number, "name": row.name, "code": row.code, "quantity": row.quantity, "value": row.value,
        "keeper": row.keeper, "condition": str(conditions.get(row.condition, "")), "counted_on": row.counted_on or "",
        "handling": ". ".join(filter(None, (disposal, row.handling))),
        "receiver": receiver.name if receiver else "",
    }  # fmt: skip


def change_words(row: Adjustment, label: str, before: str, after: str) -> dict[str, Any]:
    """A change as papers tell of it."""
    return {
        "kind": label, "reason": row.reason, "before": before, "after": after, "asked_on": row.asked_on,
        "sign": row.decision_sign, "decided_on": row.decided_on, "answer": row.answer,
        "decides": "Tổ chức chủ trì" if row.decides == "host" else "Cơ quan quản lý",
    }  # fmt: skip
