"""When units merge, open directives go to the unit that takes over; what was done stays with the unit of its day."""

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.actions.directive_case import set_lead, tell
from khue.documents.actions.directive_work import locked
from khue.documents.models import Directive
from khue.documents.models.directive import OPEN_STATES
from khue.documents.rules.directive import may_decide
from khue.journal.actions import record


@transaction.atomic
def hand_over(directive: Directive, to: Unit, *, by: Actor, reason: str) -> Directive:
    """Make `to` the lead unit. Reports keep the unit that wrote them. Raises Refused `reason-empty`, `same-unit`."""
    taken = locked(directive)
    if isinstance(by, User):
        require(may_decide(by, taken))
    if not reason.strip():
        raise Refused(Refusal("reason-empty", _("Say why it is handed over; the reason stays on record.")))
    if to == taken.lead:
        raise Refused(Refusal("same-unit", _("%(unit)s already leads this directive.") % {"unit": to.name}))
    before, taken.lead = taken.lead, to
    taken.save(update_fields=["lead"])
    taken.support_rows.filter(unit=to).delete()
    set_lead(taken, by=by, reason=reason)
    record(taken.dossier, "directive.handed-over", by=by, old=before.name, new=to.name, reason=reason.strip())
    tell(taken, to, "handed-over", by=by)
    return taken


@transaction.atomic
def hand_over_unit(old: Unit, to: Unit, *, by: Actor, reason: str) -> int:
    """Hand over everything that is still open with `old`, as lead or supporting unit; returns how many it led."""
    led = list(Directive.objects.filter(lead=old, state__in=OPEN_STATES).order_by("pk"))
    for directive in led:
        hand_over(directive, to, by=by, reason=reason)
    for directive in Directive.objects.filter(supports=old, state__in=OPEN_STATES).exclude(lead=to).order_by("pk"):
        row = directive.support_rows.get(unit=old)
        if directive.support_rows.filter(unit=to).exists():
            row.delete()
        else:
            row.unit = to
            row.save(update_fields=["unit"])
        record(directive.dossier, "directive.support-handed-over", by=by, old=old.name, new=to.name, reason=reason)
    return len(led)
