"""When jobs run. Their rules are read in UTC; people, days off and the digest go by the clock of the place."""

from datetime import UTC, datetime, time

from django.utils import timezone

from khue.core.clock import today


def daily(clock: str) -> str:
    """The cron rule for every day at `clock`, such as `06:30`, where the site serves.

    A place that changes its clocks in summer keeps the hour that held when the process began.
    """
    here = datetime.combine(today(), time.fromisoformat(clock), tzinfo=timezone.get_default_timezone())
    there = here.astimezone(UTC)
    return f"{there.minute} {there.hour} * * *"
