"""Invitations: the secretary makes a one-time link; whoever has it answers without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from khue.accounts import actions as accounts
from khue.accounts.asking import person
from khue.core.answering import Problem, refusal_told
from khue.core.refusals import Refusal, Refused
from khue.councils import actions
from khue.councils.actions.cases import COUNCIL
from khue.councils.actions.inviting import invitation_of, opened_by_link
from khue.councils.views.asking import find_council


@never_cache
@require_POST
def invite(request: HttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Make the link; it is shown here once, for the letter or the message."""
    council = find_council(request, pk)
    seat = get_object_or_404(council.seats.select_related("person"), pk=seat_pk)
    with refusal_told(request):
        secret = actions.invite(seat, by=person(request))
        link = request.build_absolute_uri(reverse("councils:invitation", args=[secret]))
        return render(request, "councils/invited.html", {"council": council, "seat": seat, "link": link})
    return redirect(council)


@login_not_required
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Behind the link: what is asked, and the answer. Accepting leads to choosing a password where there is none."""
    found = invitation_of(secret)
    if found is None:
        return render(request, "councils/invitation_over.html", status=410)
    seat, problem = found.seat, Problem()
    if request.method == "POST":
        with problem:
            if request.POST.get("answer") == "decline":
                actions.decline_by_link(secret, reason=request.POST.get("reason", ""))
                return render(request, "councils/invitation_thanks.html", {"seat": seat, "declined": True})
            if request.POST.get("answer") != "accept":
                raise Refused(Refusal("invitation.no-answer", _("Choose whether you take the seat.")))
            seat, user = actions.accept_by_link(secret)
            if opened_by_link(user):
                return redirect("accounts:welcome", accounts.invite(user, by=COUNCIL))
            return redirect(seat)
    context = {
        "seat": seat, "council": seat.council, "problem": problem, "until": found.expires_at,
    }  # fmt: skip
    return render(request, "councils/invitation.html", context, status=422 if problem else 200)
