"""Writing one section of an outline: kept while one types, nobody overwrites another."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.asked import whole
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused
from khue.core.toasts import say, warn
from khue.flow.answer_words import told
from khue.flow.forms import ShelfForm
from khue.flow.shelf.values import Process
from khue.flow.shelf.words import choices
from khue.missions.actions.select.applications import save_section
from khue.missions.actions.select.plans import revision
from khue.missions.models import Application, Plan
from khue.missions.rules.select.applications import writable_plan
from khue.missions.rules.select.completeness import checklist
from khue.missions.rules.select.plan_forms import BUDGET, LABELS, SECTIONS, form_of
from khue.missions.rules.select.plans import read_section
from khue.missions.views.select.application import budget_of, find_application

MEANWHILE = "plan.changed-meanwhile"
STOPS = (MEANWHILE, "plan.locked", "application.too-late", "application.handed-in")
"""Refusals after which typing on would be in vain: saving stops, the text stays in the page."""


def _writable(request: HttpRequest, pk: int, name: str) -> tuple[Application, Plan | Refusal, Process]:
    if name not in SECTIONS:
        raise Http404
    found = find_application(request, pk)
    assert found.selection.case is not None  # noqa: S101 - every selection is opened with its case
    return found, writable_plan(person(request), found), found.selection.case.definition


def _answers(plan: Plan, name: str) -> dict[str, Any]:
    """What is kept; an empty budget begins with every item, so that nobody forgets one."""
    kept = read_section(plan, name)
    if name == BUDGET and not kept.get("rows"):
        return {"rows": [{"item": item, "source": "state"} for item, _label in choices("items", today())]}
    return kept


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The page of one section. What is refused stays on the page as it was written."""
    found, plan, definition = _writable(request, pk, name)
    if isinstance(plan, Refusal):
        return _too_late(request, found, plan, definition, name)
    shelf = form_of(plan, name, definition)
    form = ShelfForm(shelf, request.POST or None, answers=_answers(plan, name), draft=True)
    if request.method == "POST" and form.is_valid():
        try:
            save_section(found, name, form.answers, by=person(request), expected=whole(request.POST.get("version")))
        except Refused as refused:
            if refused.refusal.code != MEANWHILE:  # the page shows both versions and says so there
                form.add_error(None, str(refused))
        else:
            say(request, _("Saved."))
            return redirect(_next(found, name, request))
    return render(request, "missions/select/section.html", _page(request, found, plan, definition, name, form))


def _too_late(request: HttpRequest, found: Application, why: Refusal, definition: Process, name: str) -> HttpResponse:
    """Nothing is taken any more, as when the call closed while somebody wrote: what was sent stays to be copied."""
    if request.method != "POST":
        warn(request, str(why))
        return redirect(found)
    form = ShelfForm(form_of(found.plan, name, definition), request.POST, draft=True)
    form.add_error(None, str(why))
    return render(
        request, "missions/select/section.html", _page(request, found, found.plan, definition, name, form), status=409
    )


def _next(found: Application, name: str, request: HttpRequest) -> str:
    place = SECTIONS.index(name) + 1
    if "next" in request.POST and place < len(SECTIONS):
        return reverse("missions:application-section", args=[found.pk, SECTIONS[place]])
    return found.get_absolute_url()


def _page(
    request: HttpRequest, found: Application, plan: Plan, definition: Process, name: str, form: ShelfForm
) -> dict[str, Any]:
    kept = whole(request.POST.get("version"))
    return {
        "application": found,
        "selection": found.selection,
        "section": name,
        "label": str(LABELS[name]),
        "form": form,
        "version": revision(plan, name) if kept is None else kept,
        "theirs": _theirs(plan, definition, name) if kept is not None and kept != revision(plan, name) else None,
        "newest": revision(plan, name),
        "budget": budget_of(plan) if name == BUDGET else None,
        "checklist": checklist(found, definition, plan),
        "is_last": name == SECTIONS[-1],
    }


def _theirs(plan: Plan, definition: Process, name: str) -> dict[str, Any]:
    """What somebody else saved meanwhile, to be compared with what stands on the page."""
    return {"by": plan.revisions.get(name, {}).get("by", ""),
            "answers": told(form_of(plan, name, definition), read_section(plan, name))}  # fmt: skip


@require_POST
def save(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Keep what is there while one types: the new revision and how complete the application is, or why not."""
    found, plan, definition = _writable(request, pk, name)
    if isinstance(plan, Refusal):
        return JsonResponse({"refused": str(plan)}, status=409)
    form = ShelfForm(form_of(plan, name, definition), request.POST, draft=True)
    problem = "" if form.is_valid() else _first_problem(form)
    number = whole(request.POST.get("version"))
    try:
        if not problem:
            plan = save_section(found, name, form.answers, by=person(request), expected=number)
            number = revision(plan, name)
    except Refused as refused:
        if refused.refusal.code in STOPS:
            return JsonResponse({"refused": str(refused)}, status=409)
        problem = str(refused)
    shown = {
        "application": found, "section": name, "checklist": checklist(found, definition, plan),
        "budget": budget_of(plan) if name == BUDGET else None,
    }  # fmt: skip
    html = render_to_string("missions/select/_completeness.html", shown, request=request)
    return JsonResponse({"version": number, "completeness": html, "problem": problem})


def _first_problem(form: ShelfForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")
