"""The page that composes the state-of-directives report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.middleware import part_of
from khue.core.answering import refusal_told
from khue.core.clock import today
from khue.core.periods import Period, current, offered, period
from khue.core.toasts import warn
from khue.directory.models import Unit
from khue.directory.search import unit_meant
from khue.documents.rules.directive import visible_to
from khue.documents.rules.directive_report import StateOfDirectives, sentences, state_of_directives
from khue.documents.views import directive_paper
from khue.office.excel import response as excel_response

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _asked(request: HttpRequest) -> StateOfDirectives:
    """The figures that the address asks for, of what the person may see."""
    chosen: Period = current(today())
    if code := request.GET.get("period"):
        with refusal_told(request):
            chosen = period(code)
    unit = unit_meant(words := request.GET.get("unit", "").strip()[:250])
    if words and unit is None:
        warn(
            request, _("The directory knows no unit called “%(name)s”; the figures are those of all.") % {"name": words}
        )
    return state_of_directives(visible_to(person(request)), chosen, unit, today())


@require_GET
def directive_report_page(request: HttpRequest) -> HttpResponse:
    """Text, table and chart on the screen, with Word and Excel beside."""
    state = _asked(request)
    context = {
        "state": state,
        "sentences": sentences(state),
        "headings": directive_paper.headings(),
        "periods": offered(today()),
        "chart": {**directive_paper.chart(state), "width": "container"} if state.rows else None,
    }
    return render(request, "documents/directive_report.html", context)


@require_GET
def directive_report_word(request: HttpRequest) -> HttpResponse:
    """The report as a Word file."""
    state, part = _asked(request), part_of(request)
    body = Unit.objects.select_related("parent").get(pk=part.unit_id) if part else None
    data = directive_paper.word(state, body=body)
    answer = HttpResponse(data, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="bao-cao-nhiem-vu-{state.period.code}.docx"'
    return answer


@require_GET
def directive_report_excel(request: HttpRequest) -> HttpResponse:
    """The table as a sheet."""
    state = _asked(request)
    return excel_response(directive_paper.sheet(state), f"bao-cao-nhiem-vu-{state.period.code}")
