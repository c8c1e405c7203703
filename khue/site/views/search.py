"""Search over everything; HTMX asks for the short list under Ctrl-K."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khue.core import search as everything
from khue.site.requests import signed_in

IN_PALETTE = 5
"""Hits of each kind under Ctrl-K; the page shows them all."""


def search(request: HttpRequest) -> HttpResponse:
    """What answers to `?q=`, all kinds or only `?kind=`, with the number of each."""
    text, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    in_palette = bool(getattr(request, "htmx", False))
    found = everything.find(signed_in(request), text, IN_PALETTE if in_palette else everything.PER_SOURCE)
    shown = [answer for answer in found if kind in ("", answer.source.name)]
    context = {"text": text, "kind": kind, "found": found, "shown": shown, "too_short": len(text) < everything.SHORTEST}
    return render(request, "site/_palette_results.html" if in_palette else "site/search.html", context)
