"""The targets of an indicator: set, corrected, withdrawn, with everything that was said before."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.accounts.asking import person
from khue.core.answering import refusal_on
from khue.core.clock import today
from khue.core.toasts import say
from khue.indicators.actions.defining import end_indicator
from khue.indicators.actions.targets import set_target, withdraw_target
from khue.indicators.forms.defining import TargetForm
from khue.indicators.forms.exceptions import EndForm, WithdrawForm
from khue.indicators.models import Indicator
from khue.indicators.rules.defining import may_define, may_set_targets
from khue.indicators.rules.programmes import visible_to
from khue.indicators.views.typed import whole as number
from khue.journal.timeline import timeline


@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest, code: str) -> HttpResponse:
    """Every target with its source; those who run the programme set and correct them here."""
    rows = Indicator.objects.select_related("programme__lead", "report_set")
    found = get_object_or_404(rows, code=code, programme__in=visible_to(person(request)))
    user = person(request)
    sets, ends = may_set_targets(user, found.programme), may_define(user, found.programme)
    version = found.versions.order_by("-valid_from").first()
    form, failed = _target_form(request, found, version.decimals if version else 0), None
    if request.method == "POST":
        if sets is not None:
            raise PermissionDenied(sets.sentence)
        failed = _posted(request, found, form)
        if failed is None:
            return redirect("indicators:targets", found.code)
    context = {
        "indicator": found, "programme": found.programme, "version": version, "form": form, "failed": failed,
        "rows": found.targets.select_related("unit").order_by("-year", "unit__sort_name"), "sets": sets is None,
        "ends": ends is None and found.ended_on is None, "defines": ends is None, "refusal": ends,
        "entries": timeline(found.dossier), "today": today(), "corrected": "year" in request.GET,
    }  # fmt: skip
    return render(request, "indicators/targets.html", context, status=422 if failed else 200)


def _target_form(request: HttpRequest, found: Indicator, decimals: int) -> TargetForm:
    """Empty, or filled with the target that the address says is to be corrected."""
    if request.method == "POST" and request.POST.get("do") == "set":
        return TargetForm(request.POST, decimals=decimals)
    begins: dict[str, Any] = {"year": today().year, "bound": "least"}
    if year := number(request.GET.get("year", "")):
        there = found.targets.filter(year=year, unit=number(request.GET.get("unit", "")) or None)
        if (target := there.select_related("unit").first()) is None:
            raise Http404
        begins = {name: getattr(target, name) for name in TargetForm.base_fields}
    return TargetForm(initial=begins, decimals=decimals)


def _posted(request: HttpRequest, found: Indicator, form: TargetForm) -> forms.Form | None:
    """Do what was asked; the form with its errors where that cannot be."""
    user, name = person(request), request.POST.get("do", "")
    target = found.targets.filter(pk=number(request.POST.get("target", ""))).first()
    asked: forms.Form = (
        form if name == "set" else EndForm(request.POST) if name == "end" else WithdrawForm(request.POST)
    )
    verbs: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
        "set": (
            lambda told: set_target(found, by=user, **told),
            _("The target stands; what stood there is kept below."),
        ),
        "end": (lambda told: end_indicator(found, by=user, **told), _("The indicator ends; what was reported stays.")),
    }
    if target is not None:
        verbs["withdraw"] = (lambda told: withdraw_target(target, by=user, **told), _("The target was taken back."))
    if name not in verbs:
        raise Http404
    if asked.is_valid():
        act, sentence = verbs[name]
        with refusal_on(asked):
            act(asked.cleaned_data)
            say(request, sentence)
            return None
    return asked
