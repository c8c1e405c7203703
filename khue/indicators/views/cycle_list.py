"""Reporting periods that were called for: how many units have sent, how many are late."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from khue.accounts.asking import person
from khue.core.answering import refusal_told
from khue.core.clock import today
from khue.core.pages import address, filtered_by, paginate
from khue.core.spreadsheet import Column, answer
from khue.core.toasts import say
from khue.indicators.actions.cycles import open_cycle
from khue.indicators.models import Cycle, Period, ReportSet
from khue.indicators.rules.cycles import may_run
from khue.indicators.rules.reports import visible_to


@require_GET
@filtered_by("set")
def cycles(request: HttpRequest) -> HttpResponse:
    """The list, the newest period first; counts are of the reports that one may see. `excel=1` gives it as a file."""
    user = person(request)
    seen = Q(reports__in=visible_to(user))
    sent = Q(reports__state__in=["submitted", "approved"])
    rows = Cycle.objects.filter(seen).select_related("period", "report_set__programme").annotate(
        asked=Count("reports"), sent=Count("reports", filter=sent),
        approved=Count("reports", filter=Q(reports__state="approved")),
        late=Count("reports", filter=~sent & Q(reports__due_on__lt=today())),
    )  # fmt: skip
    if code := request.GET.get("set"):
        rows = rows.filter(report_set__code=code)
    rows = rows.order_by("-period__last", "report_set__label")
    if request.GET.get("excel"):
        return answer(_("Reporting periods"), _sheet(), rows)
    sets = ReportSet.objects.select_related("programme__lead").order_by("programme", "label")
    mine = [one for one in sets if may_run(user, one) is None]
    context = {
        "page": paginate(request, rows),
        "excel": address(request, excel=1),
        "sets": sets,
        "mine": mine,
    }
    return render(request, "indicators/cycle_list.html", context)


def _sheet() -> list[Column]:
    return [
        Column(_("Period"), lambda one: one.period.called),
        Column(_("Report"), lambda one: one.report_set.label),
        Column(_("Asked"), lambda one: one.asked, "number"),
        Column(_("Sent"), lambda one: one.sent, "number"),
        Column(_("Approved"), lambda one: one.approved, "number"),
        Column(_("Late"), lambda one: one.late, "number"),
        Column(_("Locked on"), lambda one: one.locks_on, "date"),
    ]


@require_http_methods(["GET", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """Call for the reports of a period by hand; the calendar does it by itself when a period ends."""
    user = person(request)
    sets = ReportSet.objects.select_related("programme__lead").order_by("programme", "label")
    mine = [one for one in sets if may_run(user, one) is None]
    if not mine:
        raise PermissionDenied
    if request.method == "POST":
        report_set = get_object_or_404(sets, code=request.POST.get("set", ""), pk__in=[one.pk for one in mine])
        period = get_object_or_404(Period, code=request.POST.get("period", ""))
        with refusal_told(request):
            cycle = open_cycle(report_set, period, by=user)
            say(request, _("The units were asked for their reports."))
            return redirect(cycle.get_absolute_url())
    kinds = {one.every for one in mine}
    periods = Period.objects.filter(kind__in=kinds, first__lte=today()).order_by("-last")[:40]
    return render(request, "indicators/cycle_new.html", {"sets": mine, "periods": periods})
