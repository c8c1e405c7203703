"""What of the book of a mission comes after its first screen: reports, inspections, changes and money; what happened.
For those in the mission alone; for others there is no such part."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from khue.journal.timeline import timeline
from khue.missions.actions.adjusting import label, told
from khue.missions.models import Adjustment, Mission
from khue.missions.rules.adjusting import object_until
from khue.missions.rules.budget import budget_of
from khue.missions.rules.inspecting import contract_of, next_regular
from khue.missions.rules.visibility import inside_of
from khue.missions.views.asking import person

RELATED = ("plan", "contract", "case__process_version")
ROWS = ("reports", "inspections", "adjustments", "carry_overs", "refunds", "contract__instalments")


@require_GET
def ledger(request: HttpRequest, number: int) -> HttpResponse:
    """Its reports, inspections and changes, then its money."""
    rows = inside_of(person(request)).filter(case__isnull=False)
    mission = get_object_or_404(rows.select_related(*RELATED).prefetch_related(*ROWS), pk=number)
    contract = contract_of(mission)
    context = {
        "mission": mission,
        "reports": mission.reports.all(),
        "inspections": mission.inspections.all(),
        "next_inspection": next_regular(mission),
        "changes": [_change(one) for one in mission.adjustments.all()],
        "contract": contract,
        "instalments": contract.instalments.all() if contract else [],
        "budget": budget_of(mission),
        "carry_overs": sorted(mission.carry_overs.all(), key=lambda row: row.year),
        "refunds": mission.refunds.all(),
    }
    return render(request, "missions/_book_ledger.html", context)


def _change(one: Adjustment) -> dict[str, Any]:
    until = object_until(one) if one.state == Adjustment.State.NOTED else None
    return {"row": one, "label": label(one), "before": told(one.before), "after": told(one.after), "until": until}


@require_GET
def happened(request: HttpRequest, number: int) -> HttpResponse:
    """Its journal."""
    mission: Mission = get_object_or_404(inside_of(person(request)).only("pk"), pk=number)
    return render(request, "missions/_book_happened.html", {"entries": timeline(f"mission:{mission.pk}")})
