# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Places named in a text: provinces, districts until 30 June 2025, communes, each with its code on the day of the text."""

import importlib.util
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from khue.language.text import UPPER, fold, nfc, plain

Level = Literal["province", "district", "commune"]
REFORM = date(2025, 7, 1)
"""The day from which there are 34 provinces and no districts (Resolution 202/2025/QH15)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit with its code of the statistics office."""

    name: str
    kind: str
    code: str
    level: Level
    province: str
    old: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text. `code` is `None` where several units of that name are possible."""

    start: int
    end: int
    text: str
    code: str | None
    valid_on: date | None
    confidence: float


_CAP = rf"[{UPPER}][^\W\d_]*"
_KINDS = {
    "tỉnh": "province", "thành phố": "province", "tp": "province", "tp.": "province", "thủ đô": "province", "quận": "district", "huyện": "district",
    "thị xã": "district", "tx": "district", "phường": "commune", "xã": "commune", "thị trấn": "commune", "đặc khu": "commune",
}  # fmt: skip
_NAMED = re.compile(
    rf"(?<!\w)(?P<kind>[Tt]ỉnh|[Tt]hành\s+phố|TP\.?|Tp\.?|[Tt]hủ\s+đô|[Qq]uận|[Hh]uyện|[Tt]hị\s+xã|TX\.?|[Pp]hường|[Xx]ã|[Tt]hị\s+trấn|[Đđ]ặc\s+khu)(?:\s+|(?<=\.))"
    rf"(?P<name>{_CAP}(?:(?:\s+|\s?-\s?){_CAP}){{0,3}}|\d{{1,2}}(?![\d.,/%]))"
)
_ROAD = re.compile(r"(?:đường|phố|cầu|sông|ngõ|trường|đại học|công ty|anh hùng|khu|bệnh viện)\s+$")


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[Unit, ...]]:
    """Every unit of before and after the reform by its folded name. Read once, on the first place met."""
    spec = importlib.util.find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        return {}
    path = Path(spec.origin).parent / "data" / "dataset.db"
    found: dict[str, set[Unit]] = {}
    with sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True) as base:
        for unit in (*_old(base), *_new(base)):
            found.setdefault(fold(unit.name), set()).add(unit)
    base.close()
    found.setdefault("hcm", set()).update(found.get("ho chi minh", ()))
    return {name: tuple(sorted(units, key=lambda u: (u.old, u.code))) for name, units in found.items()}


def _old(base: sqlite3.Connection) -> Iterator[Unit]:
    columns = "provinceShort, provinceCode, districtShort, districtType, districtCode, wardShort, wardType, wardCode, province"
    for row in base.execute(f"SELECT {columns} FROM admin_units_legacy"):  # noqa: S608
        yield Unit(nfc(row[0]), _kind(row[8], row[0]), row[1], "province", row[1], old=True)
        if row[2]:
            yield Unit(nfc(row[2]), nfc(row[3] or "").lower(), row[4], "district", row[1], old=True)
        if row[5]:
            yield Unit(nfc(row[5]), nfc(row[6] or "").lower(), row[7], "commune", row[1], old=True)


def _new(base: sqlite3.Connection) -> Iterator[Unit]:
    for row in base.execute(
        "SELECT provinceShort, provinceCode, wardShort, wardType, wardCode, province FROM admin_units"
    ):
        yield Unit(nfc(row[0]), _kind(row[5], row[0]), row[1], "province", row[1], old=False)
        if row[2]:
            yield Unit(nfc(row[2]), nfc(row[3] or "").lower(), row[4], "commune", row[1], old=False)


def _kind(full: str, short: str) -> str:
    return nfc(full).lower().removesuffix(nfc(short).lower()).strip()


@lru_cache(maxsize=64)
def _bare(province: str) -> re.Pattern[str]:
    """Names that are places even without a word such as "huyện": the provinces, and the districts of one province."""
    names = {
        u.name
        for units in _units().values()
        for u in units
        if u.level == "province" or (u.level == "district" and u.province == province)
    }
    ordered = sorted((plain(n) for n in names if " " in n or n == "Huế"), key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})(?!\w)")


def places(body: str, low: str, spans: list[tuple[int, int]], on: date | None) -> list[Place]:
    """Return each place named between the given offsets of a plain text once, where it is first named.

    `on` is the day of the text: names mean the units of that day, old ones before 1 July 2025, new ones from then on.
    """
    home = _home(body)
    seen: dict[str, Place] = {}
    for start, end in spans:
        plainly = () if home is None else _plainly(body, low, start, end, home, on)
        for place in sorted((*_named(body, start, end, home or "", on), *plainly), key=lambda p: (p.start, -p.end)):
            if not any(other.start <= place.start < other.end for other in seen.values()):
                seen.setdefault(fold(place.text), place)
    return sorted(seen.values(), key=lambda place: place.start)


def _home(body: str) -> str | None:
    """The province a text is about: the one it names most; `None` where it names none, and so no place plainly."""
    counts: dict[str, int] = {}
    for found in _bare("").finditer(body):
        counts[found[0]] = counts.get(found[0], 0) + 1
    if not counts:
        return None
    best = fold(max(counts, key=lambda name: counts[name]))
    return next((u.province for u in _units().get(best, ()) if u.level == "province"), "")


def _named(body: str, start: int, end: int, home: str, on: date | None) -> Iterator[Place]:
    for found in _NAMED.finditer(body, start, end):
        kind = " ".join(found["kind"].lower().split())
        level = _KINDS.get(kind, "province")
        words = found["name"].split(" ")
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            units = [u for u in _units().get(fold(name), ()) if _fits(u, level, kind)]
            if units:
                chosen = _choose(units, home, on, kind)
                stop = found.start("name") + len(name)
                yield Place(
                    found.start("name"), stop, body[found.start("name") : stop], chosen, on, 0.95 if chosen else 0.6
                )
                break


def _fits(unit: Unit, level: str, kind: str) -> bool:
    if unit.level == level:
        return level == "province" or unit.kind.startswith(kind[:2]) or kind == "tx"
    return kind in {"thành phố", "tp", "tp."} and unit.level == "district" and unit.kind.startswith("thành phố")


def _plainly(body: str, low: str, start: int, end: int, home: str, on: date | None) -> Iterator[Place]:
    for found in _bare(home).finditer(body, start, end):
        if _ROAD.search(low, max(start, found.start() - 12), found.start()):
            continue
        units = [
            u
            for u in _units().get(fold(found[0]), ())
            if u.level == "province" or (u.level == "district" and u.province == home)
        ]
        chosen = _choose(units, home, on, "")
        yield Place(found.start(), found.end(), found[0], chosen, on, 0.9 if chosen else 0.6)


def _choose(units: list[Unit], home: str, on: date | None, kind: str) -> str | None:
    """The code of the one unit meant: of that day, of the home province if it has one, else the only one there is."""
    old = on is not None and on < REFORM
    of_day = [u for u in units if u.old == old] or units
    exact = [u for u in of_day if kind and u.kind == kind] or of_day
    provinces = [u for u in exact if u.level == "province"]
    near = provinces or [u for u in exact if u.province == home] or exact
    codes = {u.code for u in near}
    return codes.pop() if len(codes) == 1 else None
