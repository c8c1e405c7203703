"""When a unit ends, what it has not answered yet, or waits for, goes to the unit that takes over."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.directory.models import Unit
from khue.flow.actions import set_party
from khue.petitions.models import Petition
from khue.petitions.models.petition import OPEN_STATES


def hand_over_ended(unit: Unit, on: date, successors: Sequence[Unit], by: Actor) -> None:  # noqa: ARG001 - the hook's shape
    """To the first unit that came after it, which also speaks for it from now on; who voiced it stays as it was."""
    if not successors:
        return
    heir, reason = successors[0], _("%(old)s has ended") % {"old": unit.name}
    for petition in Petition.objects.filter(recipient=unit, state__in=OPEN_STATES).select_related("case"):
        _take_place(petition, "recipient", heir, by, reason)
        petition.recipient = heir
        petition.save(update_fields=["recipient"])
    for petition in Petition.objects.filter(unit=unit, state__in=OPEN_STATES).select_related("case"):
        _take_place(petition, "unit", heir, by, reason)


def _take_place(petition: Petition, part: str, heir: Unit, by: Actor, reason: str) -> None:
    assert petition.case is not None  # noqa: S101 - only NULL while it is opened
    set_party(petition.case, part, heir, by=by, reason=reason)
