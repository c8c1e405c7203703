"""What is on file about an organisation and an investigator: missions, under all the names they bore."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from khue.directory.models import Person, Unit, UnitName
from khue.missions.models import Mission
from khue.missions.rules.select.people import namesakes, units_behind

LEADING = (
    Mission.State.CONTRACTING, Mission.State.RUNNING, Mission.State.SUSPENDED, Mission.State.ENDED,
    Mission.State.ACCEPTING,
)  # fmt: skip
UNFILED = (Mission.State.RUNNING, Mission.State.SUSPENDED, Mission.State.ENDED)
DONE = (Mission.State.ACCEPTED, Mission.State.CLOSED)
STOPPED = (Mission.State.SUSPENDED, Mission.State.TERMINATED)


@dataclass(slots=True)
class Records:
    """The missions of one applicant: surely theirs, and those that bear only the same name."""

    hosted: list[Mission] = field(default_factory=list)
    led: list[Mission] = field(default_factory=list)
    perhaps_led: list[Mission] = field(default_factory=list)


def records_of(lead: Unit, investigator: Person | None) -> Records:
    """What is on file: the organisation with those it came out of and every way in which its name is written; the
    investigator, and apart from them the missions of namesakes."""
    units = units_behind({lead.pk})
    named = Q(pk=None)
    for name in UnitName.objects.filter(unit__in=units).values_list("name", flat=True):
        named |= Q(host_name__iexact=name)
    rows = _rows()
    hosted = list(rows.filter(Q(host__in=units) | Q(host=None) & named))
    if investigator is None:
        return Records(hosted)
    led = list(rows.filter(investigator=investigator))
    others = [person.pk for person in namesakes(investigator)]
    same_name = Q(investigator=None, investigator_name__iexact=investigator.full_name)
    return Records(hosted, led, list(rows.filter(Q(investigator__in=others) | same_name)))


def _rows() -> "QuerySet[Mission, Mission]":
    return Mission.objects.prefetch_related(
        "acceptances", "results", "use_reports", "refunds", "adjustments"
    ).order_by("-year", "pk")  # fmt: skip


def stopped_on(mission: Mission) -> date | None:
    """The day on which a mission was suspended or ended before its time; None when the day is not on file."""
    days = [
        one.decided_on for one in mission.adjustments.all()
        if one.kind in ("suspension", "termination") and one.decided_on is not None and one.state == one.State.GRANTED
    ]  # fmt: skip
    return max(days) if days else None
