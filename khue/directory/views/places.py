"""Places on a day, and what became of each."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khue.core.clock import today
from khue.core.pages import PAGE, View, address, filtered_by, paginate
from khue.core.spreadsheet import Column, answer
from khue.directory import listing
from khue.directory.models import Place


@require_safe
@filtered_by("level", "below", "on")
def places(request: HttpRequest) -> HttpResponse:
    """Places of a day; without a question, those of the city today. `excel=1` gives the same list as a file."""
    sheet = "excel" in request.GET
    asked = {name: str(value) for name, value in request.GET.items() if name not in {"excel", PAGE}}
    asked = asked or {"below": settings.CITY}
    found, day = listing.places(asked), listing.day_of(asked) or today()
    if sheet:
        level = str(dict(Place.Level.choices).get(asked.get("level", ""), ""))
        told = {_("Words"): asked.get("q", ""), _("Level"): level, _("As of"): f"{day:%d/%m/%Y}"}
        return answer(_("Administrative places"), _columns(), found.iterator(500), told)
    facts = {
        "page": paginate(request, found),
        "day": day,
        "excel": address(request, excel=1),
        "levels": Place.Level.choices,
        "views": [
            View(_("Communes of the city"), ""),
            View(_("Districts until 30/6/2025"), "level=district&on=2025-06-30"),
            View(_("Provinces"), "level=province"),
        ],
    }
    return render(request, "directory/place_list.html", facts)


def _columns() -> list[Column]:
    return [
        Column(_("Place"), str),
        Column(_("Code"), lambda place: place.code),
        Column(_("Level"), lambda place: str(place.get_level_display())),
        Column(_("Belongs to"), lambda place: str(place.parent or "")),
        Column(_("From"), lambda place: place.valid_from, "date"),
        Column(_("Until"), lambda place: place.valid_to, "date"),
    ]


@require_safe
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: where it stands, what it came from, what it is today."""
    found = get_object_or_404(Place.objects.select_related("parent"), pk=pk)
    facts = {
        "place": found,
        "came_from": found.succeeds.select_related("old", "old__parent").order_by("kind", "old__sort_name"),
        "became": found.succeeded_by.select_related("new").order_by("kind", "new__sort_name"),
        "parts": found.children.as_of(found.valid_to or today()),
        "units": found.units.all(),
    }
    return render(request, "directory/place_detail.html", facts)
