"""The page of one initiative, its moves and its papers."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.accounts.scope import units_where
from khue.core.answering import Problem
from khue.core.toasts import say
from khue.councils.papers import response as word_response
from khue.councils.papers import word
from khue.flow.forms import ShelfForm
from khue.flow.models import Case
from khue.flow.posted import posted_move
from khue.flow.rules import MoveOffer, moves
from khue.flow.shelf.words import label_in
from khue.initiatives.actions import handling
from khue.initiatives.forms.application import ReachForm
from khue.initiatives.models import Initiative
from khue.initiatives.rules.application import points_needed, rules_told, told_to
from khue.initiatives.rules.initiatives import DECIDE, handles, may_attach, may_edit, reach_levels, reads_secrets
from khue.initiatives.rules.papers import context as paper_context
from khue.initiatives.rules.papers import day_of, investor, papers_of
from khue.initiatives.views.asking import files_of, find_initiative
from khue.journal.timeline import timeline
from khue.office.vietnamese import in_vietnamese

TEMPLATE = "initiatives/initiative.html"
NOT_ASKED = ("flow.not-yours", "initiative.no-state-money")
"""Why a move is not even shown: it is for somebody else, or for another kind of application."""
OF_FILES = ("files.attached", "files.removed")
"""What the journal tells of papers by name, confidential ones too."""


@require_GET
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative: what it says, where it stands, what can be done next."""
    found = find_initiative(request, pk)
    if found.state == Initiative.State.DRAFT:
        return redirect("initiatives:write", found.pk)
    return render(request, TEMPLATE, page_of(request, found))


def page_of(request: HttpRequest, found: Initiative, **given: Any) -> dict[str, Any]:
    """What the page shows; `given` has what was typed and refused."""
    user, case = person(request), found.case
    secrets, levels = reads_secrets(user, found), reach_levels(user, found)
    sent: Mapping[str, ShelfForm] = given.get("forms", {})
    there = moves(case, user) if case else []
    offers = [one for one in there if one.refusal is None or one.refusal.code not in NOT_ASKED]
    return {
        "initiative": found, "case": case, "secrets": secrets, "authors": _authors(found, secrets=secrets),
        "field": label_in("fields", found.field), "investor": investor(found),
        "answers": told_to(found, secrets=secrets),
        "hidden": not secrets and (found.content_secret or bool(found.answers.get("secret"))),
        "offers": [(one, sent.get(one.name) or _asked(one, found)) for one in offers if one.name != "correct"],
        "editing": may_edit(user, found) is None, "may_attach": may_attach(user, found) is None,
        "needed": points_needed(found) if found.score is not None else None,
        "files": files_of(found, user), "papers": papers_of(found, user), "rules": rules_told(found),
        "inside": handles(user, found), "sets_sheet": found.unit_id in units_where(user, DECIDE),
        "reach_form": ReachForm(levels=levels) if levels else None,
        "entries": [one for one in timeline(found.dossier) if secrets or one.verb not in OF_FILES], **given,
    }  # fmt: skip


def _authors(found: Initiative, *, secrets: bool) -> list[tuple[Any, Mapping[str, Any]]]:
    """Each author, with what else the application says of them where the person may read it."""
    rows = found.answers.get("authors") or []
    return [(one, rows[one.number - 1] if secrets and one.number <= len(rows) else {}) for one in found.authors.all()]


def case_of(found: Initiative) -> Case:
    """The case of an initiative that was filed."""
    if found.case is None:
        raise Http404
    return found.case


def _asked(offer: MoveOffer, found: Initiative) -> ShelfForm | None:
    if offer.form is None:
        return None
    last = found.case.records.filter(move=offer.name).order_by("-pk").first() if found.case else None
    return ShelfForm(offer.form, answers=last.data if last else {}, prefix=offer.name)


@require_POST
def initiative_move(request: HttpRequest, pk: int) -> HttpResponse:
    """A move of the process, with its form and reasons where it has them."""
    found = find_initiative(request, pk)
    move = posted_move(case_of(found), request.POST)
    problem = Problem()
    if move.is_valid():
        with problem:
            done = handling.act(found, move.name, by=person(request), comment=move.comment, data=move.data)
            say(request, _("Done: %(move)s.") % {"move": move.label})
            return redirect(done)
    typed = {"forms": move.forms, "opened": move.name, "comment": move.comment, "problem": str(problem)}
    return render(request, TEMPLATE, page_of(request, find_initiative(request, pk), **typed), status=422)


@require_GET
@in_vietnamese()
def initiative_paper(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A paper of the version as Word, filled with what is known."""
    found = find_initiative(request, pk)
    paper = next((one for one in papers_of(found, person(request)) if one.name == name), None)
    if paper is None:
        raise Http404
    version = case_of(found).process_version
    data = word(version, name, paper_context(found), host=found.unit, issued_on=day_of(name, found))
    return word_response(data, f"{paper.label} {found.title}")
