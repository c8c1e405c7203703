"""The page of one petition, and what is posted from it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import refusal_on, refusal_told
from khue.core.river import RiverItem
from khue.core.toasts import say
from khue.documents.models import Document
from khue.documents.rules.directive import visible_to as visible_directives
from khue.documents.rules.directive_words import field_label
from khue.documents.rules.visibility import visible_to as visible_documents
from khue.flow.models import StepRecord
from khue.flow.rules import moves
from khue.flow.shelf.law import cite
from khue.journal.timeline import timeline
from khue.petitions.actions import answering
from khue.petitions.actions.columns import WITHIN
from khue.petitions.forms import AnswerForm, PassOnForm
from khue.petitions.models import Petition
from khue.petitions.views.asking import find_petition

OWN_FORMS = {"answer", "pass-on"}
"""Moves with a form of their own on the page."""
TALK = ("ask-back", "reply", "pass-on")
"""Moves whose words are shown as what was said between the units."""


@require_GET
def petition(request: HttpRequest, pk: int) -> HttpResponse:
    """One petition: what it says, who has to answer until when, what was said, what can be done next."""
    return render(request, "petitions/petition.html", page_of(find_petition(request, pk), person(request)))


def page_of(found: Petition, user: User, **forms: Any) -> dict[str, Any]:
    """What the page shows; `forms` replaces a form by one with errors."""
    case = found.case
    assert case is not None  # noqa: S101 - only NULL while it is opened
    offers = [offer for offer in moves(case, user) if offer.refusal is None or offer.refusal.code != "flow.not-yours"]
    free = {offer.name for offer in offers if offer.refusal is None}
    said = list(case.records.filter(move__in=TALK).order_by("pk"))
    within = case.definition.provisions[WITHIN]
    return {
        "petition": found, "case": case, "river": _river(found, user), "field": field_label(found.field),
        "offers": [offer for offer in offers if offer.name not in OWN_FORMS], "asked": _asked(found, said),
        "said": said, "may_answer": "answer" in free, "may_pass": "pass-on" in free,
        "answer_form": AnswerForm(petition=found, user=user) if "answer" in free else None,
        "pass_form": PassOnForm(), "proof": _proof(found, user), "entries": timeline(found.dossier),
        "within": within.value, "within_basis": cite(within.basis), **forms,
    }  # fmt: skip


def _asked(found: Petition, said: list[StepRecord]) -> str:
    """The question that waits for a reply."""
    asked = [one.comment for one in said if one.move == "ask-back"]
    return asked[-1] if asked and found.state == Petition.State.ASKED_BACK else ""


def _document_station(kind: str, document: Document, user: User) -> RiverItem | None:
    """A document where the petition comes from or by which it was answered; nothing of one seen by few."""
    if visible_documents(user).filter(pk=document.pk).exists():
        return RiverItem(kind, str(document), document.get_absolute_url())
    return None if document.restricted or document.secret else RiverItem(kind, str(document))


def _river(found: Petition, user: User) -> list[RiverItem]:
    items = [_document_station(_("Document"), found.document, user)] if found.document else []
    items.append(RiverItem(found.get_kind_display(), found.title, found.get_absolute_url(), current=True))
    return [item for item in [*items, *_proof(found, user)] if item is not None]


def _proof(found: Petition, user: User) -> list[RiverItem]:
    """The document that answers and the directive by which it is done."""
    said = found.answer_document
    items = [_document_station(_("Document that answers"), said, user)] if said else []
    if (order := found.answer_directive) is not None and visible_directives(user).filter(pk=order.pk).exists():
        items.append(RiverItem(_("Directive"), str(order), order.get_absolute_url()))
    return [item for item in items if item is not None]


def _after(
    request: HttpRequest, found: Petition, act: Callable[[], Petition], said: str, form: Any = None
) -> HttpResponse:
    """Do it and go back to the page; a refusal is told and what was typed comes back."""
    with refusal_told(request) if form is None else refusal_on(form):
        done = act()
        say(request, said % {"code": done.code, "unit": done.recipient.name})
        return redirect(done.get_absolute_url())
    if form is not None:
        return _again(request, found, form)
    typed = {"typed": request.POST.get("comment", ""), "opened": request.POST.get("move", "")}
    fresh = find_petition(request, found.pk)
    return render(request, "petitions/petition.html", page_of(fresh, person(request), **typed), status=422)


def _again(request: HttpRequest, found: Petition, form: Any) -> HttpResponse:
    """The page with a form's errors beside its fields."""
    name = "answer" if isinstance(form, AnswerForm) else "pass"
    context = page_of(found, person(request), **{f"{name}_form": form}, opened=name)
    return render(request, "petitions/petition.html", context, status=422)


@require_POST
def petition_move(request: HttpRequest, pk: int) -> HttpResponse:
    """A move that takes a word of explanation, or none."""
    found, name = find_petition(request, pk), request.POST.get("move", "")
    comment = request.POST.get("comment", "")
    return _after(
        request, found, lambda: answering.act(found, name, by=person(request), comment=comment), _("Done: %(code)s.")
    )


@require_POST
def petition_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer with what proves it."""
    found, user = find_petition(request, pk), person(request)
    form = AnswerForm(request.POST, petition=found, user=user)
    if not form.is_valid():
        return _again(request, found, form)
    given = form.cleaned_data
    return _after(
        request, found, lambda: answering.answer(
            found, given["comment"], by=user, document=given["document"], directive=given["directive"]
        ), _("%(code)s was answered; who voiced it was told."), form,
    )  # fmt: skip


@require_POST
def petition_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Another unit is to answer."""
    found, user = find_petition(request, pk), person(request)
    form = PassOnForm(request.POST)
    if not form.is_valid():
        return _again(request, found, form)
    given = form.cleaned_data
    return _after(
        request, found, lambda: answering.pass_on(found, given["unit"], given["comment"], by=user),
        _("%(code)s was passed on to %(unit)s."), form,
    )  # fmt: skip
