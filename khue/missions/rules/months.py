"""Months of a mission as days of the calendar."""

from datetime import date, timedelta

from khue.core.calendar import add_months


def last_day(starts_on: date, months: int) -> date:
    """The last day of `months` months that begin on `starts_on`."""
    return add_months(starts_on, months) - timedelta(days=1)


def months_between(starts_on: date, ends_on: date) -> int:
    """Months from the first to the last day, a month begun counted whole: 1 January to 31 December gives 12."""
    after = ends_on + timedelta(days=1)
    whole = (after.year - starts_on.year) * 12 + after.month - starts_on.month
    return whole + 1 if add_months(starts_on, whole) < after else whole


def year_of(starts_on: date, day: date) -> int:
    """Which year of the mission `day` is in, from 1."""
    return max(1, (months_between(starts_on, day) + 11) // 12) if day >= starts_on else 1
