"""Applications: one's own, and after the opening those that came in; the page of one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.pages import View, filtered_by, paginate
from khue.core.refusals import Refusal
from khue.flow.answer_words import told
from khue.flow.shelf.telling import said
from khue.flow.shelf.values import Process
from khue.flow.shelf.words import words
from khue.journal.timeline import timeline
from khue.missions.forms.select_filters import ApplicationFilters
from khue.missions.forms.selecting import AttachForm, JudgeForm
from khue.missions.models import Application, Plan, Source
from khue.missions.rules.river import through
from khue.missions.rules.select.applications import is_author, may_submit, may_withdraw, runs, visible_to, writable_plan
from khue.missions.rules.select.completeness import attachments, checklist
from khue.missions.rules.select.parts import own_units
from khue.missions.rules.select.plan_forms import BUDGET, LABELS, SECTIONS, form_of, years_of
from khue.missions.rules.select.plans import read_section, sums
from khue.office.excel import Column, response, workbook

TEMPLATE = "missions/select/application.html"


def _listed(request: HttpRequest) -> tuple[ApplicationFilters, "QuerySet[Application, Application]"]:
    filters = ApplicationFilters(request.GET)
    rows = filters.narrow(visible_to(person(request)))
    rows = rows.select_related("lead", "plan", "selection__case__process_version")
    return filters, rows.defer("plan__answers").order_by("-changed_at", "-pk")


@require_GET
@filtered_by("state", "step")
def applications(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; as Excel with `?format=xlsx`. Sealed ones are in no list but their authors'."""
    filters, rows = _listed(request)
    if request.GET.get("format") == "xlsx":
        return response(workbook(_("Applications"), _columns(), rows, filters=filters.told()), "ho-so")
    context = {
        "page": paginate(request, rows),
        "filters": list(filters),
        "views": [View(_("All"), "q="), View(_("Drafts"), "state=draft"), View(_("Submitted"), "state=submitted")],
        "tab": "applications",
    }
    return render(request, "missions/select/applications.html", context)


def _columns() -> Sequence[Column[Application]]:
    return [
        Column(_("Name of the mission"), lambda one: one.plan.name),
        Column(_("Lead organisation"), lambda one: one.lead.name),
        Column(_("Principal investigator"), lambda one: one.investigator_name),
        Column(_("State"), lambda one: str(one.get_state_display())),
        Column(_("Handed in at"), lambda one: one.submitted_at, "date"),
        Column(_("Score"), lambda one: one.score if one.score is not None else ""),
        Column(_("Rank"), lambda one: one.rank or ""),
    ]


