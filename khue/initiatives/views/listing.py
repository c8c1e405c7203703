"""The register of initiatives, as a page and as a sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.pages import filtered_by, paginate
from khue.flow.shelf.words import label_in, words
from khue.initiatives.models import Initiative, Reach
from khue.initiatives.rules.initiatives import may_write
from khue.initiatives.rules.listing import NAMES, chosen, read_filters, saved_views, state_labels, years
from khue.initiatives.rules.papers import names_of
from khue.office.excel import Column, response, workbook


@require_GET
@filtered_by(*NAMES)
def initiatives(request: HttpRequest) -> HttpResponse:
    """The register with filters in the address bar, fifty a page."""
    user = person(request)
    found = read_filters(request.GET)
    context = {
        "page": paginate(request, chosen(user, found)), "filters": found, "views": saved_views(user),
        "states": state_labels().items(), "fields": words("fields").items(), "reaches": Reach.Level.choices,
        "years": [(year, year) for year in years()], "may_write": may_write(user) is None,
    }  # fmt: skip
    return render(request, "initiatives/initiative_list.html", context)


@require_GET
def initiatives_excel(request: HttpRequest) -> HttpResponse:
    """The same list as a sheet."""
    found = read_filters(request.GET)
    rows = chosen(person(request), found)
    return response(workbook(_("Initiatives"), columns(), rows, filters=found.told()), "sang-kien")


def columns() -> list[Column[Initiative]]:
    """The columns of the sheet."""
    return [
        Column(_("Number"), lambda one: one.code),
        Column(_("Initiative"), lambda one: one.title),
        Column(_("Field"), lambda one: label_in("fields", one.field)),
        Column(_("Authors of the initiative"), lambda one: names_of(list(one.authors.all()))),
        Column(_("Unit"), lambda one: one.unit.name),
        Column(_("State"), lambda one: str(one.get_state_display())),
        Column(_("First applied on"), lambda one: one.first_applied_on, "date"),
        Column(_("Filed at"), lambda one: one.submitted_at, "moment"),
        Column(_("Received on"), lambda one: one.received_on, "date"),
        Column(_("Valid on"), lambda one: one.accepted_on, "date"),
        Column(_("Due on"), lambda one: one.due_on, "date"),  # type: ignore[attr-defined]
        Column(_("Average points"), lambda one: one.score, "number"),
        Column(_("Decision"), lambda one: one.decision_sign),
        Column(_("Day of the decision"), lambda one: one.decided_on, "date"),
        Column(_("Certificate"), lambda one: one.certificate_code),
        Column(_("Range of effect"), lambda one: ", ".join(str(reach) for reach in one.reaches.all())),
        Column(_("Benefit of a year"), lambda one: one.money, "money"),
    ]
