"""The reports that a person may see, those that wait first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.clock import today
from khue.core.pages import View, filtered_by, paginate
from khue.indicators.models import Cycle, UnitReport
from khue.indicators.rules.cycles import may_run
from khue.indicators.rules.reports import visible_to
from khue.language.text import fold
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Reports = QuerySet[UnitReport, UnitReport]
OPEN = ("draft", "returned")
BOARDS = 3
"""Boards of late units named above the list."""


@require_GET
@filtered_by("state", "period")
def reports(request: HttpRequest) -> HttpResponse:
    """The list; without a filter, what has still to be sent."""
    page = paginate(request, listed(request))
    context = {"page": page, "views": saved_views(), "boards": late_boards(request)}
    return render(request, "indicators/report_list.html", context)


def late_boards(request: HttpRequest) -> Sequence[Cycle]:
    """The newest periods in which units are late, of those that the person runs: reminded from their boards."""
    late = Count("reports", filter=Q(reports__state__in=OPEN, reports__due_on__lt=today()))
    rows = Cycle.objects.select_related("period", "report_set__programme__lead").annotate(late=late).filter(late__gt=0)
    newest = rows.order_by("-period__last", "report_set__label")[: 2 * BOARDS]
    return [one for one in newest if may_run(person(request), one.report_set) is None][:BOARDS]


def saved_views() -> list[View]:
    """The states of reports, one click away."""
    return [
        View(_("To be sent"), "state=open"), View(_("Overdue"), "state=late"), View(_("Sent"), "state=submitted"),
        View(_("Approved"), "state=approved"), View(_("All"), "state=all"),
    ]  # fmt: skip


def listed(request: HttpRequest) -> "Reports":
    """What the filters in the address leave."""
    rows = visible_to(person(request)).select_related("unit", "cycle__period", "cycle__report_set__programme")
    state = request.GET.get("state") or ("all" if request.GET.get("q") else "open")
    chosen = {
        "open": Q(state__in=OPEN), "late": Q(state__in=OPEN, due_on__lt=today()), "submitted": Q(state="submitted"),
        "approved": Q(state="approved"),
    }.get(state, Q())  # fmt: skip
    rows = rows.filter(chosen)
    if period := request.GET.get("period"):
        rows = rows.filter(cycle__period__code=period)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(Q(unit__folded__contains=word) | Q(cycle__period__code__icontains=word))
    order = F("due_on").asc() if state in {"open", "late"} else F("due_on").desc()
    return rows.order_by(order, "unit__sort_name", "pk")


@require_GET
def reports_excel(request: HttpRequest) -> HttpResponse:
    """The list as a sheet."""
    columns: list[Column[UnitReport]] = [
        Column(_("Unit"), lambda row: row.unit.name),
        Column(_("Report"), lambda row: row.cycle.report_set.label),
        Column(_("Period"), lambda row: row.cycle.period.called),
        Column(_("Due"), lambda row: row.due_on, "date"),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Sent at"), lambda row: row.submitted_at, "moment"),
        Column(_("Late"), lambda row: row.late),
    ]
    return excel_response(workbook(_("Reports of units"), columns, listed(request)), "bao-cao-ky")
