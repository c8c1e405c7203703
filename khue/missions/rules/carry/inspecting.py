"""When a mission is inspected."""

from datetime import date

from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.calendar import add_months, add_working_days
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.missions.models import Contract, Mission
from khue.missions.rules.carry.carrying import case_of, may_follow

INSPECTED = (Mission.State.RUNNING, Mission.State.SUSPENDED, Mission.State.ENDED)


def earliest(mission: Mission) -> date:
    """The first day on which an inspection that is announced today may be held."""
    return add_working_days(today(), case_of(mission).definition.number("inspection-notice"))


def contract_of(mission: Mission) -> Contract | None:
    """Its contract; None until it is signed."""
    contract: Contract | None = getattr(mission, "contract", None)
    return contract


def next_regular(mission: Mission) -> date | None:
    """When the next regular inspection is due: so many months after the contract or the last one; None when the
    mission ends before, has no contract yet, or is not carried out any more."""
    contract = contract_of(mission)
    if contract is None or mission.ends_on is None or mission.state not in INSPECTED:
        return None
    held = [row.held_on for row in mission.inspections.all() if row.closed_at is not None and row.regular]
    every = case_of(mission).definition.number("inspection-every")
    due = add_months(max(held, default=contract.signed_on), every)
    return due if due <= mission.ends_on else None


def may_announce(by: Actor, mission: Mission, held_on: date, members: str) -> Refusal | None:
    """Why an inspection of that day cannot be announced."""
    if refusal := may_follow(by, mission):
        return refusal
    if mission.state not in INSPECTED:
        return Refusal("inspection-state", _("Only a mission that runs, is suspended or has just ended is inspected."))
    if held_on < earliest(mission):
        days = case_of(mission).definition.number("inspection-notice")
        sentence = _("An inspection is announced %(days)s working days before: on %(day)s at the earliest.")
        return Refusal("inspection-notice", sentence % {"days": days, "day": f"{earliest(mission):%d/%m/%Y}"})
    if not members.strip():
        return Refusal("inspection-members", _("Write who will inspect."))
    return None
