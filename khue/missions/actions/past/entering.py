"""Entering missions of the past from old lists, thousands at a time, so that the memory is there on the first day."""

from collections.abc import Sequence

from django.db import transaction

from khue.core.actors import Actor
from khue.core.refusals import require
from khue.journal.actions import begin_many, record
from khue.matching.actions import changed_many
from khue.missions.models import Mission
from khue.missions.rules.visibility import may_keep

BATCH = 1000


@transaction.atomic
def enter_past(missions: Sequence[Mission], *, by: Actor) -> None:
    """Enter missions that were carried out before, without a case; nobody is told of them. Callers have seen to it
    that none of them is there yet.

    Raises:
        Refused: `missions-not-yours`.
    """
    require(may_keep(by))
    for mission in missions:
        mission.imported = True
        mission.prepare()
    Mission.objects.bulk_create(missions, BATCH)
    begin_many("mission.entered", ((f"mission:{mission.pk}", {"title": mission.title}) for mission in missions), by=by)
    changed_many("mission", [mission.pk for mission in missions])


@transaction.atomic
def correct_past(mission: Mission, *, by: Actor, **facts: object) -> Mission:
    """Correct facts of a mission that was brought in. Raises Refused: `missions-not-yours`."""
    require(may_keep(by))
    mission.refresh_from_db(from_queryset=Mission.objects.select_for_update())
    changed = [name for name, value in facts.items() if getattr(mission, name) != value]
    for name in changed:
        setattr(mission, name, facts[name])
    if changed:
        mission.save()
        record(f"mission:{mission.pk}", "mission.corrected", by=by, changed=sorted(changed))
        changed_many("mission", [mission.pk])
    return mission
