"""Reporting periods as objects: which days a report counts (Decree 09/2019/NĐ-CP). The cut-off days are data."""

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused

NAMES = {"": "year", "H1": "half", "9M": "nine-months"}
ROMAN = ("", "I", "II", "III", "IV")
_CODE = re.compile(r"(20\d\d)(?:-(?:(H1|9M)|Q([1-4])|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period. `first` and `last` are the days whose figures count, both included."""

    code: str
    label: str
    first: date
    last: date
    basis: str
    verified: bool


@cache
def _regime() -> dict[str, Any]:
    return tomllib.loads((settings.PROCESSES / "reporting" / "administrative.toml").read_text(encoding="utf-8"))


def period(code: str) -> Period:
    """The period called `2026`, `2026-H1`, `2026-9M`, `2026-Q2` or `2026-06`. Raises Refused `period-unknown`."""
    found = _CODE.fullmatch(code.strip().upper())
    if found is None:
        sentence = _("Write the period as 2026, 2026-H1, 2026-9M, 2026-Q2 or 2026-06; “%(code)s” is none of these.")
        raise Refused(Refusal("period-unknown", sentence % {"code": code}))
    year, name, number = int(found[1]), NAMES.get(found[2] or ""), 1
    if found[3]:
        name, number = "quarter", int(found[3])
    elif found[4]:
        name, number = "month", int(found[4])
    return _made(code.strip().upper(), year, str(name), number)


def _made(code: str, year: int, name: str, number: int) -> Period:
    regime = _regime()
    kind = next(kind for kind in regime["periods"] if kind["name"] == name)
    begins = kind["starts"][number - 1]
    ends = begins + kind["months"] - 1
    label = kind["label"].format(year=year, number=number, roman=ROMAN[number] if number < len(ROMAN) else "")
    first = _day(year, begins - 1, kind["from_day"])
    return Period(code, label, first, _day(year, ends, kind["to_day"]), regime["basis"], regime["verified"])


def _day(year: int, month: int, day: int) -> date:
    """Month 0 is December of the year before."""
    year, month = (year - 1, 12) if month == 0 else (year, month)
    return date(year, month, min(day, monthrange(year, month)[1]))


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
