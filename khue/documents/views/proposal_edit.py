"""Correcting one proposal: the card becomes a form that saves itself."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.accounts.asking import person
from khue.core.answering import Problem
from khue.core.asked import whole
from khue.documents.actions import proposals
from khue.documents.actions.proposals import Correction
from khue.documents.forms.proposal import ProposalForm
from khue.documents.models import Proposal, ProposalUnit
from khue.documents.views.extraction import find_extraction, panel_again


@require_http_methods(["GET", "POST"])
def proposal_edit(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """The form of a card; posting saves it and answers without content, so that the officer writes on undisturbed."""
    extraction = find_extraction(request, pk)
    proposal = get_object_or_404(extraction.proposals.prefetch_related("units__unit"), pk=proposal_pk)
    form = ProposalForm(request.POST or None, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        correction = form.correction(request.POST.getlist("lead"), request.POST.getlist("support"))
        return _save(request, proposal, correction)
    return render(request, "documents/_proposal_form.html", _form_context(extraction.document, proposal, form))


def _form_context(document: object, proposal: Proposal, form: ProposalForm) -> dict[str, object]:
    units = list(proposal.units.all())
    return {
        "document": document,
        "proposal": proposal,
        "form": form,
        "leads": [unit.name_now for unit in units if unit.part == ProposalUnit.Part.LEAD],
        "supports": [unit.name_now for unit in units if unit.part == ProposalUnit.Part.SUPPORT],
    }


def _save(request: HttpRequest, proposal: Proposal, correction: Correction) -> HttpResponse:
    version = whole(request.POST.get("version")) or 0
    with (problem := Problem()):
        saved = proposals.correct(proposal, correction, version=version, by=person(request))
        told = {"proposal-saved": {"id": saved.pk, "version": saved.version, "words": _("Saved")}}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(told)})
    return panel_again(request, proposal.extraction, refused=str(problem), here=proposal.pk)
