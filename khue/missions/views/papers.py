"""Papers of a mission as Word, filled."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.councils.papers import response, word
from khue.missions.actions.adjusting import label, told
from khue.missions.models import Adjustment, Inspection, Mission, ProgressReport
from khue.missions.rules.carrying import case_of, department_of, may_see_inside
from khue.missions.rules.papers import BY_HOST, change_words, context_of, offered
from khue.missions.views.book import find_mission


@require_GET
def paper(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One paper; `?report=`, `?inspection=` or `?change=` say of which row."""
    mission = find_mission(request, number)
    if mission.case is None or not may_see_inside(person(request), mission):
        raise Http404
    offer = next((one for one in offered(mission) if one.name == name), None)
    if offer is None:
        raise Http404
    data = word(
        case_of(mission).process_version, name, context_of(mission, **_about(request, mission)),
        host=mission.host if name in BY_HOST and mission.host else department_of(mission),
    )  # fmt: skip
    return response(data, f"{offer.label} {mission.code}")


def _about(request: HttpRequest, mission: Mission) -> dict[str, Any]:
    found: dict[str, Any] = {}
    asked = {name: str(value) for name, value in request.GET.items() if str(value).isdigit()}
    if "report" in asked:
        found["report"] = get_object_or_404(ProgressReport, mission=mission, number=asked["report"])
    if "inspection" in asked:
        found["inspection"] = get_object_or_404(Inspection, mission=mission, pk=asked["inspection"])
    if "change" in asked:
        row = get_object_or_404(Adjustment, mission=mission, pk=asked["change"])
        found["change"] = change_words(row, label(row), told(row.before), told(row.after))
    return found
