"""What the department, and the winner, do with a selection."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import Problem, refusal_on, refusal_told
from khue.core.money import dong, read_dong
from khue.core.refusals import Refusal, Refused
from khue.core.toasts import say, warn
from khue.councils.models import Council
from khue.flow.shelf.telling import only_told
from khue.flow.shelf.words import words
from khue.missions.actions.select import completing, evaluating
from khue.missions.actions.select.calls import cancel_selection
from khue.missions.actions.select.completing import Cut
from khue.missions.actions.select.eligibility import check_all
from khue.missions.actions.select.opening import open_applications
from khue.missions.forms.selecting import ASKED
from khue.missions.models import PlanBudget, Selection, Source
from khue.missions.rules.select.applications import runs
from khue.missions.rules.select.offers import ACTS, offers
from khue.missions.rules.select.reviewing import definition_of
from khue.missions.views.select.selection import TEMPLATE, find_selection, page_of

Verb = Callable[[Selection, User, Mapping[str, Any]], object]


def _open(found: Selection, user: User, told: Mapping[str, Any]) -> object:
    return open_applications(found, by=user, **told)


def _recheck(found: Selection, user: User, _told: Mapping[str, Any]) -> object:
    return check_all(found, by=user)


def _form_council(found: Selection, user: User, _told: Mapping[str, Any]) -> Council:
    return evaluating.form_council(found, by=user)


def _form_team(found: Selection, user: User, _told: Mapping[str, Any]) -> Council:
    return completing.form_budget_team(found, by=user)


def _choose(found: Selection, user: User, _told: Mapping[str, Any]) -> object:
    return evaluating.choose(found, by=user)


def _fail(found: Selection, user: User, told: Mapping[str, Any]) -> object:
    return evaluating.fail(found, by=user, **told)


def _hand_in(found: Selection, user: User, _told: Mapping[str, Any]) -> object:
    return completing.hand_in(found, by=user)


def _submit(found: Selection, user: User, _told: Mapping[str, Any]) -> object:
    return completing.submit_for_approval(found, by=user)


def _ask_revision(found: Selection, user: User, told: Mapping[str, Any]) -> object:
    return completing.ask_revision(found, by=user, **told)


def _approve(found: Selection, user: User, told: Mapping[str, Any]) -> object:
    return completing.approve(found, by=user, **told)


def _publish(found: Selection, user: User, _told: Mapping[str, Any]) -> object:
    return completing.publish_result(found, by=user)


def _cancel(found: Selection, user: User, told: Mapping[str, Any]) -> object:
    return cancel_selection(found, by=user, **told)


VERBS: Mapping[str, Verb] = {
    "open": _open, "recheck": _recheck, "form-council": _form_council, "another-council": _form_council,
    "choose": _choose, "fail": _fail, "hand-in": _hand_in, "hand-in-revision": _hand_in, "form-team": _form_team,
    "submit": _submit, "ask-revision": _ask_revision, "approve": _approve, "publish": _publish, "cancel": _cancel,
}  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one of the acts; a form with errors comes back as it was filled in."""
    user, found = person(request), find_selection(request, pk)
    name = request.POST.get("do", "")
    if name not in VERBS:
        return redirect(found)
    kind = ASKED.get(ACTS[name].form)
    form = kind(request.POST, prefix=name) if kind else None
    if form is not None and not form.is_valid():
        return _again(request, found, user, name, form)
    with refusal_told(request) if form is None else refusal_on(form):
        made = VERBS[name](found, user, form.cleaned_data if form else {})
        say(request, _("Done."))
        return redirect(made if isinstance(made, Council) else found)
    return redirect(found) if form is None else _again(request, found, user, name, form)


def _again(request: HttpRequest, found: Selection, user: User, name: str, form: forms.Form) -> HttpResponse:
    shown = next((one for one in offers(user, found) if one.name == name), None)
    if shown is None:
        warn(request, "; ".join(str(error) for error in form.non_field_errors()) or _("This is not possible now."))
        return redirect(found)
    return render(request, TEMPLATE, page_of(found, user, problem=replace(shown, asks=form)))


@require_http_methods(["GET", "POST"])
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """The amounts that the budget team approves, line by line."""
    user, found = person(request), find_selection(request, pk)
    if not runs(user, found) or found.completed is None:
        raise PermissionDenied
    lines = list(found.completed.budget.order_by("item", "source", "year", "pk"))
    problem = Problem()
    if request.method == "POST":
        with problem:
            completing.appraise(found, _cuts(request, lines), by=user)
            say(request, _("The approved amounts are kept."))
            return redirect(found)
    state, every = sum(one.amount for one in lines if one.source == Source.STATE), sum(one.amount for one in lines)
    context = {
        "selection": found, "lines": _shown(request, found, lines), "problem": problem,
        "told": only_told(definition_of(found)), "state_share": state * 100 // (every or 1),
    }  # fmt: skip
    return render(request, "missions/select/appraisal.html", context)


def _cuts(request: HttpRequest, lines: list[PlanBudget]) -> dict[int, Cut]:
    cuts = {}
    for line in lines:
        written = request.POST.get(f"approved-{line.pk}", "").strip()
        try:
            amount = read_dong(written) if written else line.amount
        except ValueError:
            sentence = _("%(item)s, year %(year)s: «%(written)s» is no whole number of đồng.")
            told = {"item": words("items")[line.item], "year": line.year, "written": written}
            raise Refused(Refusal("budget.line", sentence % told)) from None
        cuts[line.pk] = Cut(amount, request.POST.get(f"remark-{line.pk}", ""))
    return cuts


def _shown(request: HttpRequest, found: Selection, lines: list[PlanBudget]) -> list[dict[str, Any]]:
    kept = {(row.item, row.note, row.source, row.year): row for row in found.approved_lines.all()}
    items = words("items")
    shown = []
    for line in lines:
        row = kept.get((line.item, line.note, line.source, line.year))
        approved = dong(row.approved if row else line.amount).removesuffix(" ₫")
        shown.append(
            {
                "line": line, "item": items.get(line.item, line.item),
                "approved": request.POST.get(f"approved-{line.pk}", approved),
                "remark": request.POST.get(f"remark-{line.pk}", row.remark if row else ""),
            }
        )  # fmt: skip
    return shown
