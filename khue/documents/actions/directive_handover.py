"""When units merge, what is not closed goes to the unit that takes over; reports stay with the unit of their day."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor, SystemActor
from khue.directory.models import Unit
from khue.documents.actions.directive_columns import locked, once_a_proposal
from khue.documents.actions.directive_work import case_of
from khue.documents.actions.outgoing_handover import hand_over_outgoing
from khue.documents.actions.way import hand_over_incoming
from khue.documents.models import Directive
from khue.documents.models.directive import OPEN_STATES
from khue.flow.actions import move, set_party
from khue.journal.actions import record

MERGER = SystemActor("Sắp xếp đơn vị")


@transaction.atomic
def hand_over_unit(old: Unit, to: Unit, *, by: Actor, reason: str) -> int:
    """Hand over everything that is not closed yet, as lead, issuing or supporting unit; returns how many it led.

    Work in hand goes by a move of the process. What waits to be accepted, what returns every period and what the unit
    itself gave out changes hands without one, so that the next period, a return or an answer finds somebody.

    Raises:
        Refused: what the process says, when `by` is a person who may not hand over one of them.
    """
    living = Directive.objects.filter(closed_on=None).order_by("pk")
    led = list(living.filter(lead=old).values_list("pk", "state"))
    for pk, state in led:
        if state in OPEN_STATES:
            move(case_of(locked(pk)), "hand-over", by=by, comment=reason, data={"unit": str(to.pk)})
        else:
            _take_place(pk, "lead", to, by, reason)
        locked(pk).support_rows.filter(unit=to).delete()
    for pk in living.filter(issuer=old).values_list("pk", flat=True):
        _take_place(pk, "issuer", to, by, reason)
    for directive in living.filter(supports=old):
        _hand_over_share(directive, old, to)
        record(directive.dossier, "directive.support-handed-over", by=by, old=old.name, new=to.name, reason=reason)
    return len(led)


def _take_place(pk: int, part: str, to: Unit, by: Actor, reason: str) -> None:
    taken = locked(pk)
    set_party(case_of(taken), part, to, by=by, reason=reason)
    setattr(taken, part, to)
    once_a_proposal(taken)
    taken.save(update_fields=[part, "proposal"])


def _hand_over_share(directive: Directive, old: Unit, to: Unit) -> None:
    rows = directive.support_rows
    if directive.lead_id == to.pk or rows.filter(unit=to).exists():
        rows.filter(unit=old).delete()
    else:
        rows.filter(unit=old).update(unit=to)


def hand_over_ended(unit: Unit, on: date, successors: Sequence[Unit], by: Actor) -> None:
    """When a unit ends, its open directives, what came in and what it was writing go to the unit that takes the
    whole, or the main part, of its work."""
    if successors:
        reason = _("%(unit)s ended on %(day)s; entered by %(who)s.")
        told = {"unit": unit.name, "day": on.strftime("%d/%m/%Y"), "who": by.actor_name}
        hand_over_unit(unit, successors[0], by=MERGER, reason=reason % told)
        hand_over_incoming(unit, successors[0], by=MERGER, reason=reason % told)
        hand_over_outgoing(unit, successors[0], by=MERGER, reason=reason % told)
