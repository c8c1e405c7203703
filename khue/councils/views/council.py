"""The page of a council."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khue.councils.rules.visibility import subjects_for
from khue.councils.views.asking import find_council, person


@require_GET
def council(request: HttpRequest, pk: int) -> HttpResponse:
    """One council: members, subjects, steps."""
    found = find_council(request, pk)
    seats = found.seats.select_related("person", "unit")
    context = {"council": found, "seats": seats, "subjects": subjects_for(person(request), found)}
    return render(request, "councils/council.html", context)
