"""The board over missions that are carried out, and what a lead organisation has of its own."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.scope import units_where
from khue.core.addresses import fixed_address
from khue.core.calendar import days_left_sentence
from khue.core.clock import today
from khue.directory.models import Place, Unit
from khue.flow.shelf.words import label_in
from khue.missions.models import Mission, ProgressReport
from khue.missions.rules.carry.board import Line, late_first, lines, open_ones, percents
from khue.missions.rules.carry.carrying import REPORT
from khue.missions.rules.carry.reports import WRITABLE
from khue.missions.rules.carry.years import total, years
from khue.missions.views.carry import gantt, mission_map

DO_NOW, BARS = 10, 15
AXIS = {"state": "state", "field": "field", "host_id": "host", "year": "year", "place_id": "place"}
"""Axis of the board -> parameter of the list."""


@dataclass(frozen=True, slots=True)
class Named:
    """A line of the board with its label and the list that it counts."""

    label: str
    href: str
    late_href: str
    """That of those which are late, where some are."""
    line: Line


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What hurts first, then the numbers, each of which opens the list it counts."""
    rows = open_ones(person(request))
    now = today()
    everything, tables = lines(rows, now)
    shown = rows.only("title", "starts_on", "ends_on")
    running = list(shown.filter(state=Mission.State.RUNNING).order_by("ends_on")[:BARS])
    late = list(late_first(rows, now)[:DO_NOW])
    context = {
        "sentence": _sentence(everything, late),
        "all": everything,
        "tiles": _tiles(everything, tables["state"]),
        "late": late,
        "tables": [(title, _named(axis, tables[axis])) for axis, title in _titles().items() if tables[axis]],
        "gantt": gantt.missions(running, percents(running)),
        "map": mission_map.chart(rows),
        "list": address(),
        "late_list": address(standing="overdue"),
    }
    return render(request, "missions/carry/board.html", context)


@require_GET
def board_years(request: HttpRequest) -> HttpResponse:
    """The part of the board with the money of each year, which is added up from every payment and every report; asked
    for after the board is there."""
    by_year = years(open_ones(person(request)))
    return render(request, "missions/carry/_board_years.html", {"years": by_year, "all_years": total(by_year)})


def address(**filters: Any) -> str:
    """The list of missions with these filters, kept to what the board counts."""
    asked = {"standing": "open", "inside": "1", **filters}
    return f"{fixed_address('missions:missions')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _sentence(everything: Line, late: list[Mission]) -> str:
    if not everything.count:
        return ""
    if not everything.late:
        told = ngettext("%(n)d mission is carried out; nothing is late.",
                        "%(n)d missions are carried out; nothing is late.", everything.count)  # fmt: skip
        return told % {"n": everything.count}
    told = ngettext(
        "%(late)d of %(n)d missions has something overdue; the longest: %(title)s, %(left)s.",
        "%(late)d of %(n)d missions have something overdue; the longest: %(title)s, %(left)s.",
        everything.late,
    )
    first = late[0]
    left = days_left_sentence(first.next_due_on, today()) if first.next_due_on else ""
    return told % {"late": everything.late, "n": everything.count, "title": first.title, "left": left}


def _tiles(everything: Line, states: list[Line]) -> list[dict[str, Any]]:
    by_state = {line.key: line for line in states}
    tiles: list[dict[str, Any]] = [
        {"label": _("Overdue"), "value": everything.late, "href": address(standing="overdue"), "state": "overdue"}
    ]
    for state in (Mission.State.CONTRACTING, Mission.State.RUNNING, Mission.State.SUSPENDED, Mission.State.ENDED):
        count = by_state[state].count if state in by_state else 0
        tiles.append({"label": state.label, "value": count, "href": address(state=state)})
    return tiles


def _titles() -> dict[str, str]:
    return {
        "state": _("By step"), "field": _("By field"), "host_id": _("By lead organisation"), "year": _("By first year"),
        "place_id": _("By place"),
    }  # fmt: skip


def _named(axis: str, lines: list[Line]) -> list[Named]:
    labels = _labels(axis, lines)
    found = []
    for line in lines:
        value = "none" if line.key in (None, "") else line.key
        asked = {AXIS[axis]: value}
        late = address(standing="overdue", **asked) if line.late else ""
        found.append(Named(labels.get(line.key, _("Not given")), address(**asked), late, line))
    return found


def _labels(axis: str, lines: list[Line]) -> dict[Any, str]:
    keys = [line.key for line in lines if line.key not in (None, "")]
    if axis == "state":
        return {key: str(Mission.State(key).label) for key in keys}
    if axis == "field":
        return {key: label_in("fields", key) for key in keys}
    if axis == "host_id":
        return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))
    if axis == "place_id":
        return {place.pk: str(place) for place in Place.objects.filter(pk__in=keys).only("kind", "name")}
    return {key: str(key) for key in keys}


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What a lead organisation carries out itself, with what it owes next."""
    waiting = ProgressReport.objects.filter(state__in=WRITABLE).order_by("due_on")
    rows = Mission.objects.filter(host__in=units_where(person(request), REPORT), case__isnull=False)
    rows = rows.select_related("case").prefetch_related(Prefetch("reports", waiting, to_attr="waiting"))
    open_rows = list(rows.filter(case__closed_at=None).order_by("next_due_on", "pk"))
    context = {
        "open": open_rows,
        "closed": rows.exclude(case__closed_at=None).order_by("-ends_on", "-pk")[:50],
        "late": sum(1 for one in open_rows if one.next_due_on and one.next_due_on < today()),
        "percents": percents(open_rows),
    }
    for one in open_rows:
        one.percent = context["percents"].get(one.pk, 0)  # type: ignore[attr-defined]
    return render(request, "missions/carry/own.html", context)
