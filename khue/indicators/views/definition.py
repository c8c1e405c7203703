"""What the figures of a programme mean: definitions with their versions, basis and source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.indicators.rules.defining import may_define, may_set_targets
from khue.indicators.rules.programmes import visible_to


@require_GET
def definitions(request: HttpRequest, code: str) -> HttpResponse:
    """Every indicator with all its versions and targets."""
    found = get_object_or_404(visible_to(person(request)).select_related("lead"), code=code)
    rows = found.indicators.select_related("objective", "report_set").prefetch_related(
        "versions__breakdowns", "targets__unit"
    )
    context = {
        "programme": found, "rows": rows, "sets": found.sets.all(),
        "defines": may_define(person(request), found) is None,
        "sets_targets": may_set_targets(person(request), found) is None,
    }  # fmt: skip
    return render(request, "indicators/definitions.html", context)
