"""Everything that was bought with missions' money: who keeps it, what is not counted or decided yet."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.pages import View, filtered_by, paginate
from khue.flow.shelf.words import words
from khue.language.text import fold
from khue.missions.forms.results import told
from khue.missions.forms.settling import AssetFilters
from khue.missions.models import Asset
from khue.missions.rules.carry.assets import assets_visible_to
from khue.office.excel import Column, response, workbook

STANDING = {
    "uncounted": Q(counted_on=None), "open": Q(decided_on=None), "decided": Q(decided_on__isnull=False),
    "missing": Q(condition="missing"),
}  # fmt: skip


def _listed(request: HttpRequest) -> tuple[AssetFilters, QuerySet[Asset]]:
    """What nobody has decided yet first, the dearest on top."""
    filters = AssetFilters(request.GET)
    asked = filters.cleaned_data
    rows = assets_visible_to(person(request)).filter(STANDING.get(asked.get("standing", ""), Q()))
    for name in ("condition", "disposal"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(Q(mission__folded__contains=word) | Q(folded__contains=word))
    rows = rows.select_related("mission__host", "receiver").defer("mission__abstract")
    return filters, rows.order_by(F("decided_on").desc(nulls_first=True), "-value", "pk")


@require_GET
@filtered_by("standing", "condition", "disposal")
def assets(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; as Excel with `?format=xlsx`."""
    filters, rows = _listed(request)
    if request.GET.get("format") == "xlsx":
        sheet = workbook(_("Assets of missions"), _columns(), rows, filters=told(filters))
        return response(sheet, "tai-san")
    page = paginate(request, rows)
    conditions, kinds = words("asset-conditions"), words("asset-handlings")
    for one in page.object_list:
        seen: Any = one
        seen.condition_label = str(conditions.get(one.condition, ""))
        seen.disposal_label = str(kinds.get(one.disposal, ""))
    views = [
        View(_("All"), ""), View(_("Not counted"), "standing=uncounted"), View(_("Not decided"), "standing=open"),
        View(_("Missing"), "standing=missing", "alert-triangle"),
    ]  # fmt: skip
    value = rows.order_by().aggregate(sum=Sum("value"))["sum"] or 0
    context = {"page": page, "filters": list(filters), "views": views, "value": value}
    return render(request, "missions/carry/assets.html", context)


def _columns() -> Sequence[Column[Any]]:
    conditions, kinds = words("asset-conditions"), words("asset-handlings")
    return [
        Column(_("Asset"), lambda one: one.name),
        Column(_("Model and serial number"), lambda one: one.code),
        Column(_("Mission"), lambda one: one.mission.title),
        Column(_("Lead organisation"), lambda one: str(one.mission.host or one.mission.host_name)),
        Column(_("Quantity"), lambda one: one.quantity, "number"),
        Column(_("Value (đồng)"), lambda one: one.value, "number", total=True),
        Column(_("Bought on"), lambda one: one.bought_on, "date"),
        Column(_("Who keeps it, where"), lambda one: one.keeper),
        Column(_("State it is in"), lambda one: str(conditions.get(one.condition, ""))),
        Column(_("Counted on"), lambda one: one.counted_on, "date"),
        Column(_("What became of it"), lambda one: str(kinds.get(one.disposal, ""))),
        Column(_("Who receives them"), lambda one: one.receiver.name if one.receiver else ""),
        Column(_("Decision"), lambda one: one.decision_sign),
        Column(_("Day of the decision"), lambda one: one.decided_on, "date"),
    ]
