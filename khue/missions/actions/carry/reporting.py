"""Progress reports: opened ahead, written and sent by the lead organisation, returned or confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.files import File as Upload
from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import CALENDAR, Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.files.actions import attach
from khue.journal.actions import record
from khue.missions.actions.owed import carry
from khue.missions.actions.standing import refreshed, step
from khue.missions.models import Mission, ProductProgress, ProgressReport, Spending, StageProgress
from khue.missions.rules.carry.carrying import may_write_for_host
from khue.missions.rules.carry.reports import (
    WRITABLE,
    Finished,
    Key,
    Spent,
    lines,
    may_confirm_amounts,
    may_submit,
    next_period,
)

State = ProgressReport.State

LONGEST = 300
"""Characters kept of what shows a product, and of where it is in use; the form says so before."""


@transaction.atomic
def open_reports() -> int:
    """Open the report of the present period of every running mission that has none yet; returns how many. Safe to
    run again."""
    rows = Mission.objects.filter(state__in=(Mission.State.RUNNING, Mission.State.SUSPENDED), contract__isnull=False)
    return sum(open_reports_of(mission) for mission in rows.select_related("contract", "plan", "case__process_version"))


def open_reports_of(mission: Mission) -> int:
    """Open the reports whose period has begun; returns how many."""
    made = 0
    while (period := next_period(mission)) is not None and period[1] <= today():
        number, first, last = period
        before = mission.reports.order_by("-number").first()
        report = ProgressReport.objects.create(
            mission=mission, number=number, period_from=first, period_to=last, due_on=last
        )
        _prefill(report, before)
        record(f"mission:{mission.pk}", "mission.report-opened", by=CALENDAR, number=number, due=f"{last:%d/%m/%Y}")
        made += 1
    if made:
        refreshed(mission)
    return made


def _prefill(report: ProgressReport, before: ProgressReport | None) -> None:
    """Every stage and product of the plan in force, as far as the last report brought it."""
    plan = report.mission.plan
    reached = {row.stage.number: row.percent for row in before.stages.select_related("stage")} if before else {}
    StageProgress.objects.bulk_create(
        StageProgress(report=report, stage=stage, percent=reached.get(stage.number, 0))
        for stage in (plan.stages.all() if plan else [])
    )
    finished = {row.product.number: row for row in before.products.select_related("product")} if before else {}
    ProductProgress.objects.bulk_create(
        ProductProgress(report=report, product=product, quantity=was.quantity, proof=was.proof, place=was.place,
                        effect=was.effect)
        for product in (plan.products.all() if plan else [])
        if (was := finished.get(product.number)) is not None
    )  # fmt: skip


@transaction.atomic
def save_report(
    report: ProgressReport,
    *,
    by: Actor,
    text: str = "",
    difficulties: str = "",
    requests: str = "",
    stages: Mapping[int, tuple[int, str]] | None = None,
    spending: Mapping[Key, Spent] | None = None,
    products: Mapping[int, Finished] | None = None,
    files: Sequence["Upload[bytes]"] = (),
) -> ProgressReport:
    """Keep what was written so far: `stages` by the number of the stage (percent, what was done), `spending` by
    budget line, `products` by the number of the promised product. Raises Refused: `report-sent`, `percent-outside`,
    `product-quantity`, `spending-amount`, `spending-unknown`, or the rule's."""
    report = _locked(report)
    require(may_write_for_host(by, report.mission))
    if report.state not in WRITABLE:
        raise Refused(Refusal("report-sent", _("This report was sent; it can be changed when it is returned.")))
    report.text, report.difficulties, report.requests = text.strip(), difficulties.strip(), requests.strip()
    report.state = State.DRAFT if report.state == State.DUE else report.state
    report.save(update_fields=["text", "difficulties", "requests", "state"])
    _keep_stages(report, stages or {})
    _keep_products(report, products or {})
    _keep_spending(report, spending or {})
    for one in files:
        attach(one, dossier=f"mission:{report.mission_id}", by=by, title=_report_file(report, one), restricted=True)
    return report


def _report_file(report: ProgressReport, upload: "Upload[bytes]") -> str:
    return _("Report %(number)s: %(name)s") % {"number": report.number, "name": upload.name or ""}


def _keep_stages(report: ProgressReport, stages: Mapping[int, tuple[int, str]]) -> None:
    for row in report.stages.select_related("stage"):
        if row.stage.number not in stages:
            continue
        row.percent, row.text = stages[row.stage.number]
        if not 0 <= row.percent <= 100:
            sentence = _("Stage %(number)s: write a percentage from 0 to 100.")
            raise Refused(Refusal("percent-outside", sentence % {"number": row.stage.number}))
        row.save(update_fields=["percent", "text"])


