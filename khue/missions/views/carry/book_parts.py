"""What of the book of a mission comes after its first screen: reports, inspections, changes and money, and what
happened, for those in the mission alone; what it brings, for whoever sees the mission."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.scope import reaches_all
from khue.files.rules import visible_to as visible_files
from khue.journal.timeline import timeline
from khue.missions.actions.carry.adjusting import label, told
from khue.missions.models import Adjustment, Mission, Refund
from khue.missions.rules.accept.need_uses import told_of
from khue.missions.rules.carry.adjusting import object_until
from khue.missions.rules.carry.budget import budget_of
from khue.missions.rules.carry.carrying import OPEN, may_see_inside
from khue.missions.rules.carry.inspecting import contract_of, next_regular
from khue.missions.rules.visibility import SEE, inside_of, visible_to

RELATED = ("plan", "contract", "case__process_version")
ROWS = (
    "reports", "inspections", "carry_overs", "contract__instalments",
    Prefetch("adjustments", Adjustment.objects.select_related("case__process_version")),
    Prefetch("refunds", Refund.objects.select_related("case__process_version")),
)  # fmt: skip
"""Of a request and of a repayment also who has it."""


@require_GET
def ledger(request: HttpRequest, number: int) -> HttpResponse:
    """Its reports, inspections and changes, then its money."""
    rows = inside_of(person(request)).filter(case__isnull=False)
    mission = get_object_or_404(rows.select_related(*RELATED).prefetch_related(*ROWS), pk=number)
    contract = contract_of(mission)
    context = {
        "mission": mission,
        "over": mission.state not in OPEN,
        "reports": mission.reports.all(),
        "inspections": [row for row in mission.inspections.all() if row.announced_on],
        "next_inspection": next_regular(mission),
        "changes": [_change(one) for one in mission.adjustments.all()],
        "contract": contract,
        "instalments": contract.instalments.all() if contract else [],
        "budget": budget_of(mission),
        "carry_overs": sorted(mission.carry_overs.all(), key=lambda row: row.year),
        "refunds": mission.refunds.all(),
    }
    return render(request, "missions/carry/_book_ledger.html", context)


def _change(one: Adjustment) -> dict[str, Any]:
    until = object_until(one) if one.state == Adjustment.State.NOTED else None
    return {"row": one, "label": label(one), "before": told(one.before), "after": told(one.after), "until": until}


@require_GET
def contents(request: HttpRequest, number: int) -> HttpResponse:
    """Its products, what came of it and what is said of that, its people and its files."""
    user = person(request)
    rows = visible_to(user).filter(case__isnull=False).select_related("plan", "host", "case__process_version")
    mission: Mission = get_object_or_404(rows, pk=number)
    plan, files = mission.plan, visible_files(user, "mission").filter(dossier_kind="mission", dossier_id=mission.pk)
    inside = reaches_all(user, SEE) or may_see_inside(user, mission)
    context = {
        "mission": mission,
        "products": list(plan.products.all()) if plan else [],
        "people": list(plan.people.select_related("person", "unit")) if plan else [],
        "partners": list(plan.partners.select_related("unit")) if plan else [],
        "files": files.prefetch_related("versions"),
        "told_uses": told_of(mission) if inside else [],
    }
    return render(request, "missions/carry/_book_contents.html", context)


@require_GET
def happened(request: HttpRequest, number: int) -> HttpResponse:
    """Its journal."""
    mission: Mission = get_object_or_404(inside_of(person(request)).only("pk"), pk=number)
    return render(request, "missions/carry/_book_happened.html", {"entries": timeline(f"mission:{mission.pk}")})
