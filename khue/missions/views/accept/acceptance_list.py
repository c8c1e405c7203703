"""The list of acceptances: what is late first."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.pages import View, filtered_by, paginate
from khue.flow.models import Holding
from khue.missions.forms.acceptance_filters import AcceptanceFilters, step_labels
from khue.missions.models import Acceptance
from khue.missions.rules.accept.acceptances import acceptances_visible_to
from khue.office.excel import Column, response, workbook


def _views() -> list[View]:
    return [
        View(_("All"), ""),
        View(_("Overdue"), "standing=late", "alert-triangle"),
        View(_("Under way"), "standing=open"),
        View(_("Waiting for the council"), "step=evaluating"),
        View(_("Not accepted"), "rating=failed"),
        View(_("Output to be evaluated"), "standing=effect"),
    ]


def _listed(request: HttpRequest) -> tuple[AcceptanceFilters, QuerySet[Acceptance]]:
    filters = AcceptanceFilters(request.GET)
    rows = filters.narrow(acceptances_visible_to(person(request)))
    return filters, rows.select_related("mission__host", "case").defer("mission__abstract", "self_evaluation")


@require_GET
@filtered_by("standing", "step", "rating", "year")
def acceptances(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; as Excel with `?format=xlsx`."""
    filters, rows = _listed(request)
    if request.GET.get("format") == "xlsx":
        sheet = rows.select_related("mission__investigator")
        return response(workbook(_("Acceptances"), _columns(), sheet, filters=filters.told()), "nghiem-thu")
    page = paginate(request, rows)
    shown = page.object_list = list(page.object_list)
    _tell(shown)
    context = {"page": page, "filters": list(filters), "views": _views()}
    return render(request, "missions/accept/acceptances.html", context)


def _tell(rows: Sequence[Acceptance]) -> None:
    """The words of the step, and who holds it: one query for the page."""
    labels = step_labels()
    held = Holding.objects.current().filter(case__in=[one.case_id for one in rows]).select_related("unit", "user")
    holders = {row.case_id: row for row in held}
    for one in rows:
        seen: Any = one
        seen.step_label = labels.get(one.case.step, one.case.step) if one.case else ""
        seen.holding = holders.get(one.case_id or 0)


def _columns() -> Sequence[Column[Any]]:
    labels = step_labels()
    return [
        Column(_("Code of the mission"), lambda one: one.mission.code),
        Column(_("Name of the mission"), lambda one: one.mission.title),
        Column(_("Lead organisation"), lambda one: str(one.mission.host or one.mission.host_name)),
        Column(_("Principal investigator"), lambda one: str(one.mission.investigator or one.mission.investigator_name)),
        Column(_("Attempt"), lambda one: one.attempt, "number"),
        Column(_("File due on"), lambda one: one.due_on, "date"),
        Column(_("Handed in on"), lambda one: one.submitted_on, "date"),
        Column(_("Step"), lambda one: labels.get(one.case.step, one.case.step)),
        Column(_("Deadline of the step"), lambda one: one.step_due, "date"),
        Column(_("Self-rating"), lambda one: one.get_self_rating_display()),
        Column(_("Rating"), lambda one: one.get_rating_display()),
        Column(_("Concluded on"), lambda one: one.concluded_on, "date"),
        Column(_("Recognised on"), lambda one: one.recognised_on, "date"),
        Column(_("Output to be evaluated by"), lambda one: one.effect_due_on, "date"),
        Column(_("Output evaluated on"), lambda one: one.effect_on, "date"),
        Column(_("State money (đồng)"), lambda one: one.mission.budget_state, "number"),
    ]
