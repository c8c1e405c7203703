"""Columns of a mission that repeat what its case, its reports and its money say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.flow.actions import move
from khue.flow.models import Holding
from khue.matching import actions as matching
from khue.missions.actions import report_desk
from khue.missions.models import Instalment, Mission, Refund, Source, Spending
from khue.missions.rules.carry.carrying import case_of

STATES = {
    "contracting": Mission.State.CONTRACTING,
    "running": Mission.State.RUNNING,
    "suspended": Mission.State.SUSPENDED,
    "ended": Mission.State.ENDED,
    "accepting": Mission.State.ACCEPTING,
    "completing": Mission.State.ACCEPTED,
    "settled": Mission.State.CLOSED,
    "terminated": Mission.State.TERMINATED,
}
"""What the steps of the process mean for lists; a mission that was not accepted is `FAILED` from there on."""


def locked(mission: Mission) -> Mission:
    """The mission as it is now, locked for this transaction."""
    return _MISSION.get(mission.pk)


RELATED = ("case__process_version", "host", "plan")
_MISSION = ByNumber(lambda: Mission.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(pk=NUMBER))


def step(
    mission: Mission, name: str, *, by: Actor, comment: str = "", data: Mapping[str, Any] | None = None
) -> Mission:
    """Make a move of the process `mission-carry-out` and bring the columns up to it. Raises Refused with the
    process's own sentence."""
    move(case_of(mission), name, by=by, comment=comment, data=data)
    return refreshed(mission)


def refreshed(mission: Mission) -> Mission:
    """The mission with its state, next deadline and money as they are now."""
    found = locked(mission)
    before = found.state
    found.state = _state(found)
    report_desk.follow(found)
    found.paid, found.confirmed = _paid(found), _confirmed(found)
    found.next_due_on = next_due(found)
    found.save(update_fields=["state", "paid", "confirmed", "next_due_on"])
    if found.state != before:
        matching.changed("mission", found.pk)
    return found


def _state(mission: Mission) -> str:
    at = case_of(mission).step
    if mission.rating == Mission.Rating.FAILED and at in ("completing", "terminated"):
        return Mission.State.FAILED
    if at == "completing" and mission.acceptances.filter(case__closed_at=None).exists():
        return Mission.State.ACCEPTING  # the council has accepted it; the results are not recognised yet
    return STATES[at]


def _paid(mission: Mission) -> int:
    total = Instalment.objects.filter(contract__mission=mission).aggregate(sum=Sum("paid"))["sum"]
    return int(total or 0)


def _confirmed(mission: Mission) -> int:
    rows = Spending.objects.filter(report__mission=mission, source=Source.STATE)
    return int(rows.aggregate(sum=Sum("confirmed"))["sum"] or 0)


def next_due(mission: Mission) -> date | None:
    """The nearest deadline of anything that desks ask of somebody: the step itself, a report, the acceptance; and of a
    refund, which alone is still owed when a mission is closed."""
    days = [row.due_on for row in Refund.objects.filter(mission=mission) if row.paid < row.amount]
    if case_of(mission).closed_at is None:
        of_it = Q(case=mission.case) | Q(case__progress_report__mission=mission) | Q(case__acceptance__mission=mission)
        held = Holding.objects.asking().filter(of_it, case__closed_at=None, due_on__isnull=False)
        days += [day for day in held.values_list("due_on", flat=True) if day is not None]
    return min(days, default=None)
