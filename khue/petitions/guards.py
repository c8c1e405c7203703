"""Guards of the process `petition`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.flow import guards
from khue.flow.models import Case
from khue.flow.rules import parties_of

Data = Mapping[str, Any] | None


@guards.register("petition-somebody-to-ask")
def somebody_to_ask(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """Only a unit of the directory can be asked back."""
    row = parties_of(case).get("unit")
    if row is not None and row.unit is not None and _exists(row.unit):
        return None
    sentence = _("Who voiced this is no unit that works today, so nobody can be asked back here. Go on without.")
    return Refusal("petition.nobody-to-ask", sentence)


@guards.register("petition-passed-to-another")
def passed_to_another(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """To a unit that works today, and neither has it now nor voiced it."""
    if data is None:
        return None
    parties, to = parties_of(case), Unit.objects.filter(pk=data["unit"]).first()
    if to is None or not _exists(to):
        return Refusal("petition.passed-to-ended", _("That unit does not work any more. Choose one that does."))
    if (recipient := parties.get("recipient")) is not None and recipient.unit_id == to.pk:
        return Refusal("petition.passed-to-itself", _("%(unit)s has it already.") % {"unit": to.name})
    if (voice := parties.get("unit")) is not None and voice.unit_id == to.pk:
        sentence = _("%(unit)s voiced it and cannot answer itself. Ask it back, or answer.")
        return Refusal("petition.passed-back", sentence % {"unit": to.name})
    return None


def _exists(unit: Unit) -> bool:
    return unit.valid_to is None or unit.valid_to >= today()
