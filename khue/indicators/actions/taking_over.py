"""Taking over reports that were sent and approved before the system came: their figures, and when they were sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.indicators.actions import desk
from khue.indicators.actions.bringing import Brought, Figure, bring, needed
from khue.indicators.models import Cycle, UnitReport
from khue.indicators.rules.bringing import may_bring
from khue.journal.actions import record

State = UnitReport.State
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Past:
    """A report of one unit: the day on which it was sent, and its figures."""

    unit: int
    sent_on: date
    figures: Sequence[Figure]


@transaction.atomic
def take_over(cycle: Cycle, reports: Sequence[Past], *, by: Actor) -> Brought:
    """Enter `reports` as approved in a cycle that was called for; those that were begun here are left alone.

    Raises:
        Refused: `figures.not-yours`, `figures.wrong` (with the first reasons; nothing is entered), `cycle.not-asked`
            (a unit that does not report in it).
    """
    require(may_bring(by))
    rows = _untouched(cycle, [one.unit for one in reports])
    taken = [one for one in reports if one.unit in rows]
    figures = [figure for one in taken for figure in one.figures]
    brought = bring(figures, by=by)
    needed(figures, brought)
    for one in taken:
        row = rows[one.unit]
        row.state, row.submitted_on, row.approved_at = State.APPROVED, one.sent_on, now()
        row.submitted_at = timezone.make_aware(datetime.combine(one.sent_on, time(16)))
        row.revision += 1
        if row.case is not None:
            desk.step(row, "approve", by=by)
    fields = ["state", "submitted_on", "submitted_at", "approved_at", "revision"]
    UnitReport.objects.bulk_update([rows[one.unit] for one in taken], fields, BATCH)
    if taken:
        record(cycle.dossier, "cycle.taken-over", by=by, units=len(taken), figures=len(figures))
    return brought


def _untouched(cycle: Cycle, units: Sequence[int]) -> dict[int, UnitReport]:
    asked = cycle.reports.select_for_update(of=("self",)).select_related("case", "unit").in_bulk(field_name="pk")
    there = {row.unit_id: row for row in asked.values()}
    strange = [unit for unit in units if unit not in there]
    if strange:
        sentence = _("%(count)s of the units were not asked in %(period)s; nothing was entered.")
        told = {"count": len(strange), "period": cycle.period.called}
        raise Refused(Refusal("cycle.not-asked", sentence % told))
    return {unit: row for unit, row in there.items() if unit in set(units) and row.started_at is None and row.is_open}
