"""Filling in what the system knows: nobody types a figure that can be counted."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.db import transaction

from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.indicators import measures
from khue.indicators.models import Category, Observation, Period, UnitReport
from khue.indicators.rules.locks import lock_of
from khue.indicators.rules.reports import for_action
from khue.indicators.rules.sheet import versions_of
from khue.journal.actions import record

BATCH = 2000


@transaction.atomic
def refresh(reports: Collection[UnitReport], *, by: Actor) -> int:
    """Count anew the measured figures of those of `reports` that are open; returns how many changed.

    A figure that a person wrote stays as it is. What is sent or approved is never touched.
    """
    rows = for_action().filter(pk__in=[one.pk for one in reports]).select_for_update(of=("self",)).order_by("pk")
    by_cycle: dict[int, list[UnitReport]] = {}
    for row in rows:
        if row.is_open and lock_of(row) is None:
            by_cycle.setdefault(row.cycle_id, []).append(row)
    return sum(_refresh(open_ones, by=by) for open_ones in by_cycle.values())


def _refresh(reports: list[UnitReport], *, by: Actor) -> int:
    cycle = reports[0].cycle
    counted = {
        version.indicator_id: measure.count(cycle.period, [one.unit_id for one in reports])
        for version in versions_of(cycle.report_set_id, cycle.period)
        if version.measure and (measure := measures.named(version.measure)) is not None
    }
    changed = _write(cycle.period, reports, counted)
    if changed:
        record(cycle.dossier, "cycle.counted", by=by, count=changed, on=today())
    return changed


def _write(period: Period, reports: Iterable[UnitReport], counted: Mapping[int, Mapping[int, Decimal | int]]) -> int:
    states = {report.unit_id: report.state for report in reports}
    rows = Observation.objects.filter(period=period, indicator__in=counted, category=Category.TOTAL, unit__in=states)
    there = {(row.indicator_id, row.unit_id): row for row in rows}
    new: list[Observation] = []
    changed: list[Observation] = []
    for indicator, figures in counted.items():
        for unit, state in states.items():
            value, one = Decimal(figures.get(unit, 0)), there.get((indicator, unit))
            if one is None:
                keys = {"period": period, "indicator_id": indicator, "unit_id": unit}
                new.append(Observation(**keys, value=value, state=state, at=now()))
            elif one.author_id is None and one.value != value:
                one.value, one.at, one.revision = value, now(), one.revision + 1
                changed.append(one)
    Observation.objects.bulk_create(new, BATCH)
    Observation.objects.bulk_update(changed, ["value", "at", "revision"], BATCH)
    return len(new) + len(changed)
