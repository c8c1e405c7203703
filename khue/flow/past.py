"""How cases stood on a day that is over, from what the journal keeps."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from khue.journal.models import Entry

DUE_SET, DUE_GIVEN, DUE_DROPPED = "flow.due-set", "flow.due-given", "flow.due-dropped"
"""A deadline was changed; a case without one was given one; it was taken away."""
DUE_VERBS = (DUE_SET, DUE_GIVEN, DUE_DROPPED)


def due_days_then(kind: str, day: date) -> dict[int, date | None]:
    """Numbers of the dossiers of a kind whose deadline was changed after `day`, with the deadline of that day's end.

    What was changed several times since has the deadline before the first change. One query.
    """
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())
    changes = Entry.objects.filter(verb__in=DUE_VERBS, at__gte=midnight, dossier__startswith=f"{kind}:")
    first = changes.order_by("dossier", "sequence").distinct("dossier").values_list("dossier", "facts__before")
    return {int(dossier.partition(":")[2]): date.fromisoformat(before) if before else None for dossier, before in first}
