"""How the system counted a measure for a unit and a period: the very records."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.directory.models import Unit
from khue.indicators import measures
from khue.indicators.models import Period
from khue.indicators.rules.composing import may_read_measure
from khue.indicators.views.counted import SHOWN
from khue.indicators.views.typed import whole as number


@require_GET
def measured(request: HttpRequest, name: str) -> HttpResponse:
    """The records of the unit with all below it, as many as the figure says."""
    measure = measures.named(name)
    unit = get_object_or_404(Unit, pk=number(request.GET.get("unit", "")))
    period = get_object_or_404(Period, code=request.GET.get("period", ""))
    if measure is None or not may_read_measure(person(request), unit):
        raise Http404
    records = measure.records(period, unit.pk)
    found = list(records.rows)
    rows = [[column(row) for _header, column in records.columns] for row in found[:SHOWN]]
    context = {
        "measure": measure, "unit": unit, "period": period, "rows": rows, "url": records.url, "count": len(found),
        "headers": [header for header, _column in records.columns],
    }  # fmt: skip
    return render(request, "indicators/measured.html", context)
