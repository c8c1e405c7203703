"""The guide, to read as a whole."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from khue.core.help import chapters


def guide(request: HttpRequest) -> HttpResponse:
    """The chapters and what is in them."""
    return render(request, "site/guide.html", {"chapters": chapters()})


def chapter(request: HttpRequest, name: str) -> HttpResponse:
    """One chapter."""
    for found in chapters():
        if found.name == name:
            return render(request, "site/chapter.html", {"chapter": found, "chapters": chapters()})
    raise Http404
