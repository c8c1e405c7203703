"""The board of a period: who has sent, who is late, who was late before; reminded, approved, locked from here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Q, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from khue.accounts.asking import person
from khue.core.answering import refusal_told
from khue.core.clock import today
from khue.core.pages import filtered_by, paginate
from khue.core.toasts import say, warn
from khue.indicators.actions import cycles as acting
from khue.indicators.actions import reporting
from khue.indicators.models import Cycle, Observation, Period, UnitReport
from khue.indicators.rules.cycles import may_lock, may_run, may_unlock
from khue.indicators.rules.reports import for_action, visible_to
from khue.indicators.views.typed import whole
from khue.journal.timeline import timeline
from khue.language.text import fold
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Reports = QuerySet[UnitReport, UnitReport]
BEFORE = 4
"""Earlier periods whose reports are shown as marks."""
SHOWS = ("missing", "late", "submitted", "returned", "approved", "excepted")


@dataclass(frozen=True, slots=True)
class Row:
    """A report on the board."""

    report: UnitReport
    past: list[tuple[Period, UnitReport | None]]
    """What the unit sent in earlier periods; None where it was not asked."""
    marks: int
    """Questions about single figures that are open."""


@require_http_methods(["GET", "POST"])
@filtered_by("show")
def cycle(request: HttpRequest, set_code: str, period_code: str) -> HttpResponse:
    """The board; every act posts to it."""
    found, rows = _found(request, set_code, period_code)
    act = ACTS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if act is None:
        return render(request, "indicators/cycle.html", page_of(request, found, rows))
    with refusal_told(request):
        say(request, act(request, found, rows))
    return redirect(request.get_full_path())


def _found(request: HttpRequest, set_code: str, period_code: str) -> tuple[Cycle, "Reports"]:
    """The cycle, and its reports that the person may see; 404 when there are none."""
    cycles = Cycle.objects.select_related("period", "report_set__programme__lead", "locked_by")
    found = cycles.filter(report_set__code=set_code, period__code=period_code).first()
    rows = visible_to(person(request)).filter(cycle=found)
    if found is None or not rows.exists():
        raise Http404
    return found, rows


def page_of(request: HttpRequest, found: Cycle, rows: "Reports") -> dict[str, Any]:
    """What the board shows."""
    user, open_ = person(request), Q(state__in=["draft", "returned"])
    counts = rows.aggregate(
        asked=Count("pk"), approved=Count("pk", filter=Q(state="approved")), late=Count("pk", filter=Q(late=True)),
        submitted=Count("pk", filter=Q(state="submitted")), returned=Count("pk", filter=Q(state="returned")),
        missing=Count("pk", filter=open_), silent=Count("pk", filter=open_ & ~Q(reminded_on=today())),
        overdue=Count("pk", filter=open_ & Q(due_on__lt=today())),
    )  # fmt: skip
    show = request.GET["show"] if request.GET.get("show") in SHOWS else ""
    page = paginate(request, _listed(rows, show, request.GET.get("q", "")))
    periods = Period.objects.filter(kind=found.period.kind, last__lt=found.period.first).order_by("-last")
    earlier = list(periods[:BEFORE])[::-1]
    return {
        "cycle": found, "set": found.report_set, "period": found.period, "page": page, "counts": counts, "show": show,
        "sent": counts["submitted"] + counts["approved"], "earlier": earlier,
        "rows": with_past(found, list(page.object_list), earlier),
        "runs": may_run(user, found.report_set) is None, "locks": may_lock(user, found) is None and not found.is_locked,
        "unlocks": may_unlock(user, found) is None, "entries": timeline(found.dossier),
    }  # fmt: skip


def _listed(rows: "Reports", show: str, asked: str) -> "Reports":
    open_ = Q(state__in=["draft", "returned"])
    chosen = {
        "missing": open_, "late": Q(late=True) | (open_ & Q(due_on__lt=today())),
        "excepted": Q(reopenings__ended_at=None, reopenings__until__gte=today()),
    }.get(show, Q(state=show) if show else Q())  # fmt: skip
    rows = rows.filter(chosen).select_related("unit", "cycle__period")
    for word in fold(asked).split():
        rows = rows.filter(unit__folded__contains=word)
    hurts = Case(When(open_, then=Value(0)), When(state="submitted", then=Value(1)), default=Value(2))
    return rows.order_by(hurts, "unit__sort_name", "pk")


def with_past(found: Cycle, reports: list[UnitReport], earlier: Sequence[Period]) -> list[Row]:
    """Reports with what their units did in `earlier` periods, and how many questions are open: two queries."""
    units = [one.unit_id for one in reports]
    before = UnitReport.objects.filter(
        cycle__report_set=found.report_set_id, cycle__period__in=earlier, unit__in=units
    ).select_related("cycle")
    there = {(one.unit_id, one.cycle.period_id): one for one in before}
    marked = Observation.objects.filter(
        period=found.period_id, indicator__report_set=found.report_set_id, unit__in=units
    ).exclude(mark="")
    marks = dict(marked.order_by("unit").values_list("unit").annotate(n=Count("pk")))
    return [
        Row(one, [(period, there.get((one.unit_id, period.pk))) for period in earlier], marks.get(one.unit_id, 0))
        for one in reports
    ]


def _picked(request: HttpRequest, rows: "Reports") -> "Reports":
    numbers = [whole(pk) for pk in request.POST.getlist("pick")]
    chosen = for_action().filter(pk__in=rows.values("pk"))
    return chosen.filter(pk__in=numbers) if numbers else chosen


def _remind(request: HttpRequest, _found: Cycle, rows: "Reports") -> str:
    waiting = _picked(request, rows).filter(state__in=["draft", "returned"])
    count = acting.remind(list(waiting), by=person(request))
    return ngettext("%(n)d unit was reminded.", "%(n)d units were reminded.", count) % {"n": count}


def _approve(request: HttpRequest, _found: Cycle, rows: "Reports") -> str:
    sent = _picked(request, rows).filter(state="submitted")
    done, left = reporting.approve_many(sent, by=person(request))
    for report, refusal in left[:5]:
        warn(request, f"{report.unit.name}: {refusal}")
    return ngettext("%(n)d report was approved.", "%(n)d reports were approved.", len(done)) % {"n": len(done)}


def _lock(request: HttpRequest, found: Cycle, _rows: "Reports") -> str:
    acting.lock(found, reason=request.POST.get("reason", ""), by=person(request))
    return _("The period is locked.")


def _unlock(request: HttpRequest, found: Cycle, _rows: "Reports") -> str:
    acting.unlock(found, reason=request.POST.get("reason", ""), by=person(request))
    return _("The period is open again.")


ACTS: dict[str, Callable[[HttpRequest, Cycle, "Reports"], str]] = {
    "remind": _remind, "approve": _approve, "lock": _lock, "unlock": _unlock,
}  # fmt: skip


@require_GET
def cycle_excel(request: HttpRequest, set_code: str, period_code: str) -> HttpResponse:
    """The board as a sheet."""
    found, rows = _found(request, set_code, period_code)
    columns: list[Column[UnitReport]] = [
        Column(_("Unit"), lambda row: row.unit.name),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Due"), lambda row: row.due_on, "date"),
        Column(_("Sent at"), lambda row: row.submitted_at, "moment"),
        Column(_("Late"), lambda row: row.late),
        Column(_("Reminded on"), lambda row: row.reminded_on, "date"),
    ]
    show = request.GET["show"] if request.GET.get("show") in SHOWS else ""
    listed = _listed(rows, show, request.GET.get("q", ""))
    return excel_response(workbook(f"{found.report_set} {found.period}"[:31], columns, listed), "ky-bao-cao")
