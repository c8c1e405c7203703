"""Who asks, and for which report."""

from django.http import Http404, HttpRequest

from khue.accounts.asking import person
from khue.indicators.models import UnitReport
from khue.indicators.rules.reports import for_action, visible_to


def find_report(request: HttpRequest, pk: int) -> UnitReport:
    """A report that the person may see, with what the rules ask of it; 404 otherwise."""
    found = for_action().filter(pk__in=visible_to(person(request)), pk=pk)
    report = found.first()
    if report is None:
        raise Http404
    return report
