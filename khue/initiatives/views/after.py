"""What is recorded besides the application: the range of effect, and a unit's scoring sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_on
from khue.core.clock import today
from khue.core.toasts import say, warn
from khue.directory.models import Unit
from khue.flow.actions.opening import version_on
from khue.initiatives.actions import handling
from khue.initiatives.forms.application import ReachForm, SheetForm
from khue.initiatives.models import Reach, Sheet
from khue.initiatives.rules.application import PROCESS
from khue.initiatives.rules.initiatives import may_set_sheet
from khue.initiatives.views.asking import find_initiative
from khue.initiatives.views.initiative import TEMPLATE, page_of


@require_POST
def reach(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a decision on the range of effect."""
    found = find_initiative(request, pk)
    form = ReachForm(request.POST, levels=[(one.value, str(one.label)) for one in Reach.Level])
    if form.is_valid():
        with refusal_on(form):
            handling.record_reach(found, by=person(request), **form.cleaned_data)
            say(request, _("The range of effect was recorded."))
            return redirect(found)
    return render(request, TEMPLATE, page_of(request, found, reach_form=form), status=422)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """By what the council of a unit gives points: the sheet of today, the former ones, and a new one."""
    unit, user = get_object_or_404(Unit, pk=unit_pk), person(request)
    if refusal := may_set_sheet(user, unit.pk):
        warn(request, str(refusal))
        return redirect("initiatives:initiatives")
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            handling.set_sheet(unit, by=user, **form.cleaned_data)
            say(request, _("The scoring sheet of %(unit)s was set.") % {"unit": unit.name})
            return redirect("initiatives:sheet", unit.pk)
    rules = version_on(PROCESS, today()).definition
    context = {
        "unit": unit, "form": form, "sheets": Sheet.objects.filter(unit=unit).select_related("set_by"),
        "most": rules.number("points-most"), "usual": rules.number("points-pass"),
    }  # fmt: skip
    return render(request, "initiatives/sheet.html", context, status=422 if form.errors else 200)
