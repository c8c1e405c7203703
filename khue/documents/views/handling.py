"""Forwarding, the disposition slip, acknowledging, links between documents."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_told
from khue.core.refusals import require
from khue.core.toasts import say, warn
from khue.documents.actions.citations import Cited, cite, decide
from khue.documents.actions.handling import acknowledge, dispose, forward
from khue.documents.actions.receiving import take_in
from khue.documents.forms.handling import DispositionForm, ForwardForm
from khue.documents.models import Acknowledgement, Citation, CitationProposal, Document, Recipient
from khue.documents.rules.handling import may_keep
from khue.documents.views.document import find


def attempt(request: HttpRequest, document: Document, act: Callable[[], object], told: str) -> HttpResponse:
    """Do it and say so, or say why not; back to the document's page."""
    with refusal_told(request):
        act()
        say(request, told)
    return redirect(document)


def _wrong(form: Form) -> str:
    return "; ".join(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items())


@require_POST
def dispose_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a line on the disposition slip."""
    document, user = find(request, pk), person(request)
    form = DispositionForm(request.POST, document=document)
    if not form.is_valid():
        warn(request, _wrong(form))
        return redirect(document)
    return attempt(
        request, document, lambda: dispose(document, by=user, **form.cleaned_data), _("Written on the slip.")
    )


@require_POST
def forward_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an incoming document on."""
    document, user = find(request, pk), person(request)
    form = ForwardForm(request.POST, document=document)
    if not form.is_valid():
        warn(request, _wrong(form))
        return redirect(document)
    if not (form.cleaned_data["units"] or form.cleaned_data["people"]):
        warn(request, _("Choose a unit or a person first."))
        return redirect(document)
    units, people = form.cleaned_data["units"], form.cleaned_data["people"]
    return attempt(request, document, lambda: forward(document, units, by=user, people=people), _("Forwarded."))


@require_POST
def acknowledge_document(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    """Say that it has arrived, or that the recalled copy is destroyed."""
    document, user = find(request, pk), person(request)
    target = get_object_or_404(Recipient.objects.select_related("document"), pk=recipient, document=document)
    of = Acknowledgement.Of.RECALL if document.recalled_at else Acknowledgement.Of.RECEIPT
    return attempt(request, document, lambda: acknowledge(target, by=user, of=of), _("Acknowledged."))


@require_POST
def take_document_in(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    """Register a document that was sent to one's unit in the unit's own register."""
    document, user = find(request, pk), person(request)
    target = get_object_or_404(Recipient, pk=recipient, document=document)
    shown = document
    with refusal_told(request):
        shown = take_in(target, by=user)
        told = {"number": shown.arrival_number}
        say(request, _("Registered under arrival number %(number)s, and acknowledged.") % told)
    return redirect(shown)


@require_POST
def decide_link(request: HttpRequest, pk: int, proposal: int) -> HttpResponse:
    """Accept or reject a proposed link."""
    document, user = find(request, pk), person(request)
    target = get_object_or_404(CitationProposal, pk=proposal, citation__document=document)
    accept = request.POST.get("accept") == "1"
    told = _("Linked.") if accept else _("Set aside.")
    return attempt(request, document, lambda: decide(target, by=user, accept=accept), told)


@require_POST
def add_citation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say by hand that this document is based on, replies to or corrects another one."""
    document, user = find(request, pk), person(request)
    sign, kind = request.POST.get("sign", "").strip()[:80], request.POST.get("kind", "")
    if not sign or kind not in Citation.Kind.values:
        warn(request, _("Type the number and sign of the other document first."))
        return redirect(document)

    def act() -> None:
        require(may_keep(user, document))
        cite(document, [Cited(sign, kind=kind)], by=user)

    return attempt(request, document, act, _("Noted."))
