"""A report on a programme at once, as Word or Excel, without keeping it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.clock import today
from khue.indicators.composing.drafting import paper_about
from khue.indicators.composing.paper import excel, word
from khue.indicators.models import Period, Programme, ReportSet
from khue.indicators.rules.programmes import visible_to
from khue.indicators.views.programme import chosen_unit, chosen_year
from khue.office.excel import response as excel_response
from khue.office.vietnamese import in_vietnamese

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@in_vietnamese()
def programme_report(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The report on a period, for a unit with all below it, as Word or Excel; the newest period of the year that is
    over when the address names none."""
    if kind not in {"docx", "xlsx"}:
        raise Http404
    found = get_object_or_404(visible_to(person(request)).select_related("lead__parent"), code=code)
    unit, period = chosen_unit(request, found), _period(request, found)
    paper = paper_about(found, unit, period)
    name = f"bao-cao-{found.code}-{period.code}"
    return excel_response(excel(paper), name) if kind == "xlsx" else word_response(word(paper, on=today()), name)


def word_response(data: bytes, name: str) -> HttpResponse:
    """`data` as a download called `name`.docx."""
    answer = HttpResponse(data, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer


def _period(request: HttpRequest, programme: Programme) -> Period:
    if asked := request.GET.get("period"):
        return get_object_or_404(Period, code=asked)
    kinds = ReportSet.objects.filter(programme=programme).values("every")
    year = chosen_year(request, programme)
    begun = Period.objects.filter(kind__in=kinds, year=year, first__lte=today())
    found = begun.filter(last__lt=today()).order_by("-last").first() or begun.order_by("first").first()
    if found is None:
        raise Http404
    return found
