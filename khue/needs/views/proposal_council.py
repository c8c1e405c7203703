"""Bringing proposals before a council, and the recommendation that comes out of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.accounts.asking import person
from khue.core.answering import refusal_on
from khue.core.asked import wholes
from khue.core.clock import today
from khue.core.river import RiverItem
from khue.core.toasts import say, warn
from khue.flow.forms import ShelfForm
from khue.needs.actions.proposal_council import form_council, hand_in, save_recommendation
from khue.needs.forms.proposal import CouncilForm
from khue.needs.models import Proposal
from khue.needs.rules.proposal_forms import version_of
from khue.needs.rules.proposal_review import may_form, subject_of
from khue.needs.rules.proposals import may_handle, visible_to
from khue.needs.views.proposal import find_proposal


@require_http_methods(["GET", "POST"])
def council_new(request: HttpRequest) -> HttpResponse:
    """Form a council over the proposals picked in the list (`?pick=`)."""
    user = person(request)
    refusal = may_handle(user)
    if refusal is not None:
        warn(request, str(refusal))
        return redirect("needs:proposals")
    data = request.POST or request.GET
    picked = wholes(data.getlist("pick"))
    rows = visible_to(user).select_related("unit", "case__process_version")
    chosen = list(rows.filter(pk__in=picked))
    waiting = rows.filter(state__in=[Proposal.State.SEARCHING, Proposal.State.IN_COUNCIL]).order_by("pk")
    title = _("Council to identify missions for %(year)s") % {"year": chosen[0].year if chosen else today().year + 1}
    form = CouncilForm(request.POST or None, initial={"title": title})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            council = form_council(chosen, title=form.cleaned_data["title"], by=user)
            say(request, _("The council was begun. Now give its seats."))
            return redirect(council)
    context = {
        "form": form, "waiting": [(one, one.pk in picked, may_form([one])) for one in waiting if _free(one)],
    }  # fmt: skip
    return render(request, "needs/proposal_council.html", context, status=422 if form.errors else 200)


def _free(proposal: Proposal) -> bool:
    """Whether no council that still works judges it."""
    subject = subject_of(proposal)
    return subject is None or subject.council.state == "concluded"


@require_http_methods(["GET", "POST"])
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete the council's recommendation and hand it in for the review of the procedure."""
    found, user = find_proposal(request, pk), person(request)
    refusal = may_handle(user, found)
    open_states = (Proposal.State.COMPLETING, Proposal.State.REVIEWING)
    if refusal is not None or found.state not in open_states:
        warn(request, str(refusal) if refusal else _("The recommendation stands as it was handed in."))
        return redirect(found)
    shelf = version_of(found).definition.forms["recommendation"]
    form = ShelfForm(shelf, request.POST or None, answers=found.recommendation)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            if found.state == Proposal.State.COMPLETING:
                hand_in(found, form.answers, by=user)
            else:
                save_recommendation(found, form.answers, by=user)
            say(request, _("The recommendation was kept."))
            return redirect(found)
    context = {
        "proposal": found, "form": form, "subject": subject_of(found),
        "river": [
            RiverItem(_("Proposal"), found.title, found.get_absolute_url()),
            RiverItem(_("Council"), _("Recommendation"), current=True),
        ],
    }  # fmt: skip
    return render(request, "needs/proposal_recommendation.html", context, status=422 if form.errors else 200)
