"""Standing councils: the list, one with its members and sittings, a sitting begun, its reviewers named."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import the_department
from khue.core.answering import Problem, refusal_on, refusal_told
from khue.core.asked import key, wholes
from khue.core.pages import paginate
from khue.core.toasts import say, warn
from khue.councils import actions
from khue.councils.forms.acts import ReasonForm
from khue.councils.forms.standing import StandingForm, StandingMemberForm
from khue.councils.models import Standing
from khue.councils.rules.managing import may_manage
from khue.councils.rules.numbers import numbers
from khue.councils.rules.standing import (
    KINDS,
    could_sit,
    listed,
    may_name_reviewers,
    members_of,
    suggested_reviewers,
    visible_to,
)
from khue.councils.rules.visibility import visible_to as councils_visible_to
from khue.councils.views.asking import find_council, problem_of
from khue.councils.views.council_list import kind_label
from khue.directory.models import Unit
from khue.journal.timeline import timeline


@require_GET
def standing_councils(request: HttpRequest) -> HttpResponse:
    """Standing councils, those in their term first."""
    user = person(request)
    page = paginate(request, listed(user))
    for one in page.object_list:
        one.kind_label = kind_label(one.kind)  # type: ignore[attr-defined]
    host = _host(user)
    return render(request, "councils/standing_list.html", {"page": page, "may_set_up": host is not None})


def _host(user: User) -> Unit | None:
    """The department, if the person runs its councils."""
    host = the_department(user)
    return host if host is not None and may_manage(user, host) is None else None


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record the decision that sets one up."""
    user = person(request)
    host = _host(user)
    if host is None:
        raise PermissionDenied
    form = StandingForm(request.POST or None, labels={kind: kind_label(kind) for kind in KINDS})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = actions.set_up_standing(host=host, members=form.members, by=user, **form.decision)
            say(request, _("The standing council is set up."))
            return redirect(made)
    return render(request, "councils/standing_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _find(request: HttpRequest, pk: int) -> Standing:
    return get_object_or_404(visible_to(person(request)).select_related("host"), pk=pk)


@require_http_methods(["GET", "POST"])
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """One: its term, who sits in it, when it sat; POST changes the members or ends it."""
    found, user = _find(request, pk), person(request)
    bound: dict[str, Form] = {}
    if request.method == "POST" and _posted(request, found, user, bound):
        return redirect(found)
    sittings = councils_visible_to(user).filter(standing=found).order_by("-meets_at", "-pk")
    context = {
        "standing": found, "kind": kind_label(found.kind), "members": members_of(found), "sittings": sittings[:100],
        "gone": found.members.exclude(left_on=None).select_related("person"),
        "runs": may_manage(user, found.host) is None, "entries": timeline(found.journal),
        "member_form": bound.get("add") or StandingMemberForm(), "failed": next(iter(bound.values()), None),
        "problem": problem_of(next(iter(bound.values()), None)),
    }  # fmt: skip
    return render(request, "councils/standing.html", context, status=422 if bound else 200)


def _posted(request: HttpRequest, found: Standing, user: User, bound: dict[str, Form]) -> bool:
    name = request.POST.get("do", "")
    member = found.members.filter(pk=key(request.POST.get("member"))).first()
    form: Form = StandingMemberForm(request.POST) if name == "add" else ReasonForm(request.POST)
    verbs: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
        "add": (lambda told: actions.add_standing_member(found, by=user, **told), _("The member was put in.")),
        "end": (lambda told: actions.end_standing(found, reason=told["reason"], by=user), _("The council was ended.")),
    }
    if member is not None:
        verbs["remove"] = (
            lambda told: actions.remove_standing_member(member, reason=told["reason"], by=user),
            _("The member was taken out."),
        )
    if name not in verbs:
        raise Http404
    if form.is_valid():
        with refusal_on(form):
            verbs[name][0](form.cleaned_data)
            say(request, verbs[name][1])
            return True
    bound[name] = form
    return False


@require_POST
def sit(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a standing council sit as the one that is being formed."""
    council, user = find_council(request, pk), person(request)
    chosen = next((one for one in could_sit(council) if str(one.pk) == request.POST.get("standing")), None)
    if chosen is None:
        warn(request, _("This standing council cannot sit here now. Reload the page."))
        return redirect(council)
    with refusal_told(request):
        for refusal in actions.sit(council, chosen, by=user):
            warn(request, str(refusal))
        say(request, _("The standing council sits. Set the day of the meeting and let it name its reviewers."))
    return redirect(council)


@require_http_methods(["GET", "POST"])
def reviewers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reviews what: proposed by what the members know, decided by the council."""
    council, user = find_council(request, pk), person(request)
    if council.standing_id is None or may_name_reviewers(user, council) is not None:
        raise Http404
    offered, problem = suggested_reviewers(council), Problem()
    least = numbers(council).number("reviewers")
    picked = {subject.pk: {seat.pk for seat in seats[:least]} for subject, seats in offered.items()}
    named = {(row.subject_id, row.seat_id) for seat in council.seats.all() for row in seat.reviews.all()}
    if named:
        picked = {subject.pk: {seat for one, seat in named if one == subject.pk} for subject in offered}
    if request.method == "POST":
        picked = {subject.pk: set(wholes(request.POST.getlist(f"subject-{subject.pk}")))
                  for subject in offered}  # fmt: skip
        chosen = {subject: [seat for seat in seats if seat.pk in picked[subject.pk]]
                  for subject, seats in offered.items()}  # fmt: skip
        with problem:
            actions.name_reviewers(council, chosen, by=user)
            say(request, _("The reviewers are named."))
            return redirect(council)
    rows = [(subject, [(seat, seat.pk in picked[subject.pk]) for seat in seats]) for subject, seats in offered.items()]
    context = {"council": council, "rows": rows, "least": least, "problem": problem}
    return render(request, "councils/reviewers.html", context, status=422 if problem else 200)
