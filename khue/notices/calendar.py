"""A person's deadlines as an iCalendar feed (RFC 5545), for the calendar on the phone or in Outlook."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.notices.models import Preferences


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day in somebody's calendar. `uid` stays the same when the day or the words change."""

    uid: str
    on: date
    title: str
    url: str
    details: str = ""
    changed_at: datetime | None = None


Source = Callable[[User], Iterable[Deadline]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source(user)` fill calendars, each in a constant number of queries; called at start-up."""
    if source not in _sources:
        _sources.append(source)


def owner_of(secret: str) -> User | None:
    """Whose calendar the secret opens; nobody's when the account is deactivated."""
    preferences = Preferences.objects.filter(calendar_secret=secret, user__is_active=True).select_related("user")
    found = preferences.first()
    return found.user if found else None


def feed(user: User) -> bytes:
    """All that the sources know for `user`, as a calendar file in the person's language."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Khue//Deadlines//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Khuê: deadlines of %(name)s") % {"name": user.full_name})
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for source in _sources:
        for deadline in source(user):
            calendar.add_component(_event(deadline))
    written: bytes = calendar.to_ical()
    return written


def _event(deadline: Deadline) -> icalendar.Event:
    address = f"{settings.SITE_URL}{deadline.url}"
    event = icalendar.Event()
    event.add("uid", f"{deadline.uid}@khue")
    event.add("dtstamp", deadline.changed_at or now())
    event.add("dtstart", deadline.on)
    event.add("dtend", deadline.on + timedelta(days=1))
    event.add("summary", deadline.title)
    event.add("description", f"{deadline.details}\n{address}".strip())
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", deadline.title)
    alarm.add("trigger", timedelta(hours=-16))
    event.add_component(alarm)
    return event
