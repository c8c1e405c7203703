"""The list of directives: of a unit, of an issuer, or of all that a leader sees."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import refusal_told
from khue.core.asked import wholes
from khue.core.clock import today
from khue.core.pages import filtered_by, paginate
from khue.core.returning import way_back
from khue.core.toasts import say, warn
from khue.documents.actions.directive_reminders import remind_all
from khue.documents.actions.directive_work import accept_many, acknowledge_many
from khue.documents.models import Directive
from khue.documents.rules.directive import ASSIGN, REMIND, REPORT, own_units, visible_to
from khue.documents.rules.directive_words import field_label, fields
from khue.documents.rules.lateness import soon_until, standing
from khue.documents.views.directive_filters import (
    NO_FIELD,
    chosen,
    part_labels,
    read_filters,
    saved_views,
    standing_labels,
)
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response


@require_GET
@filtered_by("standing", "unit", "part", "field", "priority", "document", "issuer", "month")
def directives(request: HttpRequest) -> HttpResponse:
    """Directives with filters in the address bar, fifty a page."""
    user, found = person(request), read_filters(request)
    page = paginate(request, chosen(user, found))
    now, soon = today(), soon_until(today())
    labels = standing_labels()
    for one in page.object_list:
        one.standing = standing(one, now, soon)  # type: ignore[attr-defined]
        settled = one.state == Directive.State.ACCEPTED
        step = one.get_every_display() if one.state == Directive.State.RECURRING else one.get_state_display()
        one.standing_label = labels[one.standing] if settled else step  # type: ignore[attr-defined]
    context = {
        "page": page,
        "filters": found,
        "views": saved_views(),
        "fields": fields().values(),
        "no_field": NO_FIELD,
        "parts": part_labels(),
        "priorities": Directive.Priority.choices,
        "may_report": bool(own_units(user, REPORT)),
        "may_remind": bool(own_units(user, REMIND)),
        "may_accept": bool(own_units(user, ASSIGN)),
    }
    return render(request, "documents/directive_list.html", context)


@require_GET
def directives_excel(request: HttpRequest) -> HttpResponse:
    """The same list as a sheet."""
    found = read_filters(request)
    rows = chosen(person(request), found).select_related("issuer").prefetch_related("supports")
    return excel_response(workbook(_("Directives"), columns(), rows, filters=found.told()), "nhiem-vu")


def columns() -> list[Column[Directive]]:
    """The columns of the sheet."""
    now, soon = today(), soon_until(today())
    labels = standing_labels()
    return [
        Column(_("Document"), lambda one: str(one.document)),
        Column(_("What is to be done"), lambda one: one.content),
        Column(_("Expected product"), lambda one: one.product),
        Column(_("Lead unit"), lambda one: one.lead.name),
        Column(_("Supporting units"), lambda one: "; ".join(unit.name for unit in one.supports.all())),
        Column(_("Issuing unit"), lambda one: one.issuer.name),
        Column(_("Field"), lambda one: field_label(one.field)),
        Column(_("Priority"), lambda one: str(one.get_priority_display())),
        Column(_("Assigned on"), lambda one: one.assigned_on, "date"),
        Column(
            _("Deadline"), lambda one: one.due_on, "date", _("The one in force; extensions that were granted count.")
        ),
        Column(_("Done on"), lambda one: one.done_on, "date"),
        Column(_("Progress"), lambda one: one.percent / 100, "percent", _("As the lead unit last reported.")),
        Column(
            _("Standing"),
            lambda one: labels.get(standing(one, now, soon), str(one.get_state_display())),
            meaning=_("By the deadline and the day on which this list was made."),
        ),
        Column(_("Step"), lambda one: str(one.get_state_display()), meaning=_("Where it stands in its process.")),
    ]


Bulk = Callable[[Iterable[Directive], User], int]


def _acknowledge(rows: Iterable[Directive], user: User) -> int:
    return len(acknowledge_many(rows, by=user))


def _accept(rows: Iterable[Directive], user: User) -> int:
    return len(accept_many(rows, by=user))


def _remind(rows: Iterable[Directive], user: User) -> int:
    return len(remind_all(rows, by=user))


BULK: dict[str, Bulk] = {"acknowledge": _acknowledge, "accept": _accept, "remind": _remind}


@require_POST
def directives_bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing to the rows that were picked; all or none for acknowledging and accepting."""
    user = person(request)
    picked = wholes(request.POST.getlist("pick"))
    rows = list(visible_to(user).filter(pk__in=picked).select_related("lead", "issuer"))
    verb = BULK.get(request.POST.get("do", ""))
    if verb is None or not rows:
        warn(request, _("Pick at least one row first."))
        return _back(request)
    with refusal_told(request):
        count = verb(rows, user)
        say(request, ngettext("Done for %(n)d directive.", "Done for %(n)d directives.", count) % {"n": count})
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was filtered."""
    return redirect(way_back(request, "documents:directives"))
