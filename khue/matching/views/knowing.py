"""Who knows about a topic: a page of its own, and a box that other pages ask for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.asked import wholes
from khue.matching.bench import Key, entries_of, key_of
from khue.matching.experts import about, organisations, who_knows

LONGEST = 1000
IN_A_BOX = 5
SHOWN_RECORDS = 8


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Experts and organisations for the topic `q`, each with the evidence."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    return render(request, "matching/who_knows.html", {"query": query, **_found(person(request), query)})


@require_safe
def box(request: HttpRequest) -> HttpResponse:
    """The same for a record (`about`, as `kind:number`) or a topic (`q`), short; with `put`, people can be put into
    the council of the page, but for those who are `in` it."""
    user, query, key = person(request), request.GET.get("q", "").strip()[:LONGEST], None
    if "about" in request.GET:
        key = key_of(request.GET["about"])
        entries = entries_of(user, key) if key else []
        if not entries:
            raise Http404
        query = f"{entries[0].title}. {entries[0].summary}"[:LONGEST]
    found = _found(user, query, key)
    cut = {name: rows[:IN_A_BOX] for name, rows in found.items()}
    seated = set(wholes(request.GET.getlist("in")))
    return render(request, "matching/_who_knows.html", {**cut, "put": "put" in request.GET, "seated": seated})


def _found(user: User, text: str, leave_out: Key | None = None) -> dict[str, Any]:
    if not text:
        return {"people": [], "organisations": [], "records": []}
    known = about(user, text, leave_out=leave_out)
    return {
        "people": who_knows(user, text, known), "organisations": organisations(known), "records": known[:SHOWN_RECORDS]
    }  # fmt: skip
