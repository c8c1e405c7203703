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
KNOWN = (date(1945, 1, 1), date(2100, 12, 31))
"""Days for which holidays are counted; before and after, every Monday to Friday is a working day. Nobody's deadline is
so far off: a day that was mistyped must not cost whoever looks at a list centuries of holidays."""


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
        return _met(a, b)
    return -(_met(b, a) + is_working(b) - is_working(a))


def _met(a: date, b: date) -> int:
    """Those after `a` until `b`, which is not earlier."""
    first, last = min(max(a, KNOWN[0]), b), max(min(b, KNOWN[1]), a)
    if first >= last:
        return _weekdays(a, b)
    tables = (_working_days(settings.PROCESSES, year) for year in range(first.year, last.year + 1))
    known = sum(bisect_right(days, last) - bisect_right(days, first) for days in tables)
    return _weekdays(a, first) + known + _weekdays(last, b)


def _weekdays(a: date, b: date) -> int:
    """Mondays to Fridays after `a` until `b`. Day 1 of the count of days was a Monday."""
    before, until = (day.toordinal() // 7 * SATURDAY + min(day.toordinal() % 7, SATURDAY) for day in (a, b))
    return until - before


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


@lru_cache(maxsize=KNOWN[1].year - KNOWN[0].year + 10)
def _working_days(shelf: Path, year: int) -> list[date]:
    """Every working day of `year`, in order."""
    off = set(holidays.country_holidays("VN", years=year)) if KNOWN[0].year <= year <= KNOWN[1].year else set()
    working: set[date] = set()
    path = Path(shelf) / "calendar" / f"{year}.toml"
    if path.is_file():
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        off |= {row["on"] for row in told.get("off", [])}
        working = {row["on"] for row in told.get("working", [])}
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    return [day for day in days if day in working or (day.weekday() < SATURDAY and day not in off)]
