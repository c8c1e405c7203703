"""A unit's report as a workbook: figures with what stands beside them, words, what the checks say, how it went."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.core.templatetags.khue import date_vn
from khue.indicators.models import UnitReport
from khue.indicators.rules.checking import Finding, findings
from khue.indicators.rules.filling import Row, rows_of
from khue.indicators.rules.lights import promised
from khue.indicators.rules.sheet import Line, Sheet, sheet_of
from khue.indicators.rules.wording import parts_of
from khue.indicators.views.asking import find_report
from khue.journal.timeline import timeline
from khue.office.excel import PlainSheet, sheets
from khue.office.excel import response as excel_response

NOTHING = "–"


@require_GET
def report_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that the page shows, one sheet for each part of it."""
    found = find_report(request, pk)
    sheet = sheet_of(found)
    said = findings(sheet, complete=found.is_open)
    tables = [_figures(found, sheet, said), _words(found), _checks(sheet, said), _course(found)]
    title = f"{found.cycle.report_set.label} {found.cycle.period.called}"
    return excel_response(sheets(title, tables), f"bao-cao-{found.unit.code}-{found.cycle.period.code}")


def _figures(found: UnitReport, sheet: Sheet, said: list[Finding]) -> PlainSheet:
    head = [
        _("Objective"), _("Figure"), _("Broken down by"), _("Unit of measure"), found.cycle.period.called,
        sheet.before.called if sheet.before else _("Period before"),
        sheet.year_before.label if sheet.year_before else _("Year before"),
        _("Target"), _("Year of the target"), _("How it comes in"), _("Note"), _("Proof"),
    ]  # fmt: skip
    return PlainSheet(_("Figures"), head, [_figure(row) for row in rows_of(sheet, said)])


def _figure(row: Row) -> list[Any]:
    line, there = row.line, row.line.observation
    objective = line.indicator.objective
    return [
        objective.title if objective else "", line.version.name, line.category.label if row.is_part else "",
        line.version.unit_of_measure, line.value, line.last, line.last_year,
        promised(line.target) if line.target else "", line.target.year if line.target else None,
        line.version.get_kind_display(), there.note if there else "", there.proof if there else "",
    ]  # fmt: skip


def _words(found: UnitReport) -> PlainSheet:
    return PlainSheet(
        _("The report in words"), [_("Part"), _("Text")], [[one.label, one.value] for one in parts_of(found)]
    )


def _checks(sheet: Sheet, said: list[Finding]) -> PlainSheet:
    """What the checks say, and what was said to warnings and asked by those who received it."""
    levels = {"error": _("to be mended"), "warning": _("asks for a reason")}
    rows = []
    for line in sheet.lines:
        own = [one for one in said if (one.indicator, one.category) == line.key]
        rows += [[_named(line), levels[one.level], one.sentence] for one in own]
        if there := line.observation:
            rows += [[_named(line), _("reason given"), there.override]] if there.override else []
            rows += [[_named(line), _("question of who received it"), there.mark]] if there.mark else []
    return PlainSheet(_("Checks"), [_("Figure"), _("Kind"), _("Sentence")], rows)


def _named(line: Line) -> str:
    return line.version.name if line.is_total else f"{line.version.name}, {line.category.label}"


def _course(found: UnitReport) -> PlainSheet:
    facts = [
        [_("Unit"), found.unit.name, ""], [_("Period"), found.cycle.period.called, ""],
        [_("To be sent by"), date_vn(found.due_on), ""], [_("State"), found.get_state_display(), found.reason],
    ]  # fmt: skip
    acts = [[f"{localtime(one.at):%d/%m/%Y %H:%M}", one.sentence, one.note] for one in timeline(found.dossier)]
    return PlainSheet(_("What happened"), [_("When"), _("What"), _("Note")], [*facts, *acts])
