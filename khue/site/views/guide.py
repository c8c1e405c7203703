"""The guide, to read as a whole."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from khue.core import glossary
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


def terms(request: HttpRequest) -> HttpResponse:
    """The glossary, with a search that does not mind accents."""
    query = request.GET.get("q", "")
    if query:
        groups = [(_("Found"), found)] if (found := glossary.search(query)) else []
    else:
        groups = [(name, list(rows)) for name, rows in groupby(glossary.terms().values(), lambda term: term.group)]
    return render(request, "site/glossary.html", {"groups": groups})
