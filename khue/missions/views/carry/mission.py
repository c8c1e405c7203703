"""Missions: the list, and the page of one."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.scope import reaches_all, units_where
from khue.core.pages import View, filtered_by, summed_page
from khue.flow.shelf.words import words
from khue.journal.timeline import timeline
from khue.missions.forms.filters import STANDINGS, MissionFilters
from khue.missions.models import Mission
from khue.missions.rules.carry.carrying import REPORT
from khue.missions.rules.visibility import SEE, inside_of, visible_to
from khue.missions.views.carry import book
from khue.office.excel import Column, response, workbook


def _listed(request: HttpRequest, filters: MissionFilters, *, walked: bool = False) -> QuerySet[Mission]:
    user = person(request)
    seen = inside_of(user) if filters.cleaned_data.get("inside") else visible_to(user)
    return filters.ordered(filters.narrow(seen, walked=walked))


def _dressed(rows: QuerySet[Mission]) -> QuerySet[Mission]:
    """With what the list and its sheet show."""
    return rows.select_related("host").defer("abstract")


@require_GET
@filtered_by("standing", "state", "type", "field", "year", "rating", "host", "place", "inside")
def missions(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; as Excel with `?format=xlsx`."""
    filters = MissionFilters(request.GET)
    rows = _listed(request, filters)
    if request.GET.get("format") == "xlsx":
        known = reaches_all(person(request), SEE) or bool(filters.cleaned_data.get("inside"))
        columns = [*_columns(), *(_money() if known else [])]
        return response(workbook(_("Missions"), columns, _dressed(rows), filters=filters.told()), "nhiem-vu")
    page, sums = summed_page(
        request, rows, _dressed(Mission.objects.all()), {"state": "budget_state", "other": "budget_other"},
        walked=(lambda: _listed(request, filters, walked=True)) if filters.words and filters.newest_first else None,
    )  # fmt: skip
    context = {
        "page": page,
        "filters": filters,
        "views": [View(str(label), f"standing={name}") for name, label in STANDINGS if name],
        "hosts_missions": bool(units_where(person(request), REPORT)),
        "sums": sums,
    }
    return render(request, "missions/carry/missions.html", context)


@require_GET
def mission(request: HttpRequest, number: int) -> HttpResponse:
    """The page of one mission: what is published of it, what is like it."""
    found = book.find_mission(request, number)
    if found.case is not None:
        return book.show(request, found)
    context = {
        "mission": found,
        "type": words("types").get(found.type),
        "field": words("fields").get(found.field),
        "entries": timeline(f"mission:{found.pk}"),
    }
    return render(request, "missions/carry/mission.html", context)


def _money() -> list[Column[Mission]]:
    """Columns for those who see the inside of every mission in the sheet."""
    return [
        Column(_("Paid out"), lambda one: one.paid if one.case_id else None, "money", total=True),
        Column(_("Confirmed as spent"), lambda one: one.confirmed if one.case_id else None, "money", total=True),
        Column(_("Next deadline"), lambda one: one.next_due_on if one.case_id else None, "date"),
    ]


def _columns() -> Sequence[Column[Mission]]:
    types, fields = words("types"), words("fields")
    return [
        Column(_("Code of the mission"), lambda one: one.code),
        Column(_("Name of the mission"), lambda one: one.title),
        Column(_("Type of mission"), lambda one: str(types.get(one.type, one.type))),
        Column(_("Field"), lambda one: str(fields.get(one.field, ""))),
        Column(_("Lead organisation"), lambda one: one.host.name if one.host else one.host_name),
        Column(_("Principal investigator"), lambda one: one.investigator_name),
        Column(_("First year"), lambda one: one.year, "number"),
        Column(_("Begins on"), lambda one: one.starts_on, "date"),
        Column(_("Ends on"), lambda one: one.ends_on, "date"),
        Column(_("State money (đồng)"), lambda one: one.budget_state, "number", total=True),
        Column(_("Other money (đồng)"), lambda one: one.budget_other, "number", total=True),
        Column(_("State"), lambda one: one.get_state_display()),
        Column(_("Rating"), lambda one: one.get_rating_display()),
    ]
