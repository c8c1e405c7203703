"""Programmes and indicators of the office's own on form pages: begun, corrected, ended."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.accounts.asking import person
from khue.core.answering import refusal_on, refusal_told
from khue.core.clock import today
from khue.core.toasts import say
from khue.indicators.actions.defining import begin_programme, correct_programme, define_indicator
from khue.indicators.actions.overriding import change_meaning, withdraw_meaning
from khue.indicators.forms.defining import IndicatorForm, ProgrammeForm, code_of, first_day, meaning_of
from khue.indicators.models import Indicator, Programme
from khue.indicators.rules.defining import may_define, may_set_targets
from khue.indicators.rules.programmes import visible_to
from khue.indicators.views.typed import whole as number
from khue.journal.timeline import timeline


def _allowed(request: HttpRequest, programme: Programme | None = None) -> None:
    """403 with the sentence of the rule: whose programmes these are, or in which file they stand."""
    if refusal := may_define(person(request), programme):
        raise PermissionDenied(refusal.sentence)


@require_http_methods(["GET", "POST"])
def programme_new(request: HttpRequest) -> HttpResponse:
    """Begin one."""
    _allowed(request)
    form = ProgrammeForm(request.POST or None, initial={"first_year": today().year, "last_year": today().year + 4})

    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        taken = set(Programme.objects.values_list("code", flat=True))
        with refusal_on(form):
            code = code_of(told["number"] or told["title"], taken=taken, sign="-")
            made = begin_programme(code, by=person(request), **told)
            say(request, _("The programme has begun. Add its indicators now."))
            return redirect("indicators:definitions", made.code)
    context = {"form": form, "programme": None}
    return render(request, "indicators/programme_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def programme_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct what is said of one; what stood there before is below the form."""
    found = get_object_or_404(visible_to(person(request)).select_related("lead"), code=code)
    _allowed(request, found)
    begins = {name: getattr(found, name) for name in ProgrammeForm.base_fields}
    form = ProgrammeForm(request.POST or None, initial=begins)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            correct_programme(found, by=person(request), **form.cleaned_data)
            say(request, _("The programme is corrected; what stood there is kept in its history."))
            return redirect("indicators:definitions", found.code)
    context = {"form": form, "programme": found, "entries": timeline(found.dossier)}
    return render(request, "indicators/programme_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def indicator_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add an indicator to a programme of the office's own."""
    found = get_object_or_404(visible_to(person(request)).select_related("lead"), code=code)
    _allowed(request, found)
    form = IndicatorForm(request.POST or None, programme=found, initial={"since": first_day()})
    if request.method == "POST" and form.is_valid():
        taken = set(Indicator.objects.values_list("code", flat=True))
        with refusal_on(form):
            made = _define(request, form, code_of(form.cleaned_data["name"], taken=taken))
            say(request, _("The indicator is defined. Set its targets here."))
            return redirect("indicators:targets", made.code)
    return _indicator_page(request, form, None)


@require_http_methods(["GET", "POST"])
def indicator_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what an indicator means from a day on; figures of earlier periods keep what they meant."""
    rows = Indicator.objects.select_related("programme__lead", "report_set")
    found = get_object_or_404(rows, code=code, programme__in=visible_to(person(request)))
    if refusal := may_set_targets(person(request), found.programme):
        raise PermissionDenied(refusal.sentence)
    if version := request.POST.get("withdraw"):
        return _withdraw(request, found, version)
    form = IndicatorForm(request.POST or None, programme=found.programme, initial=meaning_of(found))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            _change(request, form, found)
            say(request, _("From the day on it means this; earlier periods keep what it meant."))
            return redirect("indicators:targets", found.code)
    return _indicator_page(request, form, found)


def _change(request: HttpRequest, form: IndicatorForm, found: Indicator) -> Indicator:
    """The office's own indicator is defined anew; one of the shelf means something else from the day on."""
    if not found.programme.shelved:
        return _define(request, form, found.code)
    told = form.cleaned_data
    return change_meaning(
        found, form.meaning, by=person(request), since=told["since"], breakdowns=told["breakdowns"]
    )  # fmt: skip


def _withdraw(request: HttpRequest, found: Indicator, version: str) -> HttpResponse:
    with refusal_told(request):
        withdraw_meaning(get_object_or_404(found.versions.all(), pk=number(version)), by=person(request))
        say(request, _("What was changed here is taken back; the meaning before it goes on."))
    return redirect("indicators:indicator-edit", found.code)


def _define(request: HttpRequest, form: IndicatorForm, code: str) -> Indicator:
    told = form.cleaned_data
    return define_indicator(
        form.programme, code, form.meaning, by=person(request), report_set=form.reported_with,
        breakdowns=told["breakdowns"], since=told["since"],
    )  # fmt: skip


def _indicator_page(request: HttpRequest, form: IndicatorForm, found: Indicator | None) -> HttpResponse:
    names = Indicator.objects.filter(ended_on=None).select_related("programme").order_by("programme__code", "number")
    context = {
        "form": form, "programme": form.programme, "indicator": found, "names": names,
        "versions": found.versions.all() if found else [], "entries": timeline(found.dossier) if found else [],
    }  # fmt: skip
    return render(request, "indicators/indicator_form.html", context, status=422 if form.is_bound else 200)
