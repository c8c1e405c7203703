"""The desk: what waits for me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the person who looks, ordered by what hurts first."""
    return render(request, "site/desk.html")
