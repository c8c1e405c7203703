"""Pages of the shell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the person who looks."""
    return render(request, "site/desk.html")
