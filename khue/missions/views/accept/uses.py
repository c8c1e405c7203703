"""Reports on the use of results: what is owed, what was told, whom to ask."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_on, refusal_told
from khue.core.asked import wholes
from khue.core.clock import today
from khue.core.pages import View, filtered_by, paginate
from khue.core.returning import way_back
from khue.core.river import RiverItem
from khue.core.toasts import say
from khue.councils.papers import response as word_response
from khue.councils.papers import word
from khue.flow.rules import parties_of
from khue.language.text import fold
from khue.missions.actions.accept.using import accept_use, remind_uses, report_use
from khue.missions.forms.results import UseFilters, UseForm, told
from khue.missions.models import Acceptance, UseReport
from khue.missions.rules.accept.accepting import may_report_use
from khue.missions.rules.accept.uses import (
    REMIND_BEFORE,
    may_accept_use,
    may_remind_use,
    profit_shares,
    uses_visible_to,
)
from khue.missions.rules.accept.words import paper_words
from khue.missions.rules.river import river
from khue.office.excel import Column, response, workbook
from khue.office.vietnamese import in_vietnamese

PAPER = "use-report"


def _views() -> list[View]:
    return [
        View(_("All"), ""),
        View(_("Overdue"), "standing=late", "alert-triangle"),
        View(_("Due soon"), "standing=soon"),
        View(_("Submitted"), "standing=submitted"),
    ]


def _standing(name: str) -> Q:
    due = Q(state=UseReport.State.DUE)
    soon = today() + timedelta(days=REMIND_BEFORE)
    kinds = {
        "late": due & Q(due_on__lt=today()), "soon": due & Q(due_on__range=(today(), soon)), "due": due,
        "submitted": Q(state=UseReport.State.SUBMITTED), "accepted": Q(state=UseReport.State.ACCEPTED),
    }  # fmt: skip
    return kinds.get(name, Q())


def _listed(request: HttpRequest) -> tuple[UseFilters, QuerySet[UseReport]]:
    """What still waits first, the longest wait on top."""
    filters = UseFilters(request.GET)
    asked = filters.cleaned_data
    rows = uses_visible_to(person(request)).filter(_standing(asked.get("standing", "")))
    if asked.get("used"):
        rows = rows.filter(used=asked["used"] == "yes")
    if asked.get("year"):
        rows = rows.filter(year=asked["year"])
    for word_ in fold(request.GET.get("q", "")).split():
        rows = rows.filter(mission__folded__contains=word_)
    rows = rows.select_related("mission__host", "result", "unit", "place").defer("mission__abstract")
    return filters, rows.order_by(F("submitted_at").desc(nulls_first=True), "due_on", "pk")


@require_GET
@filtered_by("standing", "used", "year")
def uses(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; as Excel with `?format=xlsx`."""
    filters, rows = _listed(request)
    if request.GET.get("format") == "xlsx":
        sheet = workbook(_("Reports on use"), _columns(), rows, filters=told(filters))
        return response(sheet, "ung-dung")
    may_remind = may_remind_use(person(request)) is None
    context = {
        "page": paginate(request, rows), "filters": list(filters), "views": _views(), "may_remind": may_remind,
        "some_late": may_remind and uses_visible_to(person(request)).filter(_standing("late")).exists(),
    }  # fmt: skip
    return render(request, "missions/accept/uses.html", context)


def _columns() -> Sequence[Column[Any]]:
    return [
        Column(_("Mission"), lambda one: one.mission.title),
        Column(_("Lead organisation"), lambda one: str(one.mission.host or one.mission.host_name)),
        Column(_("Year"), lambda one: one.year, "number"),
        Column(_("Due on"), lambda one: one.due_on, "date"),
        Column(_("State"), lambda one: str(one.get_state_display())),
        Column(_("In use"), lambda one: {True: _("Put to use"), False: _("Not put to use")}.get(one.used, "")),
        Column(_("Result"), lambda one: one.result.title if one.result else ""),
        Column(_("Who uses it"), lambda one: one.unit.name if one.unit else ""),
        Column(_("Where it is put to use"), lambda one: str(one.place or "")),
        Column(_("Effect"), lambda one: one.effect),
        Column(_("Benefit (đồng)"), lambda one: one.value, "number", total=True),
    ]


