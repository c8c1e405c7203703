"""Working days: Monday to Friday without public holidays and with the days that were swapped.

Holidays come from the `holidays` library (Labour Code 45/2019/QH14, article 112); what the authorities announce each
year, above all Saturdays worked for a longer holiday, is read from `processes/calendar/<year>.toml`:

    verified = true
    [[off]]                     # an ordinary working day that is free
    on = 2025-05-02
    [[working]]                 # a Saturday or Sunday worked instead
    on = 2025-04-26
"""

import tomllib
from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import holidays
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SATURDAY = 5


def is_working(day: date) -> bool:
    """Whether offices are open on `day`."""
    days = _working_days(settings.PROCESSES, day.year)
    place = bisect_left(days, day)
    return place < len(days) and days[place] == day


def add_working_days(day: date, n: int) -> date:
    """The `n`-th working day after `day` (before it, when negative); with 0 the day itself or the next working one."""
    if n == 0:
        return day if is_working(day) else add_working_days(day, 1)
    year, left = day.year, abs(n)
    while True:
        days = _working_days(settings.PROCESSES, year)
        reach = days[bisect_right(days, day) :] if n > 0 else days[: bisect_left(days, day)][::-1]
        if left <= len(reach):
            return reach[left - 1]
        left -= len(reach)
        year += 1 if n > 0 else -1


def working_days_between(a: date, b: date) -> int:
    """Working days met on the way from `a` to `b`, without `a` itself; negative when `b` is earlier."""
    if a <= b:
        return sum(
            bisect_right(days, b) - bisect_right(days, a)
            for days in (_working_days(settings.PROCESSES, year) for year in range(a.year, b.year + 1))
        )
    return -sum(
        bisect_left(days, a) - bisect_left(days, b)
        for days in (_working_days(settings.PROCESSES, year) for year in range(b.year, a.year + 1))
    )


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier, when negative); the last of the month where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_left_sentence(due: date, today: date) -> str:
    """`còn 2 ngày làm việc`, `hạn hôm nay`, `quá hạn 3 ngày` (days of the calendar once it is overdue)."""
    if due == today:
        return _("due today")
    if due < today:
        late = (today - due).days
        return ngettext("%(days)s day overdue", "%(days)s days overdue", late) % {"days": late}
    left = working_days_between(today, due)
    if left == 0:
        return _("due %(date)s, no working day left") % {"date": f"{due:%d/%m/%Y}"}
    return ngettext("%(days)s working day left", "%(days)s working days left", left) % {"days": left}


days_left = lazy(days_left_sentence, str)
"""The same, put into words when and in the language in which it is read."""


@lru_cache(maxsize=64)
def _working_days(shelf: Path, year: int) -> list[date]:
    """Every working day of `year`, in order."""
    off = set(holidays.country_holidays("VN", years=year))
    working: set[date] = set()
    path = Path(shelf) / "calendar" / f"{year}.toml"
    if path.is_file():
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        off |= {row["on"] for row in told.get("off", [])}
        working = {row["on"] for row in told.get("working", [])}
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return [day for day in days if day in working or (day.weekday() < SATURDAY and day not in off)]
