"""When units merge, open directives go to the unit that takes over; what was done stays with the unit of its day."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor, SystemActor
from khue.directory.models import Unit
from khue.documents.actions.directive_columns import locked
from khue.documents.actions.directive_work import case_of
from khue.documents.models import Directive
from khue.documents.models.directive import OPEN_STATES
from khue.flow.actions import move
from khue.journal.actions import record

MERGER = SystemActor("Sắp xếp đơn vị")


@transaction.atomic
def hand_over_unit(old: Unit, to: Unit, *, by: Actor, reason: str) -> int:
    """Hand over everything that is still open with `old`, as lead or supporting unit; returns how many it led.

    Raises:
        Refused: what the process says, when `by` is a person who may not hand over one of them.
    """
    led = list(Directive.objects.filter(lead=old, state__in=OPEN_STATES).order_by("pk").values_list("pk", flat=True))
    for pk in led:
        taken = locked(pk)
        move(case_of(taken), "hand-over", by=by, comment=reason, data={"unit": str(to.pk)})
        taken.support_rows.filter(unit=to).delete()
    for directive in Directive.objects.filter(supports=old, state__in=OPEN_STATES).order_by("pk"):
        _hand_over_share(directive, old, to)
        record(directive.dossier, "directive.support-handed-over", by=by, old=old.name, new=to.name, reason=reason)
    return len(led)


def _hand_over_share(directive: Directive, old: Unit, to: Unit) -> None:
    rows = directive.support_rows
    if directive.lead_id == to.pk or rows.filter(unit=to).exists():
        rows.filter(unit=old).delete()
    else:
        rows.filter(unit=old).update(unit=to)


def hand_over_ended(unit: Unit, on: date, successors: Sequence[Unit], by: Actor) -> None:
    """When a unit ends, its open directives go to the unit that takes the whole, or the main part, of its work."""
    if successors:
        reason = _("%(unit)s ended on %(day)s; entered by %(who)s.")
        told = {"unit": unit.name, "day": on.strftime("%d/%m/%Y"), "who": by.actor_name}
        hand_over_unit(unit, successors[0], by=MERGER, reason=reason % told)
