"""Jobs of the documents app."""

from procrastinate.contrib.django import app

from khue.core.timetable import daily
from khue.documents.actions import assigning as assignings
from khue.documents.actions.acknowledgements import remind_silent
from khue.documents.actions.directive_recurrence import open_due_occurrences
from khue.documents.models import Assigning


@app.periodic(cron=daily("00:10"))
@app.task(name="documents.open_occurrences", queueing_lock="documents.open_occurrences")
def open_occurrences(timestamp: int) -> int:  # noqa: ARG001 - the moment it was due, as every periodic job gets it
    """Open this period's occurrence of every recurring directive, a little after midnight."""
    return open_due_occurrences()


@app.periodic(cron=daily("06:20"))
@app.task(name="documents.remind_silent", queueing_lock="documents.remind_silent")
def ask_silent(timestamp: int) -> int:  # noqa: ARG001 - the moment it was due, as every periodic job gets it
    """Ask for acknowledgements that are late, before the working day begins."""
    return remind_silent()


@app.task(name="documents.finish_assigning")
def finish_assigning(assigning_id: int) -> None:
    """Assign the directives of one document; what was given up or is done with is left alone."""
    waiting = Assigning.objects.select_related("extraction__document__unit", "by")
    found = waiting.filter(pk=assigning_id, state=Assigning.State.WORKING).first()
    if found:
        assignings.finish(found)
