"""Measuring and experts: what has to be there before the council of an acceptance sits."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.accounts.asking import person
from khue.accounts.scope import for_department
from khue.core.answering import refusal_on
from khue.core.asked import key
from khue.core.toasts import say
from khue.flow.shelf.telling import ToldNumber, told_number
from khue.missions.actions.accept import review as acts
from khue.missions.forms.acceptance_review import ConfirmForm, MeasuredForm, MeasuringForm, OpinionsForm, ReportForm
from khue.missions.models import Acceptance, AcceptanceOpinion, Measuring
from khue.missions.rules.accept.review import definition_of, may_review, measurable
from khue.missions.rules.accept.sitting import council_decided_on, council_subject
from khue.missions.rules.river import river
from khue.missions.rules.visibility import HANDLE
from khue.missions.views.accept.acceptance import find_acceptance

Forms = dict[str, forms.Form]
Write = Callable[[Any], object]


@require_http_methods(["GET", "POST"])
def acceptance_review(request: HttpRequest, number: int) -> HttpResponse:
    """The page, for the department: those whom the file is about do not see who is asked."""
    found = find_acceptance(request, number)
    if not for_department(person(request), HANDLE):
        raise Http404
    bound: Forms = {}
    if request.method == "POST" and _written(request, found, bound):
        return redirect("missions:acceptance-review", found.pk)
    return render(
        request, "missions/accept/acceptance_review.html", _page(request, found, bound), status=422 if bound else 200
    )


def _written(request: HttpRequest, found: Acceptance, bound: Forms) -> bool:
    """Do what was posted; a form that was refused goes into `bound`."""
    name, pk = request.POST.get("do", ""), request.POST.get("opinion", "")
    opinion = None
    if name in ("report", "without"):
        opinion = get_object_or_404(found.opinions, pk=key(pk))
    write, form = _asked(request, found, name, opinion)
    if form.is_valid():
        with refusal_on(form):
            write(form)
            say(request, _("Saved."))
            return True
    bound[_prefix(name, opinion)] = form
    return False


def _asked(
    request: HttpRequest, found: Acceptance, name: str, opinion: AcceptanceOpinion | None
) -> tuple[Write, forms.Form]:
    """The form that was posted, and what writes it."""
    user, data, prefix = person(request), request.POST, _prefix(name, opinion)
    if name == "measured" and (form := _measuring_form(found, data)) is not None:
        return (
            lambda form: acts.record_measuring(
                found, members=form.people, measured_on=form.cleaned_data["measured_on"],
                findings=form.cleaned_data["findings"], by=user,
            ),
            form,
        )  # fmt: skip
    if name == "needless":
        return (
            lambda form: acts.confirm_nothing_to_measure(found, by=user, **form.cleaned_data),
            ConfirmForm(data, prefix=prefix),
        )
    if name == "ask":
        return (
            lambda form: acts.ask_opinions(
                found, form.people, question=form.cleaned_data["question"], unit=form.cleaned_data["unit"], by=user
            ),
            OpinionsForm(data, prefix=prefix),
        )
    if name == "report" and opinion is not None:
        return lambda form: acts.enter_opinion(opinion, by=user, **form.cleaned_data), ReportForm(data, prefix=prefix)
    if name == "without" and opinion is not None:
        return lambda form: acts.go_without(opinion, by=user, **form.cleaned_data), ConfirmForm(data, prefix=prefix)
    raise Http404


def _measuring_form(found: Acceptance, data: Any = None) -> MeasuringForm | MeasuredForm | None:
    """What is asked about the group, once it is decided who sits in the council."""
    if council_decided_on(found) is None:
        return None
    subject = council_subject(found)
    if subject is None:
        return MeasuredForm(data, prefix="measured")
    return MeasuringForm(data, prefix="measured", council=subject.council)


def _prefix(name: str, opinion: AcceptanceOpinion | None) -> str:
    return f"{name}-{opinion.pk}" if opinion is not None else name


def _page(request: HttpRequest, found: Acceptance, bound: Forms) -> dict[str, Any]:
    refusal = may_review(person(request), found)
    going_on = refusal is None
    measuring = Measuring.objects.filter(acceptance=found).select_related("told_by").first()
    rows = found.opinions.select_related("person", "unit", "entered_by")
    return {
        "acceptance": found, "mission": found.mission, "refusal": refusal, "going_on": going_on,
        "on_paper": council_subject(found) is None,
        "river": river(person(request), order=found.mission.order, mission=found.mission, here=found),
        "measurable": measurable(found), "measuring": measuring,
        "measurers": list(measuring.members.all()) if measuring else [], "rules": _rules(found),
        "measured_form": bound.get("measured") or _measuring_form(found),
        "needless_form": bound.get("needless") or ConfirmForm(prefix="needless"),
        "ask_form": bound.get("ask") or OpinionsForm(prefix="ask"), "opened": next(iter(bound), ""),
        "opinions": [(one, _forms(one, bound) if going_on else None) for one in rows],
    }  # fmt: skip


def _rules(found: Acceptance) -> dict[str, ToldNumber]:
    known = definition_of(found).provisions
    names = {"group": "accept-measuring", "least": "accept-experts-least", "years": "expert-years"}
    return {name: told_number(known[rule]) for name, rule in names.items() if rule in known}


def _forms(opinion: AcceptanceOpinion, bound: Forms) -> tuple[forms.Form, forms.Form] | None:
    """What can be written of an opinion that is not there yet."""
    if opinion.given_at is not None:
        return None
    report, without = _prefix("report", opinion), _prefix("without", opinion)
    return bound.get(report) or ReportForm(prefix=report), bound.get(without) or ConfirmForm(prefix=without)
