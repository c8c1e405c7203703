"""Composed reports: the list, and beginning one."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
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
from khue.directory.models import Unit
from khue.indicators import sending
from khue.indicators.actions.composing import compose, lay_out
from khue.indicators.composing.shelf import templates_on
from khue.indicators.composing.values import Template
from khue.indicators.models import Composed, Period, Programme
from khue.indicators.rules.composing import composes, units_to_compose_for, visible_to, with_words
from khue.indicators.views.typed import whole as number

if TYPE_CHECKING:
    from django.db.models import QuerySet

PERIODS = 24
"""Periods offered, the newest first."""
PROMISING = [Programme.Kind.POLICY, Programme.Kind.PLAN, Programme.Kind.RESEARCH]
"""Programmes that have a report of their own, in this order; an index and statistics have templates for themselves."""


@require_GET
@filtered_by("period", "unit")
def composed_list(request: HttpRequest) -> HttpResponse:
    """The list, the newest first; `excel=1` gives it as a file."""
    user, listed = person(request), _listed(request)
    if request.GET.get("excel"):
        return answer(_("Composed reports"), _sheet(), listed, {_("Words"): request.GET.get("q", "")})
    page = paginate(request, listed)
    sent = sending.states_of([one.document for one in page.object_list])
    rows = [{"report": one, "sent": sent.get(one.document)} for one in page.object_list]
    context = {"page": page, "rows": rows, "composes": composes(user), "excel": address(request, excel=1)}
    return render(request, "indicators/composed_list.html", context)


def _sheet() -> list[Column]:
    return [
        Column(_("Report"), lambda one: one.subject),
        Column(_("Template"), lambda one: one.label),
        Column(_("Unit"), lambda one: one.unit.name),
        Column(_("Period"), lambda one: one.period.called),
        Column(_("Figures of"), lambda one: one.refreshed_at, "date"),
    ]


def _listed(request: HttpRequest) -> "QuerySet[Composed]":
    rows = visible_to(person(request)).select_related("unit", "period")
    if period := request.GET.get("period"):
        rows = rows.filter(period__code=period)
    if unit := number(request.GET.get("unit", "")):
        rows = rows.filter(unit=unit)
    return with_words(rows, request.GET.get("q", "")).order_by("-created_at", "-pk")


@require_http_methods(["GET", "POST"])
def composed_new(request: HttpRequest) -> HttpResponse:
    """Choose a template, whose report it is, and the period."""
    user = person(request)
    if not composes(user):
        raise PermissionDenied
    if request.method == "POST":
        programme = Programme.objects.filter(code=request.POST.get("programme", "")).select_related("lead").first()
        unit = get_object_or_404(Unit, pk=number(request.POST.get("unit", "")))
        period = get_object_or_404(Period, code=request.POST.get("period", ""))
        with refusal_told(request):
            made = compose(request.POST.get("template", ""), unit=unit, period=period, programme=programme, by=user)
            if (layout := request.POST.get("layout")) and not made.document:
                lay_out(made, layout, by=user)
            say(request, _("The report is written from the figures. Change what you like; figures keep their links."))
            return redirect(made)
    choices = [choice for one in templates_on(today()).values() if (choice := _choice(request, one))["units"]]
    return render(request, "indicators/composed_new.html", {"choices": choices})


def _choice(request: HttpRequest, template: Template) -> dict[str, object]:
    """What a template may be made for: the units, periods and programmes that the person may choose."""
    periods = Period.objects.filter(kind__in=template.periods, first__lte=today()).order_by("-last")[:PERIODS]
    over = [one for one in periods if one.last < today()]
    ended = next((one.code for one in over if one.kind == template.periods[0]), over[0].code if over else "")
    programmes = _programmes() if template.programmes is None else []
    return {
        "template": template, "units": units_to_compose_for(person(request), template.of), "periods": periods,
        "programmes": programmes, "period": request.GET.get("period") or ended,
        "programme": request.GET.get("programme", ""), "unit": number(request.GET.get("unit", "")),
    }  # fmt: skip


def _programmes() -> list[Programme]:
    return sorted(
        Programme.objects.filter(kind__in=PROMISING), key=lambda one: PROMISING.index(Programme.Kind(one.kind))
    )
