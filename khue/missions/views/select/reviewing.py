"""What is asked about an application besides the council; and how the winner answers remarks."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import refusal_on
from khue.core.asked import key
from khue.core.toasts import say, warn
from khue.flow.answer_words import told
from khue.flow.forms import ShelfForm
from khue.flow.shelf.law import cite
from khue.missions.actions.select import explaining, reviewing
from khue.missions.forms.reviewing import ExpertsForm, OpinionForm, SiteGroupForm, VisitForm
from khue.missions.models import Application, ExpertOpinion, SiteCheck
from khue.missions.rules.river import through
from khue.missions.rules.select.applications import is_author, runs
from khue.missions.rules.select.reviewing import EXPLAINED, STEPS, definition_of, explanation_of, needs_site_check
from khue.missions.views.select.application import find_application
from khue.missions.views.select.selection import find_selection

Write = Callable[[Any], object]


@require_http_methods(["GET", "POST"])
def reviews(request: HttpRequest, pk: int) -> HttpResponse:
    """The site check and the independent experts of one application: the department's side; an expert sees and writes
    the own report. The applicant sees nothing of it."""
    user, found = person(request), find_application(request, pk)
    inside = runs(user, found.selection) and not is_author(user, found)
    mine = found.expert_opinions.filter(person=user.person_id or 0).first()
    if not inside and mine is None:
        raise Http404
    forms_: dict[str, forms.Form] = {}
    if request.method == "POST":
        answer = _posted(request, found, user, forms_, inside=inside)
        if answer is not None:
            return answer
    context = _page(found, user, inside=inside, mine=mine, bound=forms_)
    return render(request, "missions/select/reviews.html", context, status=422 if forms_ else 200)


def _posted(
    request: HttpRequest, found: Application, user: User, bound: dict[str, forms.Form], *, inside: bool
) -> HttpResponse | None:
    """Do what was posted; a form that was refused goes into `bound`."""
    name = request.POST.get("do", "")
    opinion = None
    if name == "give":
        opinion = get_object_or_404(found.expert_opinions, pk=key(request.POST.get("opinion")))
        if not inside and opinion.person_id != user.person_id:
            raise Http404
    elif not inside:
        raise PermissionDenied
    kinds: dict[str, tuple[type[forms.Form], Write, str]] = {
        "group": (SiteGroupForm, lambda form: _group(found, form, user), _("The group of experts is set up.")),
        "visit": (VisitForm, lambda form: _visit(found, form, user), _("The minutes of the visit are kept.")),
        "ask": (ExpertsForm, lambda form: _ask(found, form, user), _("The experts were asked.")),
        "give": (OpinionForm, lambda form: _give(opinion, form, user), _("Thank you: the report is kept.")),
    }
    if name not in kinds:
        return redirect("missions:application-reviews", pk=found.pk)
    kind, write, said = kinds[name]
    form = kind(request.POST, prefix=_prefix(name, opinion))
    if form.is_valid():
        with refusal_on(form):
            write(form)
            say(request, said)
            return redirect("missions:application-reviews", pk=found.pk)
    bound[_prefix(name, opinion)] = form
    return None


def _prefix(name: str, opinion: ExpertOpinion | None) -> str:
    return f"{name}-{opinion.pk}" if opinion is not None else name


def _group(found: Application, form: SiteGroupForm, user: User) -> SiteCheck:
    named = ("decision_sign", "decided_on", "visits_on", "place", "leader")
    told_ = {name: form.cleaned_data[name] for name in named}
    return reviewing.set_up_site_group(found, members=form.people, by=user, **told_)


def _visit(found: Application, form: forms.Form, user: User) -> SiteCheck:
    told_ = {**form.cleaned_data, "fit": form.cleaned_data["fit"] == "yes"}
    return reviewing.record_visit(found, by=user, **told_)


def _ask(found: Application, form: ExpertsForm, user: User) -> list[ExpertOpinion]:
    return reviewing.ask_experts(found, form.people, question=form.cleaned_data["question"], by=user)


def _give(opinion: ExpertOpinion | None, form: forms.Form, user: User) -> ExpertOpinion:
    assert opinion is not None  # noqa: S101 - found above
    return reviewing.give_opinion(opinion, by=user, **form.cleaned_data)


def _page(
    found: Application, user: User, *, inside: bool, mine: ExpertOpinion | None, bound: dict[str, forms.Form]
) -> dict[str, Any]:
    selection = found.selection
    definition = definition_of(selection)
    check = SiteCheck.objects.filter(application=found).select_related("leader").first()
    rows = found.expert_opinions.select_related("person", "entered_by") if inside else []
    if not inside and mine is not None:
        rows = [mine]
    assert selection.case is not None  # noqa: S101 - every selection is opened with its case
    going_on = selection.case.step in STEPS
    return {
        "application": found, "selection": selection, "inside": inside, "river": through(user, selection, here=found),
        "check": check if inside else None, "members": list(check.members.all()) if check and inside else [],
        "needs_check": needs_site_check(selection), "going_on": going_on,
        "check_basis": cite(definition.provisions["site-check-types"].basis),
        "least": definition.number("select-experts-least"), "years": definition.number("expert-years"),
        "group_form": bound.get("group") or SiteGroupForm(prefix="group", initial=_known(check)),
        "visit_form": bound.get("visit") or VisitForm(prefix="visit"),
        "ask_form": bound.get("ask") or ExpertsForm(prefix="ask"), "opened": next(iter(bound), ""),
        "opinions": [(one, _opinion_form(one, user, bound, inside=inside)) for one in rows],
        "papers": _papers(found, check) if inside else [],
    }  # fmt: skip


def _known(check: SiteCheck | None) -> dict[str, Any]:
    if check is None:
        return {}
    others = [one for one in check.members.all() if one.pk != check.leader_id]
    named = {f"person_{number}": one for number, one in enumerate(others, 1)}
    columns = ("decision_sign", "decided_on", "visits_on", "place", "leader")
    return {**{name: getattr(check, name) for name in columns}, **named}


def _opinion_form(
    opinion: ExpertOpinion, user: User, bound: dict[str, forms.Form], *, inside: bool
) -> forms.Form | None:  # fmt: skip
    if opinion.given_at is not None or not (inside or opinion.person_id == user.person_id):
        return None
    prefix = _prefix("give", opinion)
    return bound.get(prefix) or OpinionForm(prefix=prefix)


def _papers(found: Application, check: SiteCheck | None) -> list[tuple[str, str]]:
    papers = definition_of(found.selection).papers
    names = ["site-check"] if check is not None else []
    return [(name, f"{papers[name].label} {papers[name].code}".strip()) for name in names]


@require_http_methods(["GET", "POST"])
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    """The winner answers each remark; the department reads."""
    user, found = person(request), find_selection(request, pk)
    writes = found.winner is not None and is_author(user, found.winner)
    if not writes and not runs(user, found):
        raise Http404
    case = found.case
    assert case is not None  # noqa: S101 - every selection is opened with its case
    shelf = case.definition.forms["explanation"]
    writes = writes and case.step in EXPLAINED
    form = None
    if writes:
        form = ShelfForm(shelf, request.POST or None, answers=explaining.begun(found), draft=True)
        if request.method == "POST" and form.is_valid():
            with refusal_on(form):
                explaining.explain(found, form.answers, by=user)
                say(request, _("The explanation is kept."))
                return redirect(found)
    elif request.method == "POST":
        warn(request, _("Only the authors of this application write in it."))
    shown = [(case.definition.papers[paper], told(shelf, explanation_of(found, step)))
             for step, paper in EXPLAINED.items() if found.explained.get(step)]  # fmt: skip
    context = {"selection": found, "form": form, "shown": shown, "river": through(person(request), found, here=found),
               "paper": case.definition.papers.get(EXPLAINED.get(case.step, "explanation"))}  # fmt: skip
    return render(request, "missions/select/explanation.html", context)
