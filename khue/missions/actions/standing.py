"""Columns of a mission that repeat what its case, its reports and its money say."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum

from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.flow.actions import move
from khue.flow.models import Case, Holding
from khue.matching import actions as matching
from khue.missions.actions import owed
from khue.missions.models import Acceptance, Instalment, Mission, Source, Spending
from khue.missions.rules.carry.carrying import case_of
from khue.missions.rules.carry.owed import KINDS

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
    asked = owed.follow(found)
    found.paid, found.confirmed = _paid(found), _confirmed(found)
    found.next_due_on = next_due(found, asked)
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


def next_due(mission: Mission, asked: Sequence[Case]) -> date | None:
    """The nearest deadline of anything that desks ask of somebody: what is owed (`asked`), the acceptance, the step
    itself; of a mission that is closed, a refund."""
    cases = {case.pk for case in asked}
    if case_of(mission).closed_at is None:
        cases |= {case_of(mission).pk, *Acceptance.objects.filter(mission=mission).values_list("case", flat=True)}
    held = Holding.objects.asking().filter(case__in=cases - {None}, case__closed_at=None, due_on__isnull=False)
    return min((day for day in held.values_list("due_on", flat=True) if day is not None), default=None)


def ask_for_what_is_owed() -> int:
    """Put on desks what was owed before such things stood there; returns of how many missions. Safe to run again."""
    rows = (kind.model.objects.filter(kind.to_be_asked, case=None) for kind in KINDS)
    numbers = {number for found in rows for number in found.values_list("mission", flat=True)}
    missions = list(Mission.objects.filter(pk__in=numbers, case__isnull=False).order_by("pk"))
    for mission in missions:
        with transaction.atomic():
            refreshed(mission)
    return len(missions)
