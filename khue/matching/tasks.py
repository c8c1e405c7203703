"""Jobs of search."""

from contextlib import suppress

from procrastinate.contrib.django import app

from khue.core.refusals import Refused
from khue.core.timetable import daily
from khue.matching import actions
from khue.matching.actions import sweeping
from khue.matching.models import Sweep


@app.periodic(cron=daily("02:40"))
@app.task(name="matching.reconcile", queueing_lock="matching.reconcile")
def reconcile(timestamp: int) -> int:  # noqa: ARG001 - the moment it was due, as every periodic job gets it
    """Every night: bring what search knows in line with the records, whatever was forgotten by day."""
    return actions.reconcile()


@app.task(name="matching.sweep")
def sweep(sweep_id: int) -> None:
    """Compare all records with each other; where somebody else is at it already, there is nothing to do."""
    with suppress(Refused):
        sweeping.go_on(Sweep.objects.get(pk=sweep_id))


@app.periodic(cron="*/10 * * * *")
@app.task(name="matching.resume_sweep", queueing_lock="matching.resume_sweep")
def resume_sweep(timestamp: int) -> bool:  # noqa: ARG001 - the moment it was due, as every periodic job gets it
    """Take up a comparison whose worker was stopped."""
    return sweeping.resume_broken()