def _keep_products(report: ProgressReport, said: Mapping[int, Finished]) -> None:
    plan = report.mission.plan
    for product in plan.products.filter(number__in=list(said)) if plan else ():
        told = said[product.number]
        if told.quantity < 0:
            raise Refused(
                Refusal("product-quantity", _("«%(name)s»: the quantity is not below 0.") % {"name": product})
            )
        kept = asdict(told) | {"proof": told.proof[:LONGEST], "place": told.place[:LONGEST]}
        ProductProgress.objects.update_or_create(report=report, product=product, defaults=kept)


def _keep_spending(report: ProgressReport, spending: Mapping[Key, Spent]) -> None:
    known = {line.key for line in lines(report)}
    for key, spent in spending.items():
        if key not in known:
            raise Refused(Refusal("spending-unknown", _("The plan has no such budget line for this period.")))
        if spent.amount < 0:
            raise Refused(Refusal("spending-amount", _("Write the money in whole đồng, not below 0.")))
        item, source, year = key
        at: dict[str, Any] = {"report": report, "item": item, "source": source, "year": year}
        if spent.amount:
            told = {"amount": spent.amount, "reason": spent.reason.strip(), "confirmed": None}
            Spending.objects.update_or_create(**at, defaults=told)
        else:
            Spending.objects.filter(**at).delete()


@transaction.atomic
def submit_report(report: ProgressReport, *, by: Actor) -> ProgressReport:
    """Send a report to the department. Raises Refused: `report-sent`, `report-empty`, `report-early`,
    `spending-over-plan`, or what the process says."""
    report = _locked(report)
    require(may_submit(report, report.text, lines(report)))
    report.state, report.submitted_at = State.SUBMITTED, now()
    report.submitted_by = by if isinstance(by, User) else None
    report.save(update_fields=["state", "submitted_at", "submitted_by"])
    carry(report, "submit", by=by)
    step(report.mission, "report", by=by, comment=_("Report no. %(number)s") % {"number": report.number})
    return report


@transaction.atomic
def return_report(report: ProgressReport, *, by: Actor, comment: str) -> ProgressReport:
    """Give a report back with what is to be mended. Raises Refused: `report-not-sent`, or what the process says."""
    report = _sent(report)
    report.state, report.comment = State.RETURNED, comment.strip()
    report.volume_confirmed_on = report.money_confirmed_on = None
    report.save(update_fields=["state", "comment", "volume_confirmed_on", "money_confirmed_on"])
    report.spending.update(confirmed=None)
    carry(report, "return", by=by, comment=comment)
    step(report.mission, "return-report", by=by, comment=comment)
    return report


@transaction.atomic
def confirm_volume(report: ProgressReport, *, by: Actor, comment: str = "") -> ProgressReport:
    """Confirm that the work of the period was done. Raises Refused: `report-not-sent`, `confirmed-already`, or what
    the process says."""
    report = _sent(report)
    _once(report.volume_confirmed_on)
    report.volume_confirmed_on = today()
    _settle(report, comment, by=by)
    step(report.mission, "confirm-volume", by=by, comment=comment)
    return report


@transaction.atomic
def confirm_money(
    report: ProgressReport, *, by: Actor, amounts: Mapping[int, int] | None = None, comment: str = ""
) -> ProgressReport:
    """Confirm what was spent in the period: `amounts` by spending row, all that was reported where none is given.

    Raises Refused: `report-not-sent`, `confirmed-already`, `confirm-amount`, or what the process says.
    """
    report = _sent(report)
    _once(report.money_confirmed_on)
    require(may_confirm_amounts(report, amounts or {}))
    for row in report.spending.all():
        row.confirmed = (amounts or {}).get(row.pk, row.amount)
        row.save(update_fields=["confirmed"])
    report.money_confirmed_on = today()
    _settle(report, comment, by=by)
    step(report.mission, "confirm-money", by=by, comment=comment)
    return report


def _once(day: date | None) -> None:
    if day is not None:
        raise Refused(Refusal("confirmed-already", _("This was confirmed on %(day)s.") % {"day": f"{day:%d/%m/%Y}"}))


def _settle(report: ProgressReport, comment: str, *, by: Actor) -> None:
    """A report is settled once both sides of it are confirmed."""
    both = report.volume_confirmed_on and report.money_confirmed_on
    report.state = State.CONFIRMED if both else report.state
    report.comment = comment.strip() or report.comment
    report.save(update_fields=["state", "comment", "volume_confirmed_on", "money_confirmed_on"])
    carry(report, "confirm" if both else "confirm-part", by=by)


def _sent(report: ProgressReport) -> ProgressReport:
    report = _locked(report)
    if report.state != State.SUBMITTED:
        sentence = _("Report no. %(number)s is not waiting for an answer (%(state)s).")
        told = {"number": report.number, "state": report.get_state_display()}
        raise Refused(Refusal("report-not-sent", sentence % told))
    return report


def _locked(report: ProgressReport) -> ProgressReport:
    rows = ProgressReport.objects.select_for_update(of=("self",))
    return rows.select_related("mission__case__process_version", "mission__plan", "mission__host").get(pk=report.pk)
