"""Asking those who have not acknowledged a document."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from khue.core.actors import CALENDAR
from khue.core.calendar import working_days_between
from khue.core.clock import today
from khue.documents.actions.telling import remind
from khue.documents.models import Recipient
from khue.documents.rules.receiving import silent
from khue.documents.rules.shelf import shelf
from khue.journal.actions import record

MOST = 2000
"""Recipients asked in one run; the rest the next morning."""


def remind_silent() -> int:
    """Remind recipients whose acknowledgement is late: the same day's rule, on working days, every second one."""
    rule = shelf()["acknowledge"]
    begin = datetime.combine(today(), time(), tzinfo=timezone.get_default_timezone())
    return sum(_remind(one, rule["working_days"], rule["remind_every"]) for one in silent(sent_before=begin)[:MOST])


@transaction.atomic
def _remind(recipient: Recipient, allowed: int, every: int) -> bool:
    assert recipient.sent_at is not None  # noqa: S101 - see `silent`
    late = working_days_between(timezone.localtime(recipient.sent_at).date(), today()) - allowed
    if late < 1 or (late - 1) % every:
        return False
    told = remind(recipient, by=CALENDAR, on_day=today().isoformat())
    if told:
        record(recipient.document.dossier, "document.reminded", by=CALENDAR, to=recipient.name)
    return bool(told)
