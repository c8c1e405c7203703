"""The one clock. Actions ask it, so that a worked case or the demo city can be lived through at its own dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("khue_clock", default=None)


def now() -> datetime:
    """The present moment, with its time zone."""
    return _set.get() or timezone.now()


def today() -> date:
    """Today's date at the place the site serves. Asked hundreds of times a page, so without detours."""
    zone, moment = timezone.get_default_timezone(), _set.get()
    return (datetime.now(zone) if moment is None else moment.astimezone(zone)).date()


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Within the block it is `moment`; a date means nine in the morning of that day."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(9), tzinfo=timezone.get_default_timezone())
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
