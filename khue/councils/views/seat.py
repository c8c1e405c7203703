"""A member's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khue.councils.views.asking import find_own_seat


@require_GET
def seat(request: HttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """What the member has to do."""
    return render(request, "councils/seat.html", {"seat": find_own_seat(request, pk, seat_pk)})