@require_POST
def uses_remind(request: HttpRequest) -> HttpResponse:
    """Ask for the reports that were picked, or for all that are late."""
    rows = uses_visible_to(person(request)).select_related("mission")
    picked = wholes(request.POST.getlist("pick"))
    wanted = rows.filter(pk__in=picked) if "late" not in request.POST else rows.filter(_standing("late"))
    with refusal_told(request):
        sent = remind_uses(wanted, by=person(request))
        nobody = _("Nobody was told: they were told today already, or nobody has an account there.")
        sentence = ngettext("%(n)d person was reminded.", "%(n)d people were reminded.", sent) % {"n": sent}
        say(request, sentence if sent else nobody)
    return redirect(way_back(request, "missions:uses"))


def _found(request: HttpRequest, number: int) -> UseReport:
    related = (
        "mission__order__proposal__directive", "mission__application__lead", "mission__host", "mission__plan",
        "mission__case__process_version", "mission__investigator", "result", "unit", "place", "submitted_by",
    )  # fmt: skip
    return get_object_or_404(uses_visible_to(person(request)).select_related(*related), pk=number)


@require_http_methods(["GET", "POST"])
def use_report(request: HttpRequest, number: int) -> HttpResponse:
    """One report: written by the lead organisation, taken note of by the department."""
    found, user = _found(request, number), person(request)
    data = request.POST if request.method == "POST" else None
    form = UseForm(data, report=found)
    if data is not None and form.is_valid():
        with refusal_on(form):
            report_use(found, by=user, **form.cleaned_data)
            say(request, _("The report was sent to the department."))
            return redirect(found.get_absolute_url())
    writes = may_report_use(user, found)
    context = {
        "shares": profit_shares(found.mission) if writes is None else [],
        "report": found, "mission": found.mission, "form": form, "writes": writes is None, "refusal": writes,
        "river": [
            *river(user, order=found.mission.order, mission=found.mission, here=found),
            RiverItem(_("Report on use"), str(found.year), found.get_absolute_url(), current=True),
        ],
        "may_accept": may_accept_use(user, found) is None, "paper": _acceptance(found) is not None,
    }  # fmt: skip
    return render(request, "missions/accept/use_report.html", context, status=422 if data is not None else 200)


@require_POST
def use_accept(request: HttpRequest, number: int) -> HttpResponse:
    """The department takes note of a report."""
    found = _found(request, number)
    with refusal_told(request):
        accept_use(found, by=person(request))
        say(request, _("The report was taken note of."))
    return redirect(found.get_absolute_url())


def _acceptance(found: UseReport) -> Acceptance | None:
    """The acceptance that the report follows from."""
    rows = found.mission.acceptances.filter(recognised_on__isnull=False, case__isnull=False)
    related = ("mission__host", "mission__investigator", "mission__plan", "case__process_version")
    return rows.select_related(*related).order_by("-attempt").first()


@require_GET
@in_vietnamese()
def use_paper(request: HttpRequest, number: int) -> HttpResponse:
    """The report as Word, under the head of the lead organisation."""
    found = _found(request, number)
    accepted = _acceptance(found)
    if accepted is None or accepted.case is None or PAPER not in accepted.case.definition.papers:
        raise Http404
    host = parties_of(accepted.case)["host"].unit
    if host is None:
        raise Http404
    words = paper_words(accepted)
    words["uses"] = [row for row in words["uses"] if row["year"] == found.year]
    title = f"Báo cáo ứng dụng {found.year} {found.mission.code or found.mission.title}"
    day = localtime(found.submitted_at).date() if found.submitted_at else None
    return word_response(word(accepted.case.process_version, PAPER, words, host=host, issued_on=day), title)