def find_application(request: HttpRequest, pk: int) -> Application:
    """An application that the person may read; 404 otherwise."""
    rows = visible_to(person(request)).select_related(
        "lead", "investigator", "plan", "selection__order__list__host", "selection__order__proposal",
        "selection__call", "selection__case__process_version", "selection__completed", "selection__winner",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@require_GET
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: how complete it is, its receipt, everything it says, its files."""
    return render(request, TEMPLATE, page_of(find_application(request, pk), person(request)))


def page_of(found: Application, user: User, **forms: Any) -> dict[str, Any]:
    """What the page shows; `forms` replaces a form by one with errors, `problem` says what else was refused."""
    selection = found.selection
    assert selection.case is not None  # noqa: S101 - every selection is opened with its case
    definition = selection.case.definition
    author, inside = is_author(user, found), runs(user, found.selection)
    writable = writable_plan(user, found)
    completed = selection.completed if selection.winner_id == found.pk else None
    plan = completed or found.plan
    may_write = not isinstance(writable, Refusal)
    return {
        "application": found,
        "selection": selection,
        "case": selection.case,
        "plan": plan,
        "completed": completed,
        "author": author,
        "inside": inside and not author,
        "river": through(user, selection, here=found),
        "may_write": may_write,
        "why_not": writable if isinstance(writable, Refusal) and author else None,
        "checklist": checklist(found, definition, plan) if author or inside else [],
        "submit_refusal": may_submit(user, found),
        "may_withdraw": may_withdraw(user, found) is None,
        "receipts": found.receipts.all(),
        "receipt": found.receipts.filter(withdrawn_at=None).first(),
        "sections": sections_of(plan, definition),
        "budget": budget_of(plan),
        "changes": changes(found.plan, completed, definition) if completed else [],
        "attachments": attachments(found),
        "attach_form": forms.get("attach") or (AttachForm(application=found) if may_write else None),
        "authors": found.authors.all() if author else [],
        "names_authors": found.lead_id in own_units(user),
        "eligibility": _bars(found, definition) if inside else [],
        "judges": inside and not author and selection.case.step == "checking",
        "judge_form": forms.get("judge") or JudgeForm(),
        "problem": forms.get("problem", ""),
        "papers": _papers(found, definition, inside),
        "reviews": not author and ((inside and found.selection.opened_at is not None) or _asked(found, user)),
        "entries": timeline(found.dossier),
    }


def _asked(found: Application, user: User) -> bool:
    """Whether the person was asked as an independent expert."""
    return user.person_id is not None and found.expert_opinions.filter(person=user.person_id).exists()


def sections_of(plan: Plan, definition: Process) -> list[dict[str, Any]]:
    """Each section but the budget, told in words."""
    shown = [section for section in SECTIONS if section != BUDGET]
    return [
        {"name": name, "label": str(LABELS[name]),
         "answers": [one for one in told(form_of(plan, name, definition), read_section(plan, name))
                     if one.value or one.rows]}
        for name in shown
    ]  # fmt: skip


def budget_of(plan: Plan) -> dict[str, Any]:
    """The budget as a table: items and sources down, years across, sums that agree."""
    items, years = words("items"), range(1, years_of(plan) + 1)
    rows: dict[tuple[str, str, str], dict[int, int]] = {}
    for line in plan.budget.order_by("pk"):
        rows.setdefault((line.item, line.source, line.note), {})[line.year] = line.amount
    found = sums(plan)
    return {
        "years": list(years),
        "rows": [
            {"item": str(items.get(item, item)), "source": str(Source(source).label), "note": note,
             "amounts": [amounts.get(year, 0) for year in years], "total": sum(amounts.values())}
            for (item, source, note), amounts in rows.items()
        ],
        "by_year": [found.by_year.get(year, {}).get("total", 0) for year in years],
        "sums": found,
    }  # fmt: skip


def changes(before: Plan, after: Plan, definition: Process) -> list[dict[str, str]]:
    """What the completed outline says otherwise than the one applied with, question by question."""
    found = []
    for name in SECTIONS:
        form = form_of(after, name, definition)
        old = {one.name: one.value for one in told(form_of(before, name, definition), read_section(before, name))}
        for one in told(form, read_section(after, name)):
            if old.get(one.name, "") != one.value:
                found.append({"label": one.label, "before": old.get(one.name, ""), "after": one.value})  # noqa: PERF401
    return found


def _bars(found: Application, definition: Process) -> list[dict[str, Any]]:
    """Each bar with its finding; the evidence as addresses."""
    return [
        {"row": row, "label": said(definition.provisions[row.bar]), "basis": definition.provisions[row.bar].basis,
         "evidence": [_evidence(one, number) for number, one in enumerate(row.evidence, 1)]}
        for row in found.eligibility.select_related("judged_by") if row.bar in definition.provisions
    ]  # fmt: skip


def _evidence(dossier: str, number: int) -> dict[str, str]:
    kind, _colon, pk = dossier.partition(":")
    route = {"mission": "missions:mission", "person": "directory:person"}.get(kind)
    name = _("See evidence %(number)s") % {"number": number}
    return {"name": name, "url": reverse(route, args=[int(pk)]) if route else ""}


def _papers(found: Application, definition: Process, inside: bool) -> list[tuple[str, str]]:
    outline = str(words("types")[found.plan.type].facts["outline"])
    names = ["application", outline, "host-profile", "cv"]
    names += ["partner-consent"] if found.plan.partners.exists() else []
    names += ["receipt"] if found.receipt_number else []
    names += ["eligibility"] if inside and found.eligibility.exists() else []
    papers = definition.papers
    return [(name, f"{papers[name].label} {papers[name].code}".strip()) for name in names]
