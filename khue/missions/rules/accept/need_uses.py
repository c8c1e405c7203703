"""Which needs a mission answers, and who may say what came of it."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.missions.models import Mission, NeedUse, Order
from khue.needs.models import Need, Proposal
from khue.needs.rules.scope import WRITE

if TYPE_CHECKING:
    from django.db.models import QuerySet

GIVEN = (Mission.State.ACCEPTED, Mission.State.CLOSED)
"""States in which there is something to use."""


def needs_behind(order: Order | None) -> "QuerySet[Need, Need]":
    """The needs that an order grew out of, and those that were merged into them; not what their authors took back."""
    if order is None or order.proposal_id is None:
        return Need.objects.none()
    own = Q(proposals=order.proposal_id) | Q(merged_into__proposals=order.proposal_id)
    return Need.objects.filter(own).exclude(state__in=(Need.State.DRAFT, Need.State.WITHDRAWN)).distinct()


def may_have_come_of(need: Need) -> bool:
    """Whether it, or the one it was merged into, was proposed to be ordered at all; of most needs nothing else came."""
    numbers = [need.pk, *([need.merged_into_id] if need.merged_into_id else [])]
    return bool(Proposal.needs.through._default_manager.filter(need__in=numbers).exists())


def missions_for(need: Need) -> "QuerySet[Mission, Mission]":
    """The missions that were ordered out of a need, or out of the one it was merged into."""
    numbers = [need.pk, *([need.merged_into_id] if need.merged_into_id else [])]
    return Mission.objects.filter(order__proposal__needs__in=numbers).distinct()


def may_say(by: Actor, need: Need, mission: Mission) -> Refusal | None:
    """The author of a need, or somebody who writes needs for the author's unit, once the results were recognised."""
    if not missions_for(need).filter(pk=mission.pk).exists():
        return Refusal("need-use.elsewhere", _("This mission did not grow out of this need."))
    if mission.state not in GIVEN or mission.rating == Mission.Rating.FAILED:
        return Refusal("need-use.too-early", _("Its results are not recognised yet; you are told when they are."))
    if not isinstance(by, User) or need.author_id == by.pk:
        return None
    if need.unit_id is not None and need.unit_id in units_where(by, WRITE):
        return None
    return Refusal("need-use.not-yours", _("Only those who wrote the need say whether it is solved for them."))


def told_of(mission: Mission) -> "QuerySet[NeedUse, NeedUse]":
    """What was said of a mission's results, the latest first."""
    return NeedUse.objects.filter(mission=mission).select_related("need__unit", "by")
