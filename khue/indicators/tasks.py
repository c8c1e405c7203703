"""What the calendar does for reports: periods that ended are called for, counted figures are counted anew."""

from procrastinate.contrib.django import app

from khue.core.actors import CALENDAR
from khue.core.timetable import daily
from khue.indicators.actions import cycles, measuring
from khue.indicators.models import UnitReport


@app.periodic(cron=daily("06:10"))
@app.task(name="indicators.open_due", queueing_lock="indicators.open_due")
def open_due(timestamp: int) -> None:  # noqa: ARG001 - periodic tasks are given the moment they stand for
    """Ask the units for their reports of periods that ended, and count what the system knows."""
    cycles.open_due()
    waiting = UnitReport.objects.filter(state__in=["draft", "returned"], case__isnull=False)
    measuring.refresh(list(waiting), by=CALENDAR)
