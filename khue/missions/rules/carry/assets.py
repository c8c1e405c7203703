"""Who keeps the list of what was bought, and who decides what becomes of it."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.flow.shelf.words import words
from khue.missions.models import Asset, Mission
from khue.missions.rules.carry.carrying import case_of, may_follow, may_write_for_host
from khue.missions.rules.visibility import inside_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from khue.accounts.models import User

DECIDE_AT = ("accepting", "completing", "terminated")
"""Steps of the mission at which there is something to decide: its work is over."""


def assets_visible_to(user: "User") -> "QuerySet[Asset, Asset]":
    """Those of missions that the person sees from within."""
    return Asset.objects.filter(mission__in=inside_of(user))


def may_list(by: Actor, mission: Mission) -> Refusal | None:
    """The lead organisation and the department keep the list until the contract is settled."""
    if mission.case is None:
        return Refusal("mission-past", _("This mission is a record of the past; it is not carried out here."))
    if case_of(mission).step == "settled":
        return Refusal("asset-settled", _("The contract is settled; the list of assets stays as it is."))
    if may_write_for_host(by, mission) is None:
        return None
    return may_follow(by, mission)


def may_correct(by: Actor, asset: Asset) -> Refusal | None:
    """What was decided stays as it was decided."""
    if asset.decided_on is not None:
        sentence = _("«%(name)s» was dealt with by %(sign)s; what was decided stays.")
        return Refusal("asset-decided", sentence % {"name": asset.name, "sign": asset.decision_sign})
    return may_list(by, asset.mission)


def fault(*, name: str, quantity: int, value: int, bought_on: date | None) -> Refusal | None:
    """What is wrong with the facts of an asset."""
    if not name.strip():
        return Refusal("asset-name", _("Write what it is, with its make."))
    if quantity < 1:
        return Refusal("asset-quantity", _("«%(name)s»: the quantity is at least 1.") % {"name": name})
    if value < 0:
        return Refusal("asset-value", _("«%(name)s»: the value is in whole đồng, not below 0.") % {"name": name})
    if bought_on is not None and bought_on > today():
        return Refusal("asset-day", _("«%(name)s»: it was not bought in the future.") % {"name": name})
    return None


def may_decide(by: Actor, mission: Mission) -> Refusal | None:
    """The department, once the work is over."""
    if refusal := may_follow(by, mission):
        return refusal
    if case_of(mission).step not in DECIDE_AT:
        sentence = _("What becomes of the assets is decided once the work is over; the mission is at «%(step)s».")
        return Refusal("asset-too-early", sentence % {"step": case_of(mission).step_now.staff})
    return None


def needs_receiver(disposal: str) -> bool:
    """Whether somebody else gets it."""
    return bool(words("asset-handlings")[disposal].facts.get("receiver"))
