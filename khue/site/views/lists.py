"""Lists brought in from a sheet: what belongs into it, what it would do, and the button that does it."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from khue.accounts.asking import person
from khue.core import exchange, toasts
from khue.core.answering import refusal_on, refusal_told
from khue.core.exchange import Exchange
from khue.core.pages import PAGE, PER_PAGE
from khue.core.refusals import require
from khue.office.actions import bring_in, confirm
from khue.office.excel import response
from khue.office.lists import empty, exported
from khue.office.models import Import
from khue.office.rules import may_confirm, open_to, visible_to

RECENT = 5
"""Uploads named on the page of a kind."""


class SheetForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("Excel file"), error_messages={"required": gettext_lazy("Choose a file.")}
    )


@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of lists that the person may bring in."""
    return render(request, "site/lists.html", {"kinds": open_to(person(request))})


@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, name: str) -> HttpResponse:
    """What belongs into a list of a kind, and the place to drop one."""
    found, user = _kind(request, name), person(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        with refusal_on(form, "file"):
            brought = bring_in(found, name=upload.name, data=upload.read(), by=user)
            return redirect("site:import", found.name, brought.pk)
    recent = visible_to(user).filter(kind=found.name).defer("content", "outcome")[:RECENT]
    return render(request, "site/list_kind.html", {"kind": found, "form": form, "recent": recent})


@require_GET
def template(request: HttpRequest, name: str) -> HttpResponse:
    """The empty sheet of a kind."""
    return response(empty(_kind(request, name)), f"mau-{name}")


@require_GET
def export(request: HttpRequest, name: str) -> HttpResponse:
    """What is there now, to be changed and brought back."""
    return response(exported(_kind(request, name), by=person(request)), name)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """What an uploaded sheet would do, or did; POST enters it."""
    found, user = _kind(request, name), person(request)
    brought = get_object_or_404(visible_to(user).defer("content"), kind=found.name, pk=pk)
    if request.method == "POST":
        _confirm(request, brought)
        return redirect("site:import", found.name, brought.pk)
    shown = brought.problems or brought.changes
    context = {
        "kind": found,
        "brought": brought,
        "counts": brought.outcome.get("counts", {}),
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get(PAGE)),
        "refusal": None if brought.working else may_confirm(user, brought),
        "rows_wrong": len({problem[0] for problem in brought.problems}),
        "seen_at": brought.back or (reverse(found.url_name) if found.url_name else ""),
        "again_at": brought.back or reverse("site:import-kind", args=[found.name]),
    }
    return render(request, "site/list_sheet.html", context)


def _confirm(request: HttpRequest, brought: Import) -> None:
    with refusal_told(request):
        brought = confirm(brought, by=person(request))
        if brought.state == Import.State.APPLIED:
            toasts.say(request, _("%(count)s rows were entered.") % {"count": len(brought.changes)})


def _kind(request: HttpRequest, name: str) -> Exchange:
    found = exchange.named(name)
    if found is None:
        raise Http404
    require(found.may(person(request)))
    return found
