"""Which council sits over an acceptance: one that is run here, or one on paper, of which its decision is entered."""

from datetime import date
from typing import Any

from khue.councils.models import Subject
from khue.missions.models import Acceptance


def council_subject(acceptance: Acceptance) -> Subject | None:
    """What the latest council that was formed here for this file judges; None where it sits on paper."""
    rows = Subject.objects.filter(dossier=f"acceptance:{acceptance.pk}").exclude(council__state="dissolved")
    return rows.select_related("council__host").order_by("-pk").first()


def council_decided_on(acceptance: Acceptance) -> date | None:
    """When it was decided who sits in it."""
    subject = council_subject(acceptance)
    if subject is not None:
        return subject.council.decided_on
    if acceptance.case is None:
        return None
    made = acceptance.case.records.filter(move="set-up-council").order_by("-pk").first()
    return day_of(made.data.get("decided_on")) if made is not None else None


def day_of(value: Any) -> date | None:
    """A day as a form or a record has it; None where it cannot be read."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None
