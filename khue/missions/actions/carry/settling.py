"""The end of a contract: settled when everything agrees, or closed as failed with what is to be paid back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.missions.actions.carry.paying import owe
from khue.missions.actions.standing import locked, refreshed, step
from khue.missions.models import Contract, Mission
from khue.missions.rules.carry.settling import may_settle


@transaction.atomic
def settle(mission: Mission, *, liquidated_on: date, settled: int, by: Actor) -> Mission:
    """Settle and liquidate the contract of a mission whose results were recognised; `settled` in đồng.

    Raises Refused: `settle-not-recognised`, `settle-failed`, `settle-reports`, `settle-owed`, `settle-open`,
    `settle-unpaid`, `settle-uncounted`, `settle-assets`, `settle-day`, `settle-sum`, or what the process says.
    """
    mission = locked(mission)
    require(may_settle(mission, liquidated_on, settled))
    Contract.objects.filter(mission=mission).update(liquidated_on=liquidated_on)
    return step(mission, "settle", by=by, data={"liquidated_on": liquidated_on, "settled": settled})


@transaction.atomic
def close_failed(
    mission: Mission, *, decision_sign: str, decided_on: date, refund: int, reason: str, by: Actor, assets: str = ""
) -> Mission:
    """Close a mission that was not accepted, with what is to be paid back (0 where nothing is); the repayment is
    followed until it is here. Raises Refused: `settle-passed`, `settle-day`, `refund-amount`, or what the process
    says."""
    mission = locked(mission)
    if mission.rating != Mission.Rating.FAILED:
        raise Refused(Refusal("settle-passed", _("This mission was accepted: settle its contract instead.")))
    if decided_on > today():
        raise Refused(Refusal("settle-day", _("The day of the decision is still to come.")))
    data = {"decision_sign": decision_sign, "decided_on": decided_on, "refund": refund, "assets": assets}
    mission = step(mission, "close-failed", by=by, comment=reason, data=data)
    if refund:
        owe(mission, amount=refund, reason=reason, decision_sign=decision_sign, decided_on=decided_on, by=by)
    return refreshed(mission)
