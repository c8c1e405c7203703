"""Results of missions: what can be used, where, how ready it is."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from khue.accounts.asking import person
from khue.accounts.scope import for_department
from khue.core.answering import refusal_on
from khue.core.pages import filtered_by, paginate
from khue.core.toasts import say
from khue.flow.shelf.words import words
from khue.journal.timeline import timeline
from khue.language.text import fold
from khue.missions.actions.accept.using import describe_result
from khue.missions.forms.results import ResultFilters, ResultForm, told
from khue.missions.models import Mission, Result, UseReport
from khue.missions.rules.accept.need_uses import told_of
from khue.missions.rules.accept.results import may_describe, results_visible_to
from khue.missions.rules.river import river
from khue.missions.rules.visibility import HANDLE, inside_of
from khue.office.excel import Column, response, workbook


def _listed(request: HttpRequest) -> tuple[ResultFilters, QuerySet[Result]]:
    filters = ResultFilters(request.GET)
    asked = {name: value for name, value in filters.cleaned_data.items() if value not in (None, "")}
    rows = results_visible_to(person(request)).select_related("mission__host", "owner").defer("mission__abstract")
    if "kind" in asked:
        rows = rows.filter(kind=asked["kind"])
    if "field" in asked:
        rows = rows.filter(mission__field=asked["field"])
    if "readiness" in asked:
        rows = rows.filter(readiness__gte=int(asked["readiness"]))
    if "registered" in asked:
        without = Q(registration_number="")
        rows = rows.filter(~without if asked["registered"] == "yes" else without)
    if "shown" in asked:
        rows = rows.filter(public=asked["shown"] == "yes")
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(folded__contains=word)
    return filters, rows.order_by("-pk")


@require_GET
@filtered_by("kind", "field", "readiness", "registered", "shown")
def results(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; as Excel with `?format=xlsx`."""
    filters, rows = _listed(request)
    if request.GET.get("format") == "xlsx":
        sheet = rows.select_related("mission__investigator")
        return response(workbook(_("Results of missions"), _columns(), sheet, filters=told(filters)), "ket-qua")
    page = paginate(request, rows)
    kinds, levels = words("results"), words("readiness")
    for one in page.object_list:
        seen: Any = one
        seen.kind_label = str(kinds.get(one.kind, one.kind))
        seen.level = str(levels.get(str(one.readiness), ""))
    fields = [field for field in filters if field.name != "shown" or for_department(person(request), HANDLE)]
    return render(request, "missions/accept/results.html", {"page": page, "filters": fields})


def _columns() -> Sequence[Column[Any]]:
    kinds, levels = words("results"), words("readiness")
    return [
        Column(_("Name of the result"), lambda one: one.title),
        Column(_("Kind of result"), lambda one: str(kinds.get(one.kind, one.kind))),
        Column(_("Readiness"), lambda one: f"{one.readiness}. {levels[str(one.readiness)]}" if one.readiness else ""),
        Column(_("Description"), lambda one: one.description),
        Column(_("Where it can be used"), lambda one: one.usable_where),
        Column(_("What it needs"), lambda one: one.conditions),
        Column(_("Registration number"), lambda one: one.registration_number),
        Column(_("Registered on"), lambda one: one.registered_on, "date"),
        Column(_("Owner"), lambda one: one.owner.name if one.owner else ""),
        Column(_("Mission"), lambda one: one.mission.title),
        Column(_("Lead organisation"), lambda one: str(one.mission.host or one.mission.host_name)),
        Column(_("Principal investigator"), lambda one: str(one.mission.investigator or one.mission.investigator_name)),
    ]  # fmt: skip


@require_GET
def result(request: HttpRequest, number: int) -> HttpResponse:
    """The page of one result."""
    user = person(request)
    rows = results_visible_to(user).select_related(
        "mission__host", "mission__investigator", "mission__order__proposal__directive", "mission__application__lead",
        "owner", "product",
    )  # fmt: skip
    found = get_object_or_404(rows, pk=number)
    level = words("readiness").get(str(found.readiness))
    mission = found.mission
    context = {
        "result": found,
        "mission": mission,
        "river": river(user, order=mission.order, mission=mission, here=found),
        "kind": words("results").get(found.kind),
        "level": level,
        "help": str(level.help) if level else "",
        "levels": [(n, n <= (found.readiness or 0)) for n in range(1, 10)],
        "uses": _uses(found),
        "told_uses": told_of(mission),
        "inside": inside_of(user).filter(pk=mission.pk).exists(),
        "may_describe": may_describe(user, mission) is None,
        "entries": timeline(f"result:{found.pk}"),
    }
    return render(request, "missions/accept/result.html", context)


def _uses(found: Result) -> QuerySet[UseReport]:
    """Where it was used: reports on it, and reports on all results of its mission."""
    told_of = UseReport.objects.exclude(state=UseReport.State.DUE).select_related("unit", "place")
    return (told_of.filter(result=found) | told_of.filter(mission=found.mission, result=None)).order_by("-year")


@require_http_methods(["GET", "POST"])
def result_new(request: HttpRequest, number: int) -> HttpResponse:
    """Describe a result of a mission, starting from a product of its plan."""
    mission = get_object_or_404(inside_of(person(request)).select_related("plan", "host"), pk=number)
    return _describe(request, mission, None)


@require_http_methods(["GET", "POST"])
def result_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Correct the description of a result."""
    rows = results_visible_to(person(request)).select_related("mission__plan", "mission__host", "owner")
    found = get_object_or_404(rows, pk=number)
    return _describe(request, found.mission, found)


def _describe(request: HttpRequest, mission: Mission, found: Result | None) -> HttpResponse:
    refusal = may_describe(person(request), mission)
    if refusal is not None:
        return render(request, "missions/accept/refused.html", {"refusal": refusal, "back": mission}, status=403)
    data = request.POST if request.method == "POST" else None
    form = ResultForm(data, mission=mission, result=found, product=request.GET.get("product", ""))
    if data is not None and form.is_valid():
        with refusal_on(form):
            described = describe_result(mission, by=person(request), result=found, **form.cleaned_data)
            say(request, _("The result was saved."))
            return redirect(described.get_absolute_url())
    context = {"form": form, "mission": mission, "result": found}
    return render(request, "missions/accept/result_form.html", context, status=422 if data is not None else 200)
