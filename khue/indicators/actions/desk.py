"""Reports on the desks of those who write and approve them: each has a case of the process `unit-report`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from khue.core.actors import Actor
from khue.flow.actions import Opening, move, open_case, open_cases
from khue.flow.models import Case
from khue.indicators.models import UnitReport
from khue.indicators.rules.scope import lead_of
from khue.journal.actions import begin_many, record

PROCESS = "unit-report"
BATCH = 1000


def ask(reports: Sequence[UnitReport], *, by: Actor) -> None:
    """Put reports that this transaction has just made on their units' desks.

    In a period that is locked already they are only noted: nobody can write them without an exception.
    """
    waiting = [one for one in reports if not one.cycle.is_locked]
    cases = open_cases(PROCESS, [_opening(one) for one in waiting], by=by) if waiting else []
    for report, case in zip(waiting, cases, strict=True):
        report.case = case
    UnitReport.objects.bulk_update(waiting, ["case"], BATCH)
    noted = [one for one in reports if one.case_id is None]
    begin_many("unit-report.asked", ((one.dossier, {"due_on": one.due_on}) for one in noted), by=by)


def _opening(report: UnitReport) -> Opening:
    parties = {"unit": report.unit, "lead": lead_of(report.cycle.report_set.programme)}
    if report.unit.parent is not None and "above" in report.cycle.report_set.approvals:
        parties["above"] = report.unit.parent
    title = f"{report.cycle.report_set.label}, {report.cycle.period.label}"
    return Opening(title, report.get_absolute_url(), report.dossier, parties, report.due_on)


def ask_again(report: UnitReport, *, until: date, by: Actor) -> None:
    """Bring a report of a locked period to its unit's desk, due on the last day of the exception."""
    if report.case is None and report.is_open:
        report.case = _open(report, until, by=by)
        report.save(update_fields=["case"])


def _open(report: UnitReport, due_on: date | None, *, by: Actor) -> Case:
    told = _opening(report)
    return open_case(
        PROCESS, title=told.title, url=told.url, dossier=told.dossier, parties=told.parties, by=by, due_on=due_on
    )


def step(report: UnitReport, verb: str, *, by: Actor, comment: str = "", **facts: Any) -> None:
    """Carry the report on by a move of the process; the journal tells it once, by the case or without one."""
    if report.case is None:
        record(report.dossier, f"unit-report.{verb}", by=by, **facts, **({"reason": comment} if comment else {}))
    else:
        move(report.case, verb, by=by, comment=comment)


def bring_back(report: UnitReport, *, by: Actor, reason: str) -> None:
    """Return the report to its unit; one whose case is closed gets a new one, due when it was."""
    if report.case is not None and report.case.closed_at is not None:
        report.case = _open(report, report.due_on, by=by)
        record(report.dossier, "unit-report.return", by=by, reason=reason)
    else:
        step(report, "return", by=by, comment=reason)
