"""Progress reports on the desks of those who write and confirm them: each has a case of the process
`progress-report`, and a running mission rests while one of them says what is next."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from khue.core.actors import CALENDAR, Actor
from khue.core.clock import today
from khue.directory.models import Unit
from khue.flow import effects
from khue.flow.actions import let_rest, move, open_case, set_due, set_party
from khue.flow.models import Case
from khue.flow.rules import parties_of
from khue.missions.models import Mission, ProgressReport
from khue.missions.rules.carry.carrying import case_of
from khue.missions.rules.carry.reports import WRITABLE, due_of

PROCESS = "progress-report"


@effects.register("progress-report-due")
def due_anew(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every effect is called
    """A report is due when whoever has it now is to act on it."""
    report = ProgressReport.objects.select_related("mission__case__process_version").filter(case=case).first()
    if report is not None:
        case.due_on = due_of(report)
        case.save(update_fields=["due_on"])


def ask(report: ProgressReport) -> None:
    """Put a report on the desk of the lead organisation."""
    report.case = open_case(
        PROCESS, title=_title(report), url=report.get_absolute_url(), dossier=report.dossier,
        parties=_parties(case_of(report.mission)), by=CALENDAR, due_on=report.due_on,
    )  # fmt: skip
    report.save(update_fields=["case"])


def ask_for_those_open() -> int:
    """Put the reports on desks that were opened before reports stood there; returns how many. Safe to run again."""
    rows = ProgressReport.objects.filter(state__in=WRITABLE, case=None, mission__case__closed_at=None)
    found = list(rows.select_related("mission__case__process_version"))
    for report in found:
        ask(report)
    return len(found)


def carry(report: ProgressReport, name: str, *, by: Actor, comment: str = "") -> None:
    """Carry a report on by a move of its process; one that was sent before reports stood on desks has none."""
    if report.case is not None:
        move(report.case, name, by=by, comment=comment)


def follow(mission: Mission) -> None:
    """Let the open reports of a mission follow it: its parties, title and days; a suspended mission is asked for
    nothing, and of one that is closed no report is owed any more."""
    whole = case_of(mission)
    rows = mission.reports.filter(case__closed_at=None, case__isnull=False).select_related("case__process_version")
    reports = list(rows.prefetch_related("case__parties__unit"))
    if whole.closed_at is not None:
        for report in reports:
            carry(report, "drop", by=CALENDAR)
        return
    for report in reports:
        report.mission = mission
        _follow(report, whole)
    written = [case for case in map(_case, reports) if case.step == "writing"]
    let_rest(written, whole.step == "suspended")
    if whole.step == "running":
        let_rest([whole], bool(written))


def _follow(report: ProgressReport, whole: Case) -> None:
    case, wanted, day = _case(report), _parties(whole), due_of(report)
    for party, row in parties_of(case).items():
        if row.unit != wanted[party]:
            set_party(case, party, wanted[party], by=CALENDAR, reason=_("the mission changed hands"))
    if day is not None and day != case.due_on and day >= today():
        set_due(case, day, by=CALENDAR, reason=_("the end of the mission or its inspection changed"))
    if case.title != (title := _title(report)):
        Case.objects.filter(pk=case.pk).update(title=title)


def _parties(whole: Case) -> dict[str, Unit]:
    return {name: row.unit for name, row in parties_of(whole).items() if row.unit is not None}


def _title(report: ProgressReport) -> str:
    """As lists show it; kept, so in the language of the city whoever has it opened."""
    with override(settings.LANGUAGE_CODE):
        sentence = _("Progress report no. %(number)s: %(title)s")
        return (sentence % {"number": report.number, "title": report.mission.title})[:500]


def _case(report: ProgressReport) -> Case:
    assert report.case is not None  # noqa: S101 - only those with one are asked
    return report.case
