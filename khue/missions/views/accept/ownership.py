"""Assigning the right to results: the list, the page of one, its moves and papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem, refusal_told
from khue.core.pages import View, paginate
from khue.core.river import RiverItem
from khue.core.toasts import say
from khue.councils.papers import response as word_response
from khue.councils.papers import word
from khue.flow.forms import ShelfForm
from khue.flow.posted import posted_move
from khue.flow.rules import MoveOffer, moves, parties_of
from khue.journal.timeline import timeline
from khue.language.text import fold
from khue.missions.actions.accept import ownership as work
from khue.missions.models import Ownership
from khue.missions.rules.accept.ownership import HOST_PAPERS, case_of, ownership_words, ownerships_visible_to, papers_of
from khue.missions.rules.carry.paper_heads import head_of_ownership
from khue.missions.rules.river import river
from khue.missions.rules.visibility import inside_of
from khue.office.excel import Column, response, workbook
from khue.office.vietnamese import in_vietnamese

TEMPLATE = "missions/accept/ownership.html"
STANDINGS: Mapping[str, Mapping[str, Any]] = {
    "open": {"case__closed_at": None},
    "assigned": {"case__step": "assigned"},
    "kept": {"case__step": "kept"},
}


def _listed(request: HttpRequest) -> QuerySet[Ownership]:
    """What waits first."""
    rows = ownerships_visible_to(person(request)).filter(**STANDINGS.get(request.GET.get("standing", ""), {}))
    for part in fold(request.GET.get("q", "")).split():
        rows = rows.filter(mission__folded__contains=part)
    rows = rows.select_related("mission__host", "applicant", "case__process_version").defer("mission__abstract")
    return rows.order_by(F("case__closed_at").desc(nulls_first=True), "pk")


@require_GET
def ownerships(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; as Excel with `?format=xlsx`."""
    rows = _listed(request)
    if request.GET.get("format") == "xlsx":
        return response(workbook(_("Rights to results"), _columns(), rows), "giao-quyen")
    views = [
        View(_("All"), ""), View(_("Under way"), "standing=open"), View(_("Right assigned"), "standing=assigned"),
        View(_("Kept by the state"), "standing=kept"),
    ]  # fmt: skip
    return render(request, "missions/accept/ownerships.html", {"page": paginate(request, rows), "views": views})


def _columns() -> Sequence[Column[Any]]:
    return [
        Column(_("Mission"), lambda one: one.mission.title),
        Column(_("Lead organisation"), lambda one: str(one.mission.host or one.mission.host_name)),
        Column(_("Step"), lambda one: str(one.case.step_now.staff)),
        Column(_("Who asks for the right"), lambda one: one.applicant.name if one.applicant else ""),
        Column(_("Right"), lambda one: one.get_right_display()),
        Column(_("Decision"), lambda one: one.decision_sign),
        Column(_("Day of the decision"), lambda one: one.decided_on, "date"),
        Column(_("Conditions"), lambda one: one.conditions),
    ]


def _found(request: HttpRequest, number: int) -> Ownership:
    related = (
        "mission__host", "mission__investigator", "mission__plan", "mission__order__proposal__directive",
        "mission__application__lead", "applicant", "case__process_version",
    )  # fmt: skip
    return get_object_or_404(ownerships_visible_to(person(request)).select_related(*related), pk=number)


@require_GET
def ownership(request: HttpRequest, number: int) -> HttpResponse:
    """One assignment."""
    return render(request, TEMPLATE, _page(request, _found(request, number)))


def _page(
    request: HttpRequest, found: Ownership, problem: str = "", forms: Mapping[str, ShelfForm] | None = None
) -> dict[str, Any]:
    user, case = person(request), case_of(found)
    sent = forms or {}
    offers = [one for one in moves(case, user) if one.refusal is None or one.refusal.code != "flow.not-yours"]
    return {
        "ownership": found,
        "mission": found.mission,
        "case": case,
        "river": [
            *river(user, order=found.mission.order, mission=found.mission, here=None),
            RiverItem(_("Right to the results"), str(found.applicant or case.step_now.staff), current=True),
        ],
        "problem": problem,
        "offers": [(one, sent.get(one.name) or _asked(one)) for one in offers],
        "results": found.mission.results.select_related("owner"),
        "papers": papers_of(found),
        "entries": timeline(found.dossier),
    }


def _asked(offer: MoveOffer) -> ShelfForm | None:
    return ShelfForm(offer.form, prefix=offer.name) if offer.form else None


@require_POST
def ownership_open(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the lead organisation of a mission."""
    mission = get_object_or_404(inside_of(person(request)), pk=number)
    shown = reverse("missions:settlement", args=[number])
    with refusal_told(request):
        shown = work.open_ownership(mission, by=person(request)).get_absolute_url()
        say(request, _("The lead organisation was asked."))
    return redirect(shown)


@require_POST
def ownership_move(request: HttpRequest, number: int) -> HttpResponse:
    """A move of the process, with its form where it has one."""
    found = _found(request, number)
    move = posted_move(case_of(found), request.POST)
    problem = Problem()
    if move.is_valid():
        with problem:
            work.act(found, move.name, by=person(request), comment=move.comment, data=move.data)
            say(request, _("Done: %(move)s.") % {"move": move.label})
            return redirect(found.get_absolute_url())
    return render(request, TEMPLATE, _page(request, _found(request, number), str(problem), move.forms), status=422)


@require_GET
@in_vietnamese()
def ownership_paper(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """A paper of the version, filled; under the head of whoever issues it."""
    found = _found(request, number)
    label = next((label for paper, label, _code in papers_of(found) if paper == name), None)
    issuer = found.applicant if name in HOST_PAPERS else None
    party = parties_of(case_of(found)).get("host" if name in HOST_PAPERS else "department")
    host = issuer or (party.unit if party else None)
    if label is None or host is None:
        raise Http404
    title, head = f"{label} {found.mission.code or found.mission.title}", head_of_ownership(name, found)
    data = word(
        case_of(found).process_version, name, ownership_words(found), host=host, signed=head.signed,
        issued_on=head.issued_on, subject=head.subject, recipients=head.recipients,
    )  # fmt: skip
    return word_response(data, title)
