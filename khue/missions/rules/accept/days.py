"""The days that are entered on the way of an acceptance: none lies ahead, none before what it follows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.missions.models import Acceptance, Measuring
from khue.missions.rules.accept.sitting import council_decided_on, council_subject, day_of

ENTERED = {
    "set-up-council": "decided_on",
    "pass": "concluded_on",
    "register": "registered_on",
    "recognise": "decided_on",
}
"""Move -> the field of its form that holds a day."""


def day_in_order(acceptance: Acceptance, move: str, data: Mapping[str, Any]) -> Refusal | None:
    """Why the day of this move cannot be; a day that cannot be read is for the form to refuse."""
    day = day_of(data.get(ENTERED.get(move, "")))
    if day is None:
        return None
    if day > today():
        sentence = _("The day %(day)s is still to come; enter it when it is done.")
        return Refusal("acceptance.day-ahead", sentence % {"day": f"{day:%d/%m/%Y}"})
    what, first = _before(acceptance, move)
    if first is None or day >= first:
        return None
    sentence = _("The day %(day)s lies before %(what)s, %(first)s. Look at the paper again.")
    told = {"day": f"{day:%d/%m/%Y}", "what": what, "first": f"{first:%d/%m/%Y}"}
    return Refusal("acceptance.day-before", sentence % told)


def _before(acceptance: Acceptance, move: str) -> tuple[str, date | None]:
    """What the move follows, and on which day that was."""
    if move == "set-up-council":
        subject = council_subject(acceptance)
        standing = subject is not None and subject.council.standing_id is not None  # decided on for a term
        return _("the beginning of the mission"), None if standing else acceptance.mission.starts_on
    if move == "pass":
        return _after_measuring(acceptance) or (_("the decision on the council"), council_decided_on(acceptance))
    if move == "register":
        return _("the council's conclusion"), acceptance.concluded_on
    registered = acceptance.mission.results.aggregate(Max("registered_on"))["registered_on__max"]
    return _("the registration of the results"), registered or acceptance.concluded_on


def _after_measuring(acceptance: Acceptance) -> tuple[str, date | None] | None:
    """Products are measured before the council judges them."""
    measured = Measuring.objects.filter(acceptance=acceptance, measured_on__isnull=False).first()
    return (_("the day on which products were measured"), measured.measured_on) if measured is not None else None
