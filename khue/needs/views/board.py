"""The triage board of the department."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core.pages import filtered_by
from khue.directory.maps import commune_choices
from khue.flow.shelf.words import words
from khue.needs.models import Need
from khue.needs.rules.choosing import (
    Filters,
    chosen,
    dressed,
    found_by_filters,
    name_places,
    read_filters,
    state_labels,
)
from khue.needs.rules.rounds import choices as round_choices
from khue.needs.rules.scope import SEE, TRIAGE
from khue.needs.rules.triage import (
    COLUMNS,
    COMPARED,
    Counts,
    alike,
    counted,
    days_waiting,
    in_order,
    sentence,
)

SHOWN = 12
"""Cards a column; the rest is one click away in the list."""
FILTERS = ("urgency", "livelihood", "place", "field", "unit", "round")


@require_GET
@filtered_by(*FILTERS)
def board(request: HttpRequest) -> HttpResponse:
    """Open needs by step, what hurts first."""
    user = person(request)
    if not for_department(user, SEE):
        raise PermissionDenied
    found = read_filters(user, request.GET)
    found.state = "open"
    rows = _cards(user, found)
    counts = counted(found_by_filters(user, found).order_by())
    context = {
        "filters": found, "counts": counts, "sentence": sentence(counts), "columns": _columns(request, rows, counts),
        "tiles": _tiles(counts),
        "urgencies": Need.Urgency.choices, "fields": words("fields").items(), "communes": commune_choices(),
        "rounds": round_choices(user), "may_triage": for_department(user, TRIAGE),
    }  # fmt: skip
    return render(request, "needs/board.html", context)


def _cards(user: User, found: Filters) -> list[Need]:
    """The first of each column: found by number along the index, then fetched together with what a card shows."""
    firsts = [found_by_filters(user, replace(found, state=state)).values("pk")[:SHOWN] for state in COLUMNS]
    rows = list(dressed(in_order(Need.objects.filter(pk__in=firsts[0].union(*firsts[1:], all=True)))))
    name_places(rows)
    for need in rows:
        need.waited = days_waiting(need)  # type: ignore[attr-defined]
    return rows


@require_GET
def alike_ones(request: HttpRequest) -> HttpResponse:
    """The part of the board with needs that perhaps say the same; asked for after the board is there."""
    user = person(request)
    if not for_department(user, SEE):
        raise PermissionDenied
    found = read_filters(user, request.GET)
    found.state = "open"
    rows = chosen(user, found).exclude(state=Need.State.PROPOSED).prefetch_related(None)[:COMPARED]
    context = {"groups": alike(list(rows)), "may_triage": for_department(user, TRIAGE), "back": _board(request)}
    return render(request, "needs/_alike.html", context)


def _board(request: HttpRequest) -> str:
    return f"{reverse('needs:board')}?{request.GET.urlencode()}"


def _columns(request: HttpRequest, rows: list[Need], counts: Counts) -> list[dict[str, Any]]:
    labels = state_labels()
    kept = request.GET.copy()
    columns = []
    for state in COLUMNS:
        kept["state"] = state
        shown = [need for need in rows if need.state == state]
        columns.append({
            "state": state, "label": labels[state], "count": counts.by_state[state], "needs": shown,
            "more": counts.by_state[state] - len(shown), "url": f"{reverse('needs:needs')}?{kept.urlencode()}",
        })  # fmt: skip
    return columns


def _tiles(counts: Counts) -> list[dict[str, Any]]:
    listed = reverse("needs:needs")
    labels = {"urgent": ("state=open&urgency=urgent", counts.urgent, "overdue" if counts.urgent else ""),
              "livelihood": ("state=open&livelihood=1", counts.livelihood, ""),
              "overdue": ("state=overdue", counts.overdue, "overdue" if counts.overdue else "done"),
              "open": ("state=open", counts.open, "")}  # fmt: skip
    return [
        {"name": name, "value": value, "href": f"{listed}?{query}", "state": state}
        for name, (query, value, state) in labels.items()
    ]
