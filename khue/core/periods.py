"""Reporting periods as objects: which days a report counts, and when it is due. All of it is data.

Decree 09/2019/NĐ-CP for administrative reports; the calendar year for statistics. The files are in
`processes/reporting/`; whoever reports on a level has the working days of that level to send.
"""

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.core.calendar import add_working_days
from khue.core.refusals import Refusal, Refused

ROMAN = ("", "I", "II", "III", "IV")
_CODE = re.compile(r"(20\d\d)(?:-(?:(H1|9M|TK)|Q([1-4])|(0[1-9]|1[0-2])))?")
_KINDS = {None: "year", "H1": "half", "9M": "nine-months", "TK": "statistical-year"}


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period. `first` and `last` are the days whose figures count, both included."""

    code: str
    label: str
    first: date
    last: date
    basis: str
    verified: bool
    kind: str = ""
    year: int = 0
    number: int = 1
    english: str = ""

    @property
    def called(self) -> str:
        """Its name for who reads now; `label` is the name on papers and in the journal."""
        return self.english if get_language() == "en" else self.label


@dataclass(frozen=True, slots=True)
class Due:
    """Working days after the end of a period, and where that comes from."""

    working_days: int
    basis: str
    verified: bool

    def after(self, last: date) -> date:
        """The last day on time, for figures of a period that ends on `last`."""
        return add_working_days(last, self.working_days)


@lru_cache(maxsize=8)
def _regimes(shelf: Path) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Kind of period -> its own table and the file that it stands in."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((shelf / "reporting").glob("*.toml"))]
    return {kind["name"]: (kind, regime) for regime in files for kind in regime["periods"]}


def period(code: str) -> Period:
    """The period called `2026`, `2026-H1`, `2026-9M`, `2026-Q2`, `2026-06`, or `2026-TK` (statistics).

    Raises Refused `period-unknown`.
    """
    found = _CODE.fullmatch(code.strip().upper())
    if found is None:
        sentence = _("Write the period as 2026, 2026-H1, 2026-9M, 2026-Q2 or 2026-06; “%(code)s” is none of these.")
        raise Refused(Refusal("period-unknown", sentence % {"code": code}))
    year, kind, number = int(found[1]), _KINDS[found[2]], 1
    if found[3]:
        kind, number = "quarter", int(found[3])
    elif found[4]:
        kind, number = "month", int(found[4])
    return _made(code.strip().upper(), year, kind, number)


def _made(code: str, year: int, name: str, number: int) -> Period:
    kind, regime = _regimes(settings.PROCESSES)[name]
    begins = kind["starts"][number - 1]
    ends = begins + kind["months"] - 1
    facts = {"year": year, "number": number, "roman": ROMAN[number] if number < len(ROMAN) else ""}
    label, english = (kind["label"][language].format(**facts) for language in ("vi", "en"))
    whole_months = kind["from_day"] == 1
    first = _day(year, begins if whole_months else begins - 1, kind["from_day"])
    last = _day(year, ends, kind["to_day"])
    return Period(code, label, first, last, regime["basis"], regime["verified"], name, year, number, english)


def _day(year: int, month: int, day: int) -> date:
    """Month 0 is December of the year before."""
    year, month = (year - 1, 12) if month == 0 else (year, month)
    return date(year, month, min(day, monthrange(year, month)[1]))


def due(kind: str, level: str) -> Due:
    """When those of a level (`commune`, `department` …) send reports of a kind of period."""
    return _due(_regimes(settings.PROCESSES)[kind][1], level)


def _due(regime: dict[str, Any], level: str) -> Due:
    sending = regime["sending"]
    own = {**sending, **sending.get("levels", {}).get(level, {})}
    return Due(own["working_days"], own["basis"], own["verified"])


def lock(kind: str) -> Due:
    """When a period of a kind is locked: working days after the last level was due."""
    regime = _regimes(settings.PROCESSES)[kind][1]
    told = regime["lock"]
    latest = max(_due(regime, level).working_days for level in ("", *regime["sending"].get("levels", {})))
    return Due(latest + told["working_days"], told["basis"], told["verified"])


def of_year(year: int) -> Iterator[Period]:
    """Every period of a year, of all kinds."""
    return (period(f"{year}{suffix}") for suffix in ("-TK", *_suffixes()))


def offered(today: date) -> list[Period]:
    """The periods a form offers: those of this year and the last that have begun, the newest first."""
    codes = [f"{year}{suffix}" for year in (today.year, today.year - 1) for suffix in _suffixes()]
    return sorted((one for one in map(period, codes) if one.first <= today), key=lambda one: one.last, reverse=True)


def _suffixes() -> list[str]:
    return ["", "-H1", "-9M", *(f"-Q{n}" for n in range(1, 5)), *(f"-{n:02d}" for n in range(1, 13))]


def current(today: date) -> Period:
    """The month's period that holds `today`, or ended last."""
    months = [one for one in offered(today) if re.fullmatch(r"20\d\d-\d\d", one.code)]
    return months[0]
