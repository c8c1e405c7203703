"""Jobs of the engine."""

from procrastinate.contrib.django import app

from khue.core.timetable import daily
from khue.flow.actions import send_reminders


@app.periodic(cron=daily("06:30"))
@app.task(name="flow.remind", queueing_lock="flow.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001 - periodic tasks are given the moment they stand for
    """Every morning: reminders and overdue notices by the calendar. Safe to run again."""
    send_reminders()
