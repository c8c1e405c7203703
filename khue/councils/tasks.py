"""Jobs of the councils app."""

from procrastinate.contrib.django import app

from khue.core.timetable import daily
from khue.councils.actions.terms import remind_of_terms


@app.periodic(cron=daily("06:35"))
@app.task(name="councils.remind_of_terms", queueing_lock="councils.remind_of_terms")
def tell_terms(timestamp: int) -> int:  # noqa: ARG001 - the moment it was due, as every periodic job gets it
    """Every morning: terms of standing councils that end soon. Safe to run again."""
    return remind_of_terms()
