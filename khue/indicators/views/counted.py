"""How the system counted a figure: the very records."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khue.indicators import measures
from khue.indicators.rules.sheet import Line, sheet_of
from khue.indicators.views.asking import find_report

SHOWN = 500
"""Records on the page; all of them are where the link leads."""


@require_GET
def counted(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The records behind one figure of a report, as many as the figure says."""
    found = find_report(request, pk)
    line = _line(sheet_of(found).lines, code)
    measure = measures.named(line.version.measure)
    if measure is None:
        raise Http404
    records = measure.records(found.cycle.period, found.unit_id)
    rows = [
        (_address(row), [_cell(column(row)) for _header, column in records.columns])
        for row in list(records.rows)[:SHOWN]
    ]
    context = {
        "report": found, "line": line, "measure": measure, "rows": rows, "url": records.url,
        "headers": [header for header, _column in records.columns],
    }  # fmt: skip
    return render(request, "indicators/counted.html", context)


def _line(lines: tuple[Line, ...], code: str) -> Line:
    found = next((line for line in lines if line.indicator.code == code and line.is_total), None)
    if found is None or not found.version.measure:
        raise Http404
    return found


def _address(row: Any) -> str:
    """Where the record itself is seen; empty where it has no page."""
    return str(row.get_absolute_url()) if hasattr(row, "get_absolute_url") else ""


def _cell(value: Any) -> Any:
    return "" if value is None else value
