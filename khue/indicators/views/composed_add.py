"""Adding a part to a composed report."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.accounts.asking import person
from khue.core.answering import refusal_on
from khue.core.toasts import say
from khue.indicators.actions.adding import add_block
from khue.indicators.composing.drafting import ground_of
from khue.indicators.composing.shelf import template_of
from khue.indicators.forms.adding import AddForm
from khue.indicators.models import Composed, ComposedBlock
from khue.indicators.rules.composing import may_edit
from khue.indicators.views.composed import find
from khue.indicators.views.typed import whole as number


@require_http_methods(["GET", "POST"])
def composed_add(request: HttpRequest, pk: int) -> HttpResponse:
    """What to add, and behind which part."""
    found = find(request, pk)
    if refusal := may_edit(person(request), found):
        raise PermissionDenied(refusal.sentence)
    after = _after(request, found)
    form = AddForm(request.POST or None, indicators=_indicators(found))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refusal_on(form):
            made = add_block(found, told["kind"], told["text"], codes=told["codes"], after=after, by=person(request))
            say(request, _("The part is in the report."))
            return redirect(f"{found.get_absolute_url()}#block-{made.pk}")
    context = {"report": found, "form": form, "after": after}
    return render(request, "indicators/composed_add.html", context, status=422 if form.is_bound else 200)


def _after(request: HttpRequest, found: Composed) -> ComposedBlock | None:
    asked = number(request.GET.get("after", ""))
    return get_object_or_404(found.blocks.all(), pk=asked) if asked else None


def _indicators(found: Composed) -> list[tuple[str, str]]:
    """Those of the report that have a figure."""
    template = template_of(found.template, found.template_version)
    rows = ground_of(template, found.unit, found.period, found.programme).rows
    known = [one for one in rows if one.newest]
    return [(one.indicator.code, f"{one.version.name} ({one.version.unit_of_measure})") for one in known]
