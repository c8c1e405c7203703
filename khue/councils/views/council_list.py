"""The list of councils, and the same as a sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.pages import View, paginate
from khue.councils.rules.listing import chosen
from khue.councils.rules.visibility import visible_to
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response

KIND_LABELS = {"identify", "select", "budget", "accept"}


def kind_label(kind: str) -> str:
    """What a council of a kind is called."""
    labels = {
        "identify": _("Identifies missions"), "select": _("Selects who carries out"),
        "budget": _("Appraises the budget"), "accept": _("Accepts results"),
    }  # fmt: skip
    return labels.get(kind, kind)


@require_GET
def councils(request: HttpRequest) -> HttpResponse:
    """Councils that the person runs, oversees or sits in."""
    page = paginate(request, chosen(person(request), request.GET))
    for one in page.object_list:
        one.kind_label = kind_label(one.kind)  # type: ignore[attr-defined]
    views = [
        View(_("Going on"), ""), View(_("I sit in"), "state=mine"), View(_("Being formed"), "state=forming"),
        View(_("In session"), "state=meeting"), View(_("Concluded"), "state=concluded"), View(_("All"), "state=all"),
    ]  # fmt: skip
    others = not page.object_list and visible_to(person(request)).exists()
    context = {
        "page": page,
        "others": others,
        "views": views,
        "kinds": [(kind, kind_label(kind)) for kind in sorted(KIND_LABELS)],
    }
    return render(request, "councils/council_list.html", context)


@require_GET
def councils_excel(request: HttpRequest) -> HttpResponse:
    """The same list as a sheet."""
    columns: list[Column[Any]] = [
        Column(_("Council"), lambda one: one.title),
        Column(_("What it does"), lambda one: kind_label(one.kind)),
        Column(_("Host"), lambda one: one.host.name),
        Column(_("Decision"), lambda one: one.decision_sign),
        Column(_("Decided on"), lambda one: one.decided_on, "date"),
        Column(_("Meeting"), lambda one: one.meets_at, "moment"),
        Column(_("Members"), lambda one: one.members, "number"),
        Column(_("State"), lambda one: str(one.get_state_display())),
    ]
    rows = chosen(person(request), request.GET)
    return excel_response(workbook(_("Councils"), columns, rows), "hoi-dong")
