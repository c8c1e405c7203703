"""Receiving rounds: the list, a new one, and the board of who has answered."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from khue.accounts.asking import person
from khue.core.answering import refusal_on, refusal_told
from khue.core.asked import key
from khue.core.pages import PAGE, PER_PAGE, filtered_by, paginate
from khue.core.toasts import say
from khue.initiatives.actions import rounds as acting
from khue.initiatives.forms.round import RoundForm
from khue.initiatives.models import Initiative, Round
from khue.initiatives.rules.rounds import board, filed_in, hosts_for, may_answer, may_run, members, visible_to
from khue.journal.timeline import timeline


@require_GET
@filtered_by()
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds, the newest first."""
    user = person(request)
    rows = visible_to(user).select_related("host").order_by("-closes_on", "-pk")
    context = {"page": paginate(request, rows), "may_open": bool(hosts_for(user))}
    return render(request, "initiatives/round_list.html", context)


@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    user = person(request)
    if not (hosts := hosts_for(user)):
        raise PermissionDenied
    form = RoundForm(request.POST or None, hosts=hosts)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        asked = members(given.pop("asked"), host=given["host"])
        with refusal_on(form):
            made = acting.open_round(given.pop("title"), asked=asked, by=user, **given)
            say(request, _("The round is open. Units that are asked have been told."))
            return redirect(made)
    return render(request, "initiatives/round_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def round_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has answered; remind, close, or say that one's unit has none."""
    user = person(request)
    found = get_object_or_404(visible_to(user).select_related("host", "created_by"), pk=pk)
    if request.method == "POST":
        with refusal_told(request):
            say(request, _act(request, found))
        return redirect(found)
    rows = board(found)
    late = [row.asked for row in rows if row.waits]
    filed = filed_in(found)
    context = {
        "round": found, "asked": len(rows), "page": Paginator(rows, PER_PAGE).get_page(request.GET.get(PAGE)),
        "waiting": len(late), "answered": len(rows) - len(late), "filed": filed.count(),
        "recognised": filed.filter(state=Initiative.State.RECOGNISED).count(),
        "runs": may_run(user, found.host) is None, "entries": timeline(found.dossier),
        "own": [row for row in late if may_answer(user, row) is None],
    }  # fmt: skip
    return render(request, "initiatives/round.html", context)


def _act(request: HttpRequest, found: Round) -> str:
    user, verb = person(request), request.POST.get("do", "")
    if verb == "remind":
        count = acting.remind(found, by=user)
        return ngettext("%(n)d unit was reminded.", "%(n)d units were reminded.", count) % {"n": count}
    if verb == "close":
        acting.close(found, by=user)
        return _("The round is closed.")
    row = get_object_or_404(found.asked.select_related("unit"), pk=key(request.POST.get("row")))
    acting.say_none(row, request.POST.get("because", ""), by=user)
    return _("Kept: %(unit)s has none this time.") % {"unit": row.unit.name}
