"""How a mission stops: suspended, resumed, terminated, or at the end of its time."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import CALENDAR, Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Unit
from khue.flow.actions import set_party
from khue.flow.shelf.law import cite
from khue.flow.shelf.words import words
from khue.missions.actions.carry.paying import owe
from khue.missions.actions.standing import locked, refreshed, step
from khue.missions.models import Adjustment, Mission, Refund
from khue.missions.rules.carry.carrying import case_of


@transaction.atomic
def suspend(mission: Mission, *, reason: str, by: Actor) -> Mission:
    """Suspend a running mission. Raises Refused: what the process says."""
    return step(locked(mission), "suspend", by=by, comment=reason)


@transaction.atomic
def resume(mission: Mission, *, reason: str, by: Actor) -> Mission:
    """Let a suspended mission go on. Raises Refused: what the process says."""
    return step(locked(mission), "resume", by=by, comment=reason)


@transaction.atomic
def terminate(
    mission: Mission, *, decision_sign: str, decided_on: date, refund: int, reason: str, by: Actor, assets: str = ""
) -> Mission:
    """End the contract before its time, with what is to be paid back. A running mission is suspended and inspected
    first. Raises Refused: `terminate-suspend`, `terminate-inspect`, `terminate-day`, `refund-amount`, or what the
    process says."""
    mission = locked(mission)
    _after_inspection(mission)
    if decided_on > today():
        raise Refused(Refusal("terminate-day", _("The day of the decision is still to come.")))
    data = {"decision_sign": decision_sign, "decided_on": decided_on, "refund": refund, "assets": assets}
    mission = step(mission, "terminate", by=by, comment=reason, data=data)
    if refund:
        owe(mission, amount=refund, reason=reason, decision_sign=decision_sign, decided_on=decided_on, by=by)
    return refreshed(mission)


def _after_inspection(mission: Mission) -> None:
    """Suspend, inspect, decide: the order of the rule."""
    word = words("adjustments")["termination"]
    told = {"conditions": word.conditions, "basis": cite(word.basis)}
    at = case_of(mission).step
    if at == "running":
        sentence = _("Suspend the mission first. %(conditions)s (%(basis)s)")
        raise Refused(Refusal("terminate-suspend", sentence % told))
    if at == "suspended":
        since = case_of(mission).records.filter(move="suspend").order_by("-pk").first()
        if since and not mission.inspections.filter(closed_at__gte=since.at).exists():
            sentence = _("Inspect the mission first and enter the conclusion. %(conditions)s (%(basis)s)")
            raise Refused(Refusal("terminate-inspect", sentence % told))


@transaction.atomic
def end(mission: Mission, *, by: Actor) -> Mission:
    """The time of a mission is over: it waits for its acceptance file. Raises Refused: `end-early`, or what the
    process says."""
    mission = locked(mission)
    if mission.ends_on is not None and mission.ends_on >= today():
        sentence = _("The mission runs until %(day)s.")
        raise Refused(Refusal("end-early", sentence % {"day": f"{mission.ends_on:%d/%m/%Y}"}))
    return step(mission, "end", by=by)


def end_those_over() -> int:
    """End every running mission whose last day has passed, the latest first; one whose extension waits for an answer
    goes on until it has it. Returns how many. Safe to run again."""
    over = Mission.objects.filter(state=Mission.State.RUNNING, ends_on__lt=today(), case__closed_at=None)
    asked = Adjustment.objects.filter(kind="extension", state=Adjustment.State.ASKED)
    rows = list(over.exclude(pk__in=asked.values("mission")).order_by("ends_on", "pk"))
    for mission in rows:
        end(mission, by=CALENDAR)
    return len(rows)


def hand_over_ended(unit: Unit, on: date, successors: Sequence[Unit], by: Actor) -> None:  # noqa: ARG001 - the hook's shape
    """Missions that an ended unit carries out or follows go to the first unit that came after it."""
    if not successors:
        return
    heir, reason = successors[0], _("%(old)s has ended") % {"old": unit.name}
    for mission in Mission.objects.filter(host=unit, case__closed_at=None, case__isnull=False):
        found = locked(mission)
        set_party(case_of(found), "host", heir, by=by, reason=reason)
        found.host, found.host_name = heir, heir.name
        found.save(update_fields=["host", "host_name"])
        refreshed(found)
    for refund in Refund.objects.filter(Refund.OWED, mission__case__closed_at__isnull=False):
        _hand_over_refund(refund, unit, heir, reason, by)
    followed = Mission.objects.filter(case__parties__party="department", case__parties__unit=unit, case__closed_at=None)
    for mission in followed:
        set_party(case_of(locked(mission)), "department", heir, by=by, reason=reason)
        refreshed(mission)


def _hand_over_refund(refund: Refund, unit: Unit, heir: Unit, reason: str, by: Actor) -> None:
    """Money that is still owed of a mission that is closed, whose own case can be given to nobody any more."""
    if refund.case is not None:
        for row in refund.case.parties.filter(unit=unit):
            set_party(refund.case, row.party, heir, by=by, reason=reason)
    Mission.objects.filter(pk=refund.mission_id, host=unit).update(host=heir, host_name=heir.name)
