# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Dates and periods in Vietnamese official prose: `trong tháng 9/2019`, `trước ngày 30/6`, `quý II năm 2025`."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Role = Literal["deadline", "moment", "start", "horizon", "span"]
"""deadline: a word says it is the limit; moment: a day, month or quarter; start: "từ ngày"; horizon: "đến năm 2030";
span: a stretch of time that describes something else ("kết quả 6 tháng đầu năm")."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often a task comes back, and the day of the last month of the round by which it is due (0: not said)."""

    every: Literal["day", "week", "month", "quarter", "half-year", "year"]
    day: int = 0
    month: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days named in the text. `first` or `last` is `None` where that end is open or cannot be known."""

    start: int
    end: int
    first: date | None
    last: date | None
    role: Role
    recurrence: Recurrence | None = None


_CORE = re.compile(
    r"""(?<![\w/.])(?:
      (?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>(?:19|20)\d{2})(?![\w/])
    | ngày\s+(?P<wd>\d{1,2})\s+tháng\s+(?P<wm>\d{1,2})(?:\s+năm\s+(?P<wy>(?:19|20)\d{2}|nay))?
    | (?:ngày\s+|trước\s+|đến\s+|hạn\s+|sáng\s+|chiều\s+)(?P<sd>\d{1,2})\s?(?:[/-]|(?<=ngày\s\d\d)\.|(?<=ngày\s\d)\.)\s?(?P<sm>\d{1,2})(?![\d%]|\s?[/.-]\s?\d)
    | (?P<half>\d{1,2}|sáu|chín|ba)\s+tháng\s+(?P<side>đầu|cuối)\s+năm(?:\s+(?P<hy>(?:19|20)\d{2}|nay))?
    | tháng\s+(?P<mm>\d{1,2})(?:\s?[-–]\s?(?P<mm2>\d{1,2})(?=\s?/\s?20\d\d|,?\s+năm\s))?(?:\s?[/-]\s?(?P<my>(?:19|20)\d{2})|,?\s+năm\s+(?P<my2>(?:19|20)\d{2}|nay)|\s+này|\s+tới)?(?![\d%])
    | quý\s+(?P<q>iv|i{1,3}|[1-4])\b(?:\s*(?:[-–]\s*(?P<q2>iv|i{1,3}|[1-4])|(?:,|và|đến)\s*(?:quý\s+)?(?P<q3>iv|i{1,3}))\b)?(?:\s?[/-]\s?(?P<qy>(?:19|20)\d{2})|,?\s+năm\s+(?P<qy2>(?:19|20)\d{2}|nay))?
    | (?:(?:trong|vòng|thời\ hạn|thời\ gian|nhất|sau)\s+)(?P<n>\d{1,3})(?:\s*\([^)]{1,20}\))?\s+(?P<unit>ngày|tuần|tháng)(?!\s+(?:đầu|cuối))(?P<work>\s+làm\s+việc)?
    | (?P<now>(?:tuần|tháng|quý|năm)\s+(?:này|nay|tới|sau)|ngay\s+hôm\s+nay|ngày\s+mai|hôm\s+nay)\b
    | (?P<every>(?:hằng|hàng)\s+(?:ngày|tuần|tháng|quý|năm)|định\s+kỳ\s+(?:(?:hằng|hàng|mỗi)\s+)?(?:ngày|tuần|tháng|quý|năm|\d+\s+tháng)|tháng\s+cuối\s+(?:của\s+)?(?:mỗi\s+)?quý(?!\s*(?:[iv/-]|[1-4]|này|nay)))
    | năm\s+(?P<yy>(?:19|20)\d{2})(?!\s?[-–/])(?![\d/])
    )""",
    re.X,
)
_BEFORE = re.compile(
    r"""(?:(?P<deadline>(?:chậm|muộn)\s+nhất(?:\s+là)?|hạn\s+(?:chót|cuối(?:\s+cùng)?)(?:\s+là)?|thời\s+(?:hạn|gian)(?:\s+(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo))?\s*:?
        |hoàn\s+thành(?:\s+(?:xong|dứt\s+điểm))?|xong|trước|đến\s+hết|đến\s+trước|tới|hết|trong\s+vòng|(?:ngay\s+)?(?:trong|vào)|đến|vòng|cuối|đầu|giữa)
      |(?P<start>(?:kể\s+)?từ)|(?P<occasion>(?:nhân\s+)?dịp))
      (?:\s+(?:khoảng|là|vào|trong|trước|hết|cuối|đầu|giữa|thời\s+hạn|thời\s+gian))*
      (?:\s+\d{1,2}\s?(?:giờ|h|g)(?:\s?\d{2})?(?:\s+phút)?,?)?
      (?:\s*(?:sáng|chiều|ngày|thứ\s+\w+,?))*\s*$""",
    re.X,
)
_YEARLY = re.compile(r"\s+(?:hằng|hàng)\s+(?:tháng|quý|năm)")
_IDLE = re.compile(
    r"(?:thời\s+(?:hạn|gian)(?:\s+(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo))?\s*:?|hoàn\s+thành(?:\s+(?:xong|dứt\s+điểm))?|xong)\s+"
)
_DAY_OF_MONTH = re.compile(
    r"[\s,(:]*(?:và\s+)?(?:\w+,?\s+){0,16}?(?:trước|vào|chậm nhất(?: là)?|đến)\s+ngày\s+(?P<d>\d{1,2})(?:(?:\s?/\s?|\s+tháng\s+)(?P<m>\d{1,2}))?(?:\s*(?:,|và)\s*(?:ngày\s+)?(?P<d2>\d{1,2})\s?/\s?(?P<m2>\d{1,2}))?"
    r"(?:\s+(?:của\s+)?(?:tháng\s+(?:cuối\s+(?:của\s+)?quý|cuối|báo cáo|sau|đầu quý sau)|hằng\s+\w+|hàng\s+\w+|mỗi\s+\w+))?"
)
_DAY_BEFORE = re.compile(
    r"(?:(?:trước|vào|chậm nhất(?: là)?|đến)\s+(?:ngày\s+)?|ngày\s+)(?P<d>\d{1,2})(?:\s?(?:/|tháng)\s?(?P<m>\d{1,2}))?,?\s*(?:của\s+)?(?:tháng\s+cuối\s+)?$"
)
_AFTER_SIGNING = re.compile(
    r"\s*,?\s*(?:kể\s+)?(?:từ|sau)\s+(?:khi\s+|ngày\s+)?(?P<what>ký|ban hành|nay|hôm nay|[^.;,\n]{0,40})"
)
_EVERY: dict[str, Literal["day", "week", "month", "quarter", "half-year", "year"]] = {
    "ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year",
}  # fmt: skip
_COUNTS = {"sáu": 6, "chín": 9, "ba": 3}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def periods(low: str, start: int, end: int, today: date | None) -> Iterator[Period]:
    """Yield the periods between two offsets of a lower-cased plain text.

    `today` is the day of the document: years left out are taken from it, and "này", "tới" are counted from it.
    """
    position = start
    while found := _CORE.search(low, position, end):
        position = found.end()
        if (found["sd"] or found["wd"]) and _YEARLY.match(low, position, end):
            continue
        if period := _read(low, found, start, end, today):
            position = max(position, period.end)
            yield period


def _read(low: str, found: re.Match[str], floor: int, end: int, today: date | None) -> Period | None:
    if found["every"]:
        return _recurring(low, found, floor, end, today)
    if found["n"]:
        return _within(low, found, floor, end, today)
    bounds = _bounds(found, today)
    if bounds is None:
        return None
    first, last = bounds
    head = low[max(floor, found.start() - 60) : found.start() + _leading(found)]
    before = _BEFORE.search(head)
    word = before["deadline"] if before else None
    start = found.start()
    if before:
        idle = _IDLE.match(before[0])
        start = found.start() + _leading(found) - (len(head) - before.start()) + (idle.end() if idle else 0)
    period = Period(start, found.end(), first, last, "moment")
    if found["half"] and not word:
        return replace(period, role="span")
    if found["yy"] and not (word or (before and before["start"])):
        return replace(period, role="span")
    return _with_word(period, before, found, today)


def _leading(found: re.Match[str]) -> int:
    """How many characters of the match are a word that `_BEFORE` should see: "trước" in "trước 30/6"."""
    return found.start("sd") - found.start() if found["sd"] else 0


def _with_word(period: Period, before: re.Match[str] | None, found: re.Match[str], today: date | None) -> Period:
    if before is None or before["occasion"]:
        return period
    if before["start"]:
        return replace(period, last=None, role="start")
    word = before["deadline"]
    said = before[0]
    if found["yy"] and word.startswith(("đến", "tới")) and "hết" not in said:
        return replace(period, first=None, role="horizon")
    within = word.endswith(("trong", "vào")) or word.startswith(("hoàn", "thời", "cuối", "đầu", "giữa"))
    period = _narrowed(period, said)
    if not within or " trước" in said or " hết" in said:
        period = replace(period, first=None)
        if word == "trước" and found["yy"] and period.last:
            period = replace(period, last=date(period.last.year - 1, 12, 31))
    plain_day = period.first == period.last and word.endswith(("vào", "trong"))
    period = replace(period, role="moment" if plain_day else "deadline")
    return _rolled(period, found, today)


def _narrowed(period: Period, said: str) -> Period:
    """`cuối tháng 6` ends with the month; `đầu`, `giữa` end with its first third or middle."""
    if period.first and period.last and period.first != period.last:
        length = (period.last - period.first).days + 1
        if " đầu" in said:
            return replace(period, last=period.first + timedelta(days=max(length // 3 - 1, 0)))
        if " giữa" in said:
            return replace(period, last=period.first + timedelta(days=length // 2))
    return period


def _rolled(period: Period, found: re.Match[str], today: date | None) -> Period:
    """A deadline without a year that lies well before the document is meant for the year after."""
    has_year = any(found[name] for name in ("y", "wy", "my", "my2", "qy", "qy2", "hy", "yy", "now"))
    if has_year or today is None or period.last is None or (today - period.last).days <= 45:
        return period
    first = _moved(period.first, 1) if period.first else None
    return replace(period, first=first, last=_moved(period.last, 1))


def _moved(day: date, years: int) -> date:
    return _day(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day) or day


def _bounds(found: re.Match[str], today: date | None) -> tuple[date, date] | None:
    year = today.year if today else 0
    if found["d"]:
        return _single(int(found["y"]), found["m"], found["d"])
    if found["wd"]:
        return _single(_year(found["wy"], year), found["wm"], found["wd"])
    if found["sd"]:
        return _single(year, found["sm"], found["sd"])
    if found["mm"]:
        first, last = int(found["mm"]), int(found["mm2"] or found["mm"])
        return _months(_year(found["my"] or found["my2"], year), first, last - first + 1)
    if found["q"]:
        quarter = _ROMAN.get(found["q"]) or int(found["q"])
        said = found["q2"] or found["q3"] or found["q"]
        last = _ROMAN.get(said) or int(said)
        return _months(_year(found["qy"] or found["qy2"], year), 3 * quarter - 2, 3 * (last - quarter + 1))
    if found["half"]:
        count = _COUNTS.get(found["half"]) or int(found["half"])
        begin = 1 if found["side"] == "đầu" else 13 - count
        return _months(_year(found["hy"], year), begin, count)
    if found["now"]:
        return _around(found["now"], today)
    return _months(int(found["yy"]), 1, 12)


def _year(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isdigit() else otherwise


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _single(year: int, month: str, day: str) -> tuple[date, date] | None:
    found = _day(year, int(month), int(day))
    return (found, found) if found else None


def _months(year: int, begin: int, count: int) -> tuple[date, date] | None:
    finish = begin + count - 1
    if not (1 <= begin <= finish <= 12 and 1900 <= year <= 2200):
        return None
    return date(year, begin, 1), date(year, finish, calendar.monthrange(year, finish)[1])


def _around(words: str, today: date | None) -> tuple[date, date] | None:
    """`tháng này`, `tuần tới`, `năm nay`, counted from the day of the document."""
    if today is None:
        return None
    later = words.endswith(("tới", "sau", "mai"))
    if words.startswith("tuần"):
        monday = today - timedelta(days=today.weekday() - 7 * later)
        return monday, monday + timedelta(days=6)
    if words.startswith("tháng"):
        return _months(today.year + (today.month + later > 12), (today.month - 1 + later) % 12 + 1, 1)
    if words.startswith("quý"):
        quarter = (today.month - 1) // 3 + later
        return _months(today.year + quarter // 4, 3 * (quarter % 4) + 1, 3)
    if words.startswith("năm"):
        return _months(today.year + later, 1, 12)
    day = today + timedelta(days=later)
    return day, day


def _within(low: str, found: re.Match[str], floor: int, end: int, today: date | None) -> Period | None:
    """`trong vòng 10 ngày làm việc`, `chậm nhất 15 ngày kể từ ngày ký`."""
    tail = _AFTER_SIGNING.match(low, found.end(), end)
    known = tail is None or tail["what"].startswith(("ký", "ban hành", "nay", "hôm nay"))
    head = _BEFORE.search(low, max(floor, found.start() - 40), found.start("n"))
    start = head.start() if head and head["deadline"] else found.start()
    stop = tail.end() if tail and tail["what"].startswith(("ký", "ban hành")) else found.end()
    last = _after(today, int(found["n"]), found["unit"], bool(found["work"])) if today and known else None
    return Period(start, stop, None, last, "deadline")


def _after(today: date, count: int, unit: str, working: bool) -> date:
    if unit == "tháng":
        months = today.month - 1 + count
        year, month = today.year + months // 12, months % 12 + 1
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    if not working:
        return today + timedelta(days=count * (7 if unit == "tuần" else 1))
    day = today
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _recurring(low: str, found: re.Match[str], floor: int, end: int, today: date | None) -> Period:
    word = found["every"].split()[-1]
    every = "half-year" if found["every"][-8:].startswith("6 ") or " 6 tháng" in found["every"] else _EVERY[word]
    start, stop, day, month, after = found.start(), found.end(), 0, 0, None
    if before := _DAY_BEFORE.search(low, max(floor, found.start() - 60), found.start()):
        start, day, month = before.start(), int(before["d"]), int(before["m"] or 0)
    elif after := _DAY_OF_MONTH.match(low, found.end(), min(end, found.end() + 140)):
        stop, day, month = after.end(), int(after["d"]), int(after["m"] or 0)
    recurrence = Recurrence(every, day, month)
    rounds = [recurrence] if day else []
    if not before and after and after["m2"]:
        rounds = [Recurrence("year", day, month), Recurrence("year", int(after["d2"]), int(after["m2"]))]
    days = [due for rule in rounds if today and (due := next_round(rule, today))]
    last = min(days) if days else None
    return Period(start, stop, None, last, "deadline" if day else "span", recurrence)


def next_round(rule: Recurrence, today: date) -> date | None:
    """The first due day on or after `today`."""
    step = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}.get(rule.every)
    if step is None:
        return None
    for ahead in range(25):
        year, month = today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1
        if month != rule.month if rule.month else month % step:
            continue
        due = date(year, month, min(rule.day, calendar.monthrange(year, month)[1])) if 1 <= rule.day <= 31 else None
        if due and due >= today:
            return due
    return None
