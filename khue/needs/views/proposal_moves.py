"""What is posted from the page of a proposal."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.core.answering import written
from khue.core.refusals import Refusal, Refused, require
from khue.files.actions import attach
from khue.needs.actions.proposal_opinions import ask, give
from khue.needs.actions.proposal_search import take_in
from khue.needs.actions.proposals import act
from khue.needs.forms.proposal import OpinionForm
from khue.needs.models import Proposal
from khue.needs.rules.proposals import is_own, may_handle
from khue.needs.views.proposal import find_proposal, page_of


def answer(
    request: HttpRequest, found: Proposal, name: str, form: forms.Form, write: Callable[[], str]
) -> HttpResponse:
    """Write when the form is valid; otherwise, or when it is refused, the page again with nothing lost."""
    if written(request, form, write):
        return redirect(found)
    context = page_of(find_proposal(request, found.pk), person(request), **{name: form, "opened": name})
    return render(request, "needs/proposal.html", context, status=422)


@require_POST
def proposal_move(request: HttpRequest, pk: int) -> HttpResponse:
    """A move of its process: take in, refuse, withdraw, send back, recommend."""
    found = find_proposal(request, pk)
    name, comment = request.POST.get("move", ""), request.POST.get("comment", "")
    if not name:
        raise Http404

    def write() -> str:
        if name == "start-search":
            search = take_in(found, by=person(request))
            return _("Taken in. %(count)s records came near; judge them and sign.") % {"count": len(search.hits)}
        act(found, name, by=person(request), comment=comment)
        return _("Done.")

    return answer(request, found, "move", forms.Form(request.POST), write)


@require_POST
def opinion_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a body or a person for a second opinion."""
    found = find_proposal(request, pk)
    form = OpinionForm(request.POST)

    def write() -> str:
        data = form.cleaned_data
        whom = {"unit": data["unit"], "person": data["person"]}
        ask(found, question=data["question"], due_on=data["due_on"], by=person(request), **whom)
        return _("Asked. The answer will stand here.")

    return answer(request, found, "opinion", form, write)


@require_POST
def opinion_give(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write the opinion that one was asked for."""
    found = find_proposal(request, pk)
    opinion = get_object_or_404(found.opinions.all(), pk=number)

    def write() -> str:
        give(opinion, text=request.POST.get("text", ""), by=person(request))
        return _("Thank you: the department was told.")

    return answer(request, found, "give", forms.Form(request.POST), write)


@require_POST
def proposal_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a file: by the proposing side or the department."""
    found, user = find_proposal(request, pk), person(request)
    given = request.FILES.get("file")

    def write() -> str:
        if given is None:
            raise Refused(Refusal("proposal.no-file", _("Choose a file first.")))
        require(None if is_own(user, found) else may_handle(user, found))
        attach(given, dossier=found.dossier, by=user)
        return _("The file was attached.")

    return answer(request, found, "attach", forms.Form(request.POST), write)
