"""When jobs run: by the clock of the place, in an order in which each finds what it needs, and not only at night."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer

MORNING = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
EVERY = {"matching.resume_sweep", "missions.close_calls", "notices.send_digests"}
"""They run every few minutes."""


def daily_jobs() -> Iterator[tuple[str, str]]:
    """Names of daily jobs and when each runs next, where the site serves."""
    for one in app.periodic_registry.periodic_tasks.values():
        moment = one.croniter.get_next(float, start_time=MORNING.timestamp())
        if one.task.name not in EVERY:
            yield one.task.name, f"{datetime.fromtimestamp(moment, ZoneInfo(settings.TIME_ZONE)):%H:%M}"


def test_the_night_is_the_night_of_the_place_and_reminders_come_before_the_digest() -> None:
    jobs = dict(daily_jobs())
    assert jobs["documents.open_occurrences"] == "00:10"
    assert jobs["missions.turn_the_day"] == "00:15"
    reminders = {name: at for name, at in jobs.items() if "remind" in name}
    assert set(reminders) == {
        "documents.remind_silent", "missions.remind_late", "flow.remind", "councils.remind_of_terms"
    }  # fmt: skip
    assert all("06:00" <= at < f"{settings.DIGEST_HOUR:02d}:00" for at in reminders.values())


@pytest.mark.django_db
def test_a_worker_that_begins_in_the_morning_makes_up_for_the_night() -> None:
    deferrer = PeriodicDeferrer(app.periodic_registry, **settings.PROCRASTINATE_PERIODIC_DEFAULTS)
    missed = {one.task.name for one, _moment in deferrer.get_previous_tasks(at=MORNING.timestamp())}
    assert {name for name, _at in daily_jobs()} <= missed
    assert app.periodic_defaults == settings.PROCRASTINATE_PERIODIC_DEFAULTS
    digest = app.tasks["notices.send_digests"]
    assert digest.priority < min(one.priority for name, one in app.tasks.items() if "remind" in name)
