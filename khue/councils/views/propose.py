"""Choosing members: the best proposal with why, what a change by hand costs, what is short and ways out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem, refusal_told
from khue.core.asked import key, whole, wholes
from khue.core.toasts import say, warn
from khue.councils.actions import Wanted, add_seat, add_seats, change_seat, replace_seat
from khue.councils.assigning.problem import Plan, Shortage
from khue.councils.assigning.problem import Refused as NotPossible
from khue.councils.forms.acts import SeatForm
from khue.councils.forms.people import AddForm
from khue.councils.models import Council, Seat
from khue.councils.rules.candidates import Candidate, next_best, pool, proposal
from khue.councils.rules.conflicts import not_known
from khue.councils.views.asking import find_run_council
from khue.directory.models import Person

LONGEST_TOPIC = 1000
SHOWN = 60
"""Candidates shown below the proposal; others are found by name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat of the proposal."""

    candidate: Candidate
    role: str
    role_label: str
    seated: bool
    by_hand: bool
    unknown: Sequence[str]


def _asked(request: HttpRequest) -> tuple[list[tuple[int, str]], list[int]]:
    """What the officer decided by hand, out of the address: `put=5:chair`, `without=7`."""
    put = [tuple(one.split(":", 1)) for one in request.GET.getlist("put") if ":" in one]
    pairs = [(found, role) for pk, role in put if (found := whole(pk)) is not None and role in Seat.Role.values]
    return pairs, wholes(request.GET.getlist("without"))


@require_GET
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal, with the officer's own choices in the address."""
    council = find_run_council(request, pk)
    candidates = pool(council)
    put, without = _asked(request)
    problem, best, plan = "", None, None
    try:
        best, plan = proposal(council, candidates, put=put, without=without)
    except NotPossible as refused:
        problem = str(refused)
    context: dict[str, Any] = {
        "council": council, "problem": problem, "put": put, "without": without, "add_form": AddForm(),
        "roles": Seat.Role.choices, "topic": _topic(council),
    }  # fmt: skip
    if plan is not None and best is not None:
        context |= _told(council, candidates, best, plan, put)
    context["others"] = _others(candidates, context.get("places", []))
    return render(request, "councils/propose.html", context)


def _topic(council: Council) -> str:
    """What the council judges, in words."""
    return ". ".join(council.subjects.values_list("title", flat=True))[:LONGEST_TOPIC]


def _told(
    council: Council, candidates: Sequence[Candidate], best: Plan, plan: Plan, put: Sequence[tuple[int, str]]
) -> dict[str, Any]:
    by_pk = {str(one.person.pk): one for one in candidates}
    seated = {
        str(pk)
        for pk in council.seats.filter(state__in=("proposed", "invited", "accepted")).values_list("person", flat=True)
    }
    hand, labels = {str(pk) for pk, _role in put}, dict(Seat.Role.choices)
    unknown = not_known([int(seat.expert) for seat in plan.assignments], council)
    places = [
        Place(
            by_pk[seat.expert], seat.role, str(labels.get(seat.role, seat.role)), seat.expert in seated,
            seat.expert in hand, unknown.get(int(seat.expert), []),
        )
        for seat in plan.assignments
    ]  # fmt: skip
    short: Sequence[Shortage] = plan.short
    return {
        "places": places, "short": short, "status": plan.status, "score": plan.objective, "bound": plan.bound,
        "cost": round(best.objective - plan.objective, 3), "fewer": len(best.assignments) - len(plan.assignments),
        "new": [place for place in places if not place.seated],
    }  # fmt: skip


def _others(candidates: Sequence[Candidate], places: Sequence[Place]) -> list[Candidate]:
    taken = {place.candidate.person.pk for place in places}
    return [one for one in candidates if one.person.pk not in taken][:SHOWN]


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Give seats to those of the proposal that were left ticked, or to one person put in by hand."""
    council, user = find_run_council(request, pk), person(request)
    wanted = [one.split(":", 1) for one in request.POST.getlist("take") if ":" in one]
    if not wanted:
        return _by_hand(request, council)
    people = Person.objects.in_bulk(wholes(pk for pk, _role in wanted))
    known = [(people[found], role) for pk, role in wanted if (found := whole(pk)) in people]
    with refusal_told(request):
        seats, refusals = add_seats(council, [Wanted(one, role) for one, role in known], by=user)
        if given := len(seats):
            say(request, ngettext("%(n)d member was put in.", "%(n)d members were put in.", given) % {"n": given})
        for refusal in refusals:
            warn(request, str(refusal))
    return redirect(council)


def _by_hand(request: HttpRequest, council: Council) -> HttpResponse:
    form = AddForm(request.POST)
    role = request.POST.get("role", Seat.Role.MEMBER)
    if not form.is_valid():
        warn(request, " ".join(str(one) for rows in form.errors.values() for one in rows))
        return redirect("councils:propose", pk=council.pk)
    with refusal_told(request):
        add_seat(council, form.cleaned_data["person"], role=role, by=person(request))
        say(request, _("The member was put in."))
        return redirect(council)
    return redirect("councils:propose", pk=council.pk)


@require_http_methods(["GET", "POST"])
def seat_edit(request: HttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Change a role, or put somebody else in the seat; the next best are offered."""
    council, user = find_run_council(request, pk), person(request)
    seat = get_object_or_404(council.seats.select_related("person", "council__host"), pk=seat_pk)
    subjects = list(council.subjects.all())
    initial = {"role": seat.role, "reviews": list(seat.reviews.values_list("subject", flat=True))}
    form = SeatForm(request.POST if "role" in request.POST else None, initial=initial, subjects=subjects)
    problem = Problem()
    if request.method == "POST":
        with problem:
            if "replace" in request.POST:
                other = get_object_or_404(Person, pk=key(request.POST["replace"]))
                replace_seat(seat, other, reason=request.POST.get("reason", ""), by=user)
                say(request, _("The seat has a new member."))
                return redirect(council)
            if form.is_valid():
                data = form.cleaned_data
                change_seat(seat, role=data["role"], reviews=list(data["reviews"]), by=user)
                say(request, _("The seat was changed."))
                return redirect(council)
    context = {
        "council": council, "seat": seat, "form": form, "next": next_best(council, seat.role), "problem": problem
    }  # fmt: skip
    return render(request, "councils/seat_edit.html", context, status=422 if problem or form.errors else 200)
