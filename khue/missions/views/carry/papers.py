"""Papers of a mission as Word, filled."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.asked import whole
from khue.councils.papers import department, response, word
from khue.missions.actions.carry.adjusting import label, told
from khue.missions.models import Adjustment, Inspection, Mission, ProgressReport
from khue.missions.rules.carry.carrying import case_of, department_of, may_see_inside
from khue.missions.rules.carry.contracts import sides_of
from khue.missions.rules.carry.paper_heads import About, head_of
from khue.missions.rules.carry.papers import BY_HOST, change_words, context_of, offered, signed_words
from khue.missions.views.carry.book import find_mission
from khue.office.vietnamese import in_vietnamese

CONTRACT = "contract"


@require_GET
@in_vietnamese()
def paper(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One paper; `?report=`, `?inspection=` or `?change=` say of which row."""
    mission = find_mission(request, number)
    if mission.case is None or not may_see_inside(person(request), mission):
        raise Http404
    offer = next((one for one in offered(mission) if one.name == name), None)
    if offer is None:
        raise Http404
    about = _about(request, mission)
    head = head_of(name, about)
    data = word(
        case_of(mission).process_version, name, _context(about, name), signed=head.signed, issued_on=head.issued_on,
        host=mission.host if name in BY_HOST and mission.host else department_of(mission), subject=head.subject,
        addressees=head.addressees, recipients=head.recipients,
    )  # fmt: skip
    return response(data, f"{offer.label} {mission.code}")


def _about(request: HttpRequest, mission: Mission) -> About:
    asked = {name: found for name, text in request.GET.items() if (found := whole(str(text))) is not None}
    visits = Inspection.objects.filter(mission=mission, announced_on__isnull=False)
    return About(
        mission,
        get_object_or_404(ProgressReport, mission=mission, number=asked["report"]) if "report" in asked else None,
        get_object_or_404(visits, pk=asked["inspection"]) if "inspection" in asked else None,
        get_object_or_404(Adjustment, mission=mission, pk=asked["change"]) if "change" in asked else None,
    )


def _context(about: About, name: str) -> dict[str, Any]:
    row, mission = about.change, about.mission
    change = change_words(row, label(row), told(row.before), told(row.after)) if row is not None else None
    found = context_of(mission, report=about.report, inspection=about.inspection, change=change)
    if name == CONTRACT:
        found |= signed_words(mission)
        sides = sides_of(mission)
        found["host"] |= sides.of_host
        found["department"] = department(department_of(mission)) | sides.of_department
    return found
