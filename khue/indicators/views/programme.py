"""Programmes: what was promised, how far it is, where it is heading."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.clock import today
from khue.core.pages import filtered_by
from khue.directory.models import Unit
from khue.indicators.models import Cycle, Period, Programme
from khue.indicators.rules.composing import composes
from khue.indicators.rules.defining import may_define
from khue.indicators.rules.lights import met
from khue.indicators.rules.programmes import units_for, visible_to, whole
from khue.indicators.rules.progress import Standing, standings
from khue.indicators.rules.sparklines import sparkline
from khue.indicators.views.typed import whole as number
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response

Spans = list[tuple[int, list[Period]]]
"""Years, each with its periods."""


@require_GET
@filtered_by()
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes, those that run first."""
    rows = visible_to(person(request)).select_related("lead").order_by("-last_year", "-first_year", "code")
    running = [one for one in rows if one.first_year <= today().year <= one.last_year]
    past = [one for one in rows if one not in running]
    begins = may_define(person(request)) is None
    return render(request, "indicators/programmes.html", {"running": running, "past": past, "begins": begins})


@require_GET
@filtered_by("unit", "until", "year", "light")
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Every target with its progress, forecast and light, for the city or for one unit."""
    readable = visible_to(person(request)).select_related("lead").prefetch_related("sets")
    found = get_object_or_404(readable, code=code)
    end = followed_until(found)
    unit, year = chosen_unit(request, found), chosen_year(request, found, end)
    rows = standings(found, unit, year, until=chosen_day(request))
    spans = ended_periods(found, end)
    return render(request, "indicators/programme.html", page_of(request, found, unit, year, rows, spans))


def page_of(
    request: HttpRequest, found: Programme, unit: Unit, year: int, rows: list[Standing], spans: Spans
) -> dict[str, Any]:
    """What the page of a programme shows."""
    lights = [row.light.state for row in rows if row.target and row.target.year == year]
    chosen = request.GET.get("light", "")
    shown = [row for row in rows if not chosen or row.light.state in _states(chosen)]
    until = chosen_day(request)
    kept = {"until": until or f"{year}-12-31", **({"unit": unit.pk} if request.GET.get("unit") else {})}
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in shown:
        title = row.indicator.objective.title if row.indicator.objective else ""
        groups.setdefault(title, []).append({"standing": row, "spark": sparkline(row)})
    return {
        "programme": found, "unit": unit, "year": year, "groups": list(groups.items()), "chosen": chosen,
        "asked": len(lights),
        "good": sum(state in _states("good") for state in lights), "doubt": lights.count("due-soon"),
        "late": lights.count("overdue"), "unknown": lights.count("waiting"),
        "units": units_for(person(request), found).filter(pk=unit.pk).exists(),
        "whole": unit.parent_id is None, "until": until, "spans": spans, "kept": urlencode(kept),
        "period": next((one for _year, periods in spans for one in periods if one.last == until), None),
        "composes": composes(person(request)),
        "newest": max((row.newest_period.last for row in rows if row.newest_period), default=None),
    }  # fmt: skip


def _states(chosen: str) -> tuple[str, ...]:
    return {"good": ("done", "on-time"), "doubt": ("due-soon",), "late": ("overdue",), "unknown": ("waiting", "")}.get(
        chosen, ()
    )


def chosen_unit(request: HttpRequest, found: Programme) -> Unit:
    """The unit in the address, else the widest that the person may read; 404 for one that is not theirs."""
    rows = units_for(person(request), found)
    if asked := request.GET.get("unit"):
        return get_object_or_404(rows, pk=number(asked))
    city = whole()
    first = rows.filter(pk=city.pk).first() or rows.order_by("path").first()
    if first is None:
        raise Http404
    return first


def chosen_year(request: HttpRequest, found: Programme, end: int | None = None) -> int:
    """The year in the address, or of the day in it, while the programme is followed; else the last with a period.

    `end` is what `followed_until` tells, for those who asked already.
    """
    asked = number(request.GET.get("until", "")[:4]) or number(request.GET.get("year", ""))
    end = followed_until(found) if end is None else end
    if found.first_year <= asked <= end:
        return asked
    newest = Period.objects.filter(last__lt=today(), year__range=(found.first_year, end)).order_by("-last")
    if kinds := {one.every for one in found.sets.all()}:
        newest = newest.filter(kind__in=kinds)
    last = newest.values_list("year", flat=True).first()
    return last or max(found.first_year, min(end, today().year))


def followed_until(found: Programme) -> int:
    """The last year of the programme, or a later one in which its reports were still called for: one query."""
    called = Cycle.objects.filter(report_set__programme=found).aggregate(year=Max("period__year"))["year"]
    return max(found.last_year, called or 0)


def chosen_day(request: HttpRequest) -> date | None:
    """The day in the address by which a period has ended to count; None for the end of a year, or a day to come."""
    try:
        day = date.fromisoformat(request.GET.get("until", ""))
    except ValueError:
        return None
    return day if day < today() and day != date(day.year, 12, 31) else None


def ended_periods(found: Programme, end: int) -> Spans:
    """Each year of the programme up to `end` that has begun, newest first, with its periods of reporting that are
    over."""
    kinds = {one.every for one in found.sets.all()}
    years = range(min(end, today().year), found.first_year - 1, -1)
    over = Period.objects.filter(kind__in=kinds, year__in=years, last__lt=today()).order_by("-last")
    of: dict[int, list[Period]] = {year: [] for year in years}
    for one in over:
        of[one.year].append(one)
    return list(of.items())


@require_GET
def programme_excel(request: HttpRequest, code: str) -> HttpResponse:
    """The page as a sheet."""
    found = get_object_or_404(visible_to(person(request)).select_related("lead"), code=code)
    unit, year = chosen_unit(request, found), chosen_year(request, found)
    columns: list[Column[Standing]] = [
        Column(_("Objective"), lambda row: row.indicator.objective.title if row.indicator.objective else ""),
        Column(_("Indicator"), lambda row: row.version.name),
        Column(_("Unit of measure"), lambda row: row.version.unit_of_measure),
        Column(_("So far"), lambda row: row.value, "decimal"),
        Column(_("Target"), lambda row: row.target.value if row.target else None, "decimal"),
        Column(_("Year of the target"), lambda row: row.target.year if row.target else None, "number"),
        Column(_("Forecast"), lambda row: row.forecast.value if row.forecast else None, "decimal"),
        Column(_("State"), lambda row: row.light.label),
        Column(_("Reached"), lambda row: bool(row.target and row.value is not None and met(row.target, row.value))),
        Column(_("Units that reported"), lambda row: row.newest.units if row.newest else None, "number"),
        Column(_("Units asked"), lambda row: row.newest.asked if row.newest else None, "number"),
    ]
    title, until = f"{found.number or found.code} {year}", chosen_day(request)
    rows, name = standings(found, unit, year, until=until), f"chi-tieu-{found.code}-{until or year}"
    return excel_response(workbook(title, columns, rows), name)
