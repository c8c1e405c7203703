"""Units: the list, the page of one, and the forms of those who keep them."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from khue.core.answering import refusal_on, refusal_told
from khue.core.asked import wholes
from khue.core.clock import today
from khue.core.pages import View, address, filtered_by, paginate
from khue.core.spreadsheet import Column, answer
from khue.core.toasts import say
from khue.directory import listing, rules
from khue.directory.actions import units as actions
from khue.directory.forms import AliasForm, DetailsForm, EndForm, RenameForm, UnitForm
from khue.directory.models import Unit, UnitName
from khue.directory.search import find_units
from khue.directory.views.asking import asker
from khue.journal.timeline import timeline


@require_safe
@filtered_by("state", "kind", "on")
def units(request: HttpRequest) -> HttpResponse:
    """The units, searched by any name they ever had; `excel=1` gives the same list as a file."""
    found = listing.units(request.GET)
    if request.GET.get("excel"):
        return answer(_("Units"), _columns(), found.iterator(500), _told(request))
    facts = {
        "page": paginate(request, found),
        "views": [View(_("Today"), ""), View(_("Ended"), "state=ended"), View(_("All times"), "state=all")],
        "kinds": Unit.Kind.choices,
        "excel": address(request, excel=1),
        "may_add": rules.may_add_unit(asker(request), None) is None,
    }
    return render(request, "directory/unit_list.html", facts)


def _told(request: HttpRequest) -> dict[str, str]:
    """The filters in words, for the head of the sheet."""
    asked = request.GET
    states = {"ended": _("Ended"), "all": _("All times")}
    return {
        _("Words"): asked.get("q", ""),
        _("Kind"): str(dict(Unit.Kind.choices).get(asked.get("kind", ""), "")),
        _("State"): states.get(asked.get("state", ""), ""),
        _("As of"): asked.get("on", ""),
    }


def _columns() -> list[Column]:
    return [
        Column(_("Code"), lambda unit: unit.code),
        Column(_("Full name"), lambda unit: unit.name),
        Column(_("Abbreviation"), lambda unit: unit.abbreviation),
        Column(_("Kind"), lambda unit: str(unit.get_kind_display())),
        Column(_("Stands below"), lambda unit: unit.parent.name if unit.parent else ""),
        Column(_("Place"), lambda unit: str(unit.place or "")),
        Column(_("From"), lambda unit: unit.valid_from, "date"),
        Column(_("Until"), lambda unit: unit.valid_to, "date"),
    ]


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: its names through time, what it came from and became, its parts and people."""
    found = get_object_or_404(Unit.objects.select_related("parent", "place"), code=code)
    facts = {
        "unit": found,
        "names": found.names.order_by("-official", "-valid_from"),
        "came_from": found.succeeds.select_related("old"),
        "became": found.succeeded_by.select_related("new"),
        "heirs": found.heirs.exclude(heir=found).select_related("heir") if found.valid_to else [],
        "parts": found.children.as_of(found.valid_to or today()),
        "posts": found.posts.as_of(found.valid_to or today()).select_related("person"),
        "members": found.memberships.as_of(found.valid_to or today()).select_related("user"),
        "refusal": rules.may_edit_unit(asker(request), found),
        "entries": timeline(actions.dossier(found), limit=50),
    }
    return render(request, "directory/unit_detail.html", facts)


def add(request: HttpRequest) -> HttpResponse:
    """Enter a unit."""
    by = asker(request)
    above = Unit.objects.filter(code=request.GET.get("parent", "")).first()
    given = {name: request.GET[name] for name in ("name", "kind", "valid_from") if request.GET.get(name)}
    form = UnitForm(request.POST or None, initial={"parent": above, **given})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = actions.add_unit(by=by, **form.cleaned_data)
            say(request, _("The unit is entered."))
            return redirect(made)
    facts = {"form": form, "title": _("Enter a unit"), "back": reverse("directory:units")}
    return render(request, "directory/form.html", {**facts, "refusal": rules.may_add_unit(by, above)})


def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change the details of a unit."""
    found = get_object_or_404(Unit.objects.select_related("parent", "place"), code=code)
    form = DetailsForm(request.POST or None, initial={name: getattr(found, name) for name in actions.DETAILS})
    return _form(request, found, form, _("Change the details"), actions.change_unit)


def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a unit another name from a day on."""
    found = get_object_or_404(Unit, code=code)
    return _form(request, found, RenameForm(request.POST or None), _("Rename"), actions.rename_unit)


def alias(request: HttpRequest, code: str) -> HttpResponse:
    """Note another way to write the name."""
    found = get_object_or_404(Unit, code=code)
    return _form(request, found, AliasForm(request.POST or None), _("Also called"), actions.add_name)


@require_POST
def forget_alias(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take back another way to write the name."""
    name = get_object_or_404(UnitName.objects.select_related("unit"), pk=pk, unit__code=code)
    with refusal_told(request):
        actions.forget_name(name, by=asker(request))
        say(request, _("Taken back."))
    return redirect(name.unit)


def end(request: HttpRequest, code: str) -> HttpResponse:
    """End a unit, or merge it into others."""
    found = get_object_or_404(Unit, code=code)
    begins = {"on": found.valid_to + timedelta(days=1)} if found.valid_to else None
    return _form(request, found, EndForm(request.POST or None, initial=begins), _("Merge or end"), actions.end_unit)


def _form(request: HttpRequest, unit: Unit, form: Any, title: str, action: Any) -> HttpResponse:
    by = asker(request)
    refusal = rules.may_edit_unit(by, unit)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            action(unit, by=by, **form.cleaned_data)
            say(request, _("Saved."))
            return redirect(unit)
    facts = {"form": form, "title": title, "subtitle": unit.name, "back": unit.get_absolute_url(), "refusal": refusal}
    return render(request, "directory/form.html", facts, status=403 if refusal else 200)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Names of units like the one being written, for a form's field; of those `below` some where it says so."""
    above = wholes(request.GET.getlist("below"))
    hits = find_units(request.GET.get("q", "")[:250], today(), 8, above or None)
    return JsonResponse({"units": [{"name": hit.unit.name, "detail": hit.matched_name} for hit in hits]})
