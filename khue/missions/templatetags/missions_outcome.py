"""What came of a mission, on the mission's page: its acceptances, results and reports on their use."""

from typing import Any

from django import template
from django.template.context import Context

from khue.accounts.models import User
from khue.missions.models import Mission
from khue.missions.rules.accept.accepting import may_open
from khue.missions.rules.accept.results import may_describe
from khue.missions.rules.accept.uses import uses_visible_to
from khue.missions.rules.carry.carrying import may_step
from khue.missions.rules.river import came_of

register = template.Library()


@register.inclusion_tag("missions/accept/_outcome.html", takes_context=True)
def mission_outcome(context: Context, mission: Mission) -> dict[str, Any]:
    """Acceptances, results and uses that the person may see, and the next step towards them."""
    user = context["request"].user
    if not isinstance(user, User):
        return {}
    came = came_of(mission, user)
    return {
        "request": context["request"],
        "mission": mission,
        "acceptances": came.acceptances,
        "results": came.results[::-1],
        "uses": uses_visible_to(user).filter(mission=mission).select_related("unit", "place"),
        "may_open": may_step(user, mission, "start-acceptance") is None and may_open(mission) is None,
        "may_describe": may_describe(user, mission) is None,
    }
