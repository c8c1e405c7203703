"""One indicator: its course, its units, what would close the gap."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.pages import filtered_by
from khue.directory.models import Unit
from khue.indicators.models import Indicator, IndicatorVersion, Period
from khue.indicators.rules.courses import chart_of
from khue.indicators.rules.gaps import Lift, changes, closing
from khue.indicators.rules.mapping import compare
from khue.indicators.rules.programmes import units_for, visible_to
from khue.indicators.rules.progress import Standing, standings
from khue.indicators.rules.ranking import Ranked, ranked
from khue.indicators.rules.series import Point, redefinitions, series
from khue.indicators.rules.shading import shaded
from khue.indicators.views.programme import chosen_unit, chosen_year
from khue.office.charts import png, svg
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response

PICTURES = {"png": "image/png", "svg": "image/svg+xml"}


def _found(request: HttpRequest, code: str) -> tuple[Indicator, Unit, list[Point]]:
    """The indicator, whose figures, and their course; 404 where the person may not read them."""
    rows = Indicator.objects.select_related("programme__lead", "objective", "report_set")
    found = get_object_or_404(rows, code=code, programme__in=visible_to(person(request)))
    unit = chosen_unit(request, found.programme)
    return found, unit, series(found, unit, since=found.programme.first_year - 1)


@require_GET
@filtered_by("unit", "period")
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """The page."""
    found, unit, points = _found(request, code)
    known = [one for one in points if one.figure.units]
    period = _period(request, known)
    return render(request, "indicators/indicator.html", page_of(request, found, unit, points, period))


def _period(request: HttpRequest, known: list[Point]) -> Period | None:
    asked = request.GET.get("period")
    if asked:
        chosen = next((one.period for one in known if one.period.code == asked), None)
        if chosen is None:
            raise Http404
        return chosen
    return known[-1].period if known else None


def page_of(
    request: HttpRequest, found: Indicator, unit: Unit, points: list[Point], period: Period | None
) -> dict[str, Any]:
    """What the page of an indicator shows."""
    year = period.year if period else chosen_year(request, found.programme)
    standing = next((one for one in standings(found.programme, unit, year) if one.indicator.pk == found.pk), None)
    units = set(units_for(person(request), found.programme).values_list("pk", flat=True))
    rows = [one for one in ranked(found, period, below=unit) if one.unit.pk in units] if period else []
    broken = next((one for one in points if one.breaks), None)
    across = _across(points, broken) if unit.parent_id is None else None
    lifts, wanted = _lifts(standing, rows), changes(standing) if standing else []
    compared = compare(found, *across) if across else []
    return {
        "indicator": found, "unit": unit, "points": points[::-1], "period": period, "standing": standing,
        "chart": chart_of(found, points, standing) if any(one.figure.units for one in points) else None,
        "rows": rows, "lifts": lifts, "changes": wanted,
        "broken": broken, "redefined": redefinitions(found), "newest_words": _reported(standing),
        "compared": compared, "across": across,
        "map": shaded(rows), "fair": any(one.per_head is not None for one in rows),
        "adds_up": standing is not None and standing.version.across == IndicatorVersion.Across.SUM,
        "version": standing.version if standing else None, "programme": found.programme,
        "decimals": standing.version.decimals if standing else 0,
        "parts": _parts({
            "course-chart": points, "gap": lifts or wanted, "units": rows, "periods": points, "across": compared,
            "meaning": standing,
        }),
    }  # fmt: skip


def _parts(there: Mapping[str, object]) -> list[tuple[str, str]]:
    """The parts of the page that there are, for the links above them."""
    names = {
        "course-chart": _("Course"), "gap": _("What would close the gap"), "units": _("Unit by unit"),
        "periods": _("Every period"), "across": _("Across the change of units"), "meaning": _("What it means"),
    }  # fmt: skip
    return [(name, label) for name, label in names.items() if there[name]]


def _reported(standing: Standing | None) -> str:
    """The newest period, and how many units it is of."""
    if standing is None or standing.newest is None or standing.newest_period is None:
        return standing.why if standing else ""
    told = {"period": standing.newest_period.called, "n": standing.newest.units, "of": standing.newest.asked}
    if not standing.newest.asked:
        return standing.newest_period.called
    return _("%(period)s: %(n)s of %(of)s units reported") % told


def _lifts(standing: Any, rows: list[Ranked]) -> list[Lift]:
    return closing(standing, rows) if standing else []


def _across(points: list[Point], broken: Point | None) -> tuple[Period, Period] | None:
    """The last period before the break and the newest one after it: compared in the areas of the old units."""
    known = [one for one in points if one.figure.units]
    if broken is None or not known:
        return None
    before = next((one.period for one in reversed(known) if one.period.last < (broken.breaks or one.period.last)), None)
    after = known[-1].period
    return (before, after) if before and before.last < after.first else None


@require_GET
def indicator_excel(request: HttpRequest, code: str) -> HttpResponse:
    """The course as a sheet."""
    found, unit, points = _found(request, code)
    columns: list[Column[Point]] = [
        Column(_("Period"), lambda row: row.period.called),
        Column(_("From"), lambda row: row.period.first, "date"),
        Column(_("To"), lambda row: row.period.last, "date"),
        Column(unit.name, lambda row: row.figure.value, "decimal"),
        Column(_("Units that reported"), lambda row: row.figure.units, "number"),
        Column(_("Units asked"), lambda row: row.figure.asked, "number"),
        Column(_("Units changed on"), lambda row: row.breaks, "date"),
    ]
    return excel_response(workbook(found.name[:31], columns, points), f"so-lieu-{found.code}")


@require_GET
def indicator_picture(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The chart as a picture, fit for a document."""
    if kind not in PICTURES:
        raise Http404
    found, unit, points = _found(request, code)
    year = points[-1].period.year if points else found.programme.last_year
    standing = next((one for one in standings(found.programme, unit, year) if one.indicator.pk == found.pk), None)
    spec = chart_of(found, points, standing)
    body: bytes | str = png(spec) if kind == "png" else svg(spec)
    answer = HttpResponse(body, content_type=PICTURES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{found.code}.{kind}"'
    return answer
