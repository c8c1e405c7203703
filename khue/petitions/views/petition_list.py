"""The register of petitions, as a page and as a sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.clock import today
from khue.core.pages import filtered_by, paginate
from khue.core.periods import offered
from khue.documents.rules.directive_words import field_label, fields
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response
from khue.petitions.models import Petition
from khue.petitions.rules.choosing import (
    NAMES,
    chosen,
    counted,
    read_filters,
    saved_views,
    sentence,
    state_labels,
    without_state,
)
from khue.petitions.rules.petitions import may_write
from khue.petitions.views.asking import writing_for


@require_GET
@filtered_by(*NAMES)
def petitions(request: HttpRequest) -> HttpResponse:
    """Petitions with filters in the address bar, fifty a page, under a sentence that says how they stand."""
    user, found = person(request), read_filters(request.GET)
    context = {
        "page": paginate(request, chosen(user, found)), "filters": found, "views": saved_views(),
        "sentence": sentence(counted(without_state(user, found))), "states": state_labels().items(),
        "kinds": Petition.Kind.choices, "fields": [(one.name, one.label) for one in fields().values()],
        "periods": [(one.code, one.called) for one in offered(today())],
        "may_write": may_write(user, writing_for(request)) is None,
    }  # fmt: skip
    return render(request, "petitions/petition_list.html", context)


@require_GET
def petitions_excel(request: HttpRequest) -> HttpResponse:
    """The same list as a sheet."""
    found = read_filters(request.GET)
    rows = chosen(person(request), found).select_related("document", "answer_document", "through", "recipient")
    return excel_response(workbook(_("Difficulties, requests"), columns(), rows, filters=found.told()), "kien-nghi")


def columns() -> list[Column[Petition]]:
    """The columns of the sheet."""
    return [
        Column(_("Code"), lambda one: one.code),
        Column(_("Kind"), lambda one: str(one.get_kind_display())),
        Column(_("Content"), lambda one: one.text),
        Column(_("Voiced by"), lambda one: one.voice),
        Column(_("Counted under"), lambda one: one.through.name),
        Column(_("Raised on"), lambda one: one.raised_on, "date"),
        Column(_("Answered by"), lambda one: one.recipient.name),
        Column(_("Field"), lambda one: field_label(one.field)),
        Column(_("State"), lambda one: str(one.get_state_display())),
        Column(_("Answer due"), lambda one: one.due_on, "date"),
        Column(_("Answered on"), lambda one: one.closed_on, "date"),
        Column(_("Late"), lambda one: one.late or (one.is_open and one.due_on < today())),
        Column(_("Answer"), lambda one: one.answer),
    ]
