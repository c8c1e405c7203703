"""Jobs of search."""

from procrastinate.contrib.django import app

from khue.matching import actions


@app.periodic(cron="40 2 * * *")
@app.task(name="matching.reconcile", queueing_lock="matching.reconcile")
def reconcile(timestamp: int) -> int:  # noqa: ARG001 - the moment it was due, as every periodic job gets it
    """Every night: bring what search knows in line with the records, whatever was forgotten by day."""
    return actions.reconcile()
