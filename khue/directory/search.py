"""Find units by any name they ever had, by abbreviation, without accents, in either Unicode form."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from vietnam_provinces import Province

from khue.core.clock import today
from khue.core.described import told
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Place, Unit, UnitName, valid_on
from khue.directory.naming import abbreviation_key, bare_key, key_of
from khue.language.offices import PROVINCES

LEAST_LIKENESS = 0.55
"""Below this word similarity a name is not offered; found by trial on misspelt names."""


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit that was found, and by which of its names. `score` is 1 for the very name, lower for likeness."""

    unit: Unit
    matched_name: str
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a written name means on a day: one unit, or the candidates among which a person must choose."""

    name: str
    unit: Unit | None = None
    candidates: list[Unit] = field(default_factory=list)


def find_units(
    text: str, on: date | None = None, limit: int = 10, below: Collection[int] | None = None
) -> list[UnitHit]:
    """Up to `limit` units, best first; with `on` only those that existed that day, with `below` only these and those
    that stand below them. One query."""
    key, short = key_of(text), abbreviation_key(text)
    if not key:
        return []
    names = _names(on) if below is None else _names(on).filter(unit__in=Unit.objects.within(below).values("pk"))
    names = names.annotate(likeness=TrigramWordSimilarity(key, "key"))
    names = names.filter(Q(key__contains=key) | Q(short__startswith=short) | Q(likeness__gte=LEAST_LIKENESS))
    best: dict[int, UnitHit] = {}
    for name in names.order_by("-likeness", "key")[: limit * 8]:
        hit = UnitHit(name.unit, name.name, _score(name, key, short, on or today()))
        if name.unit_id not in best or best[name.unit_id].score < hit.score:
            best[name.unit_id] = hit
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.unit.sort_name))[:limit]


def resolve_unit(name: str, on: date) -> Unit | None:
    """The one unit that `name` can mean on `on`; None when there is none or more than one (see `resolve_many`)."""
    return resolve_many([name], on)[name].unit


def unit_meant(words: str) -> Unit | None:
    """The unit that a filter names: by its code, by a name that only one unit bears today, or the one most like it."""
    text = words.strip()
    if not text:
        return None
    found = Unit.objects.filter(code=text).first() or resolve_unit(text, today())
    return found or next((hit.unit for hit in find_units(text, limit=1)), None)


def department() -> Unit:
    """The department that this site serves (`KHUE_DEPARTMENT`), as it is today.

    Raises Refused (`directory.no-department`) when no unit, or more than one, has that name.
    """
    found = find_department()
    if found is None:
        sentence = _(
            "No unit is called «%(name)s» today. Enter it among the units, or set KHUE_DEPARTMENT to its name."
        )
        raise Refused(Refusal("directory.no-department", sentence % {"name": settings.DEPARTMENT}))
    return found


def place_name() -> str:
    """The name of the city or province the site serves, for the line with the date."""
    found = Place.objects.filter(level=Place.Level.PROVINCE, code=settings.CITY).order_by("-valid_from").first()
    return found.name if found else ""


def find_department() -> Unit | None:
    """The department that this site serves, by the first of its names in `KHUE_DEPARTMENT` that means one unit."""
    rows = _names_of_departments(tuple(f"unit__{column}" for column in UNIT))
    number = _department_among(rows)
    whole = next((row[len(BORNE) :] for row in rows if row[BORNE.index("unit")] == number), None)
    return Unit.from_db(connection.alias, UNIT, whole) if whole else None


def department_number() -> int | None:
    """Its number alone, which most pages ask for to know what to offer."""
    return _department_among(_names_of_departments())


def _names_of_departments(more: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """The names that are written like those of the department, as `BORNE` and `more` tell of them."""
    wanted = _names_of_department(settings.DEPARTMENT, settings.CITY)
    question = ("department", settings.DEPARTMENT, settings.CITY, more)
    return told(question, lambda: _named(wanted).order_by().values_list(*BORNE, *more))


def _department_among(rows: Iterable[tuple[Any, ...]]) -> int | None:
    known = _Known([_borne(*row[: len(BORNE)]) for row in rows])
    wanted = _names_of_department(settings.DEPARTMENT, settings.CITY)
    meant = (_resolve("", want, known, today()).unit for want in wanted)
    return next((unit.pk for unit in meant if unit), None)


def resolve_many(names: Iterable[str], on: date) -> dict[str, Resolution]:
    """What each name means on `on`, in one query.

    A name in use on the day wins over one that its unit bore at another time, the full name over a bare place name
    (`Đống Đa`). Units that did not exist on the day are never the answer, only candidates.
    """
    wanted = {name: _Wanted.of(name) for name in names}
    known = _Known(_named(wanted.values()).select_related("unit", "unit__place"))
    return {name: _resolve(name, want, known, on) for name, want in wanted.items()}


def _named(wanted: "Collection[_Wanted]") -> QuerySet[UnitName]:
    """The names that are written like one of `wanted`."""
    keys, shorts = {key for want in wanted for key in want.keys}, {want.short for want in wanted} - {""}
    return UnitName.objects.filter(Q(key__in=keys) | Q(bare__in=keys) | Q(short__in=shorts))


UNIT = [field.attname for field in Unit._meta.concrete_fields]
BORNE = ("key", "bare", "short", "valid_from", "valid_to", "unit", "unit__valid_from", "unit__valid_to")


def _borne(
    key: str, bare: str, short: str, first: date, last: date | None, unit: int, began: date, ended: date | None
) -> UnitName:
    """A name of which only that was asked for."""
    bearer = Unit(pk=unit, valid_from=began, valid_to=ended)
    return UnitName(key=key, bare=bare, short=short, valid_from=first, valid_to=last, unit=bearer)


class _Known:
    """The names that were found, by each of their keys: thousands may be asked for at once."""

    def __init__(self, rows: Iterable[UnitName]) -> None:
        self.by_key: dict[str, list[UnitName]] = {}
        self.by_short: dict[str, list[UnitName]] = {}
        self.by_bare: dict[str, list[UnitName]] = {}
        for row in rows:
            self.by_key.setdefault(row.key, []).append(row)
            self.by_short.setdefault(row.short, []).append(row)
            self.by_bare.setdefault(row.bare, []).append(row)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A written name as keys, most telling first: as written, without the city or province at its end, then with that
    of this site: its papers say `Sở Tài chính`, its directory `Sở Tài chính Hà Nội`."""

    keys: list[str]
    short: str

    @classmethod
    def of(cls, name: str) -> "_Wanted":
        keys = [key_of(name), key_of(name.partition(",")[0])]
        keys += [shorter for key in keys for shorter in _without_province(key)]
        keys += [
            key_of(f"{_SITE_AT_END.sub('', key)}{end}") for key in keys if key for end in _site_endings(settings.CITY)
        ]
        return cls([key for key in dict.fromkeys(keys) if key], abbreviation_key(name))


@lru_cache(maxsize=4)
def _names_of_department(names: str, _city: str) -> list[_Wanted]:
    return [_Wanted.of(name.strip()) for name in names.split(";")]


@lru_cache(maxsize=4)
def _own_provinces(code: str) -> re.Pattern[str]:
    """The city or province of that code at the end of a key, or one of those that are no more and may be part of it;
    an office of another province of today is none of ours."""
    today = {bare_key(key_of(each.name)): f"{each.code:02}" for each in Province.iter_all()}
    old = {key_of(name) for name in PROVINCES} - today.keys()
    names = "|".join(sorted({*old, *(name for name, its in today.items() if its == code)}, key=len))
    return re.compile(rf" (?:thanh pho |tinh )?(?P<name>{names})$")


_SITE_AT_END = re.compile(r"(?<=.) (?:thanh pho|tinh)$")
"""`Sở Tài chính Thành phố` leaves out which city, or says it in full."""


@lru_cache(maxsize=4)
def _site_endings(code: str) -> tuple[str, ...]:
    """How the names of offices of the city or province of that code end: ` ha noi`, ` thanh pho ha noi`."""
    key = next((key_of(province.name) for province in Province.iter_all() if f"{province.code:02}" == code), "")
    return tuple(f" {end}" for end in dict.fromkeys([bare_key(key), key]) if end)


def _without_province(key: str) -> list[str]:
    """`benh vien tinh` and `benh vien` for `benh vien tinh ca mau`; none where no province of ours ends the key."""
    found = _own_provinces(settings.CITY).search(key)
    return [key[: found.start("name") - 1], key[: found.start()]] if found else []


def _resolve(name: str, want: _Wanted, known: _Known, on: date) -> Resolution:
    rounds = [known.by_key.get(key, []) for key in want.keys]
    rounds.append(known.by_short.get(want.short, []) if want.short else [])
    rounds += [known.by_bare.get(key, []) for key in want.keys]
    for found in rounds:
        units = _of_the_day(found, on)
        if units:
            return Resolution(name, units[0] if len(units) == 1 else None, units)
    ended = {row.unit_id: row.unit for found in rounds for row in found}
    return Resolution(name, None, list(ended.values()))


def _of_the_day(rows: list[UnitName], on: date) -> list[Unit]:
    """The units alive on `on`, those that bore the name that day before those that bore it at another time."""
    alive = [row for row in rows if _covers(row.unit, on)]
    current = [row for row in alive if _covers(row, on)]
    return list({row.unit_id: row.unit for row in current or alive}.values())


def _covers(row: Unit | UnitName, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def _names(on: date | None) -> QuerySet[UnitName]:
    names = UnitName.objects.select_related("unit", "unit__place", "unit__parent")
    return names.filter(valid_on(on, "unit__")) if on else names


def _score(name: UnitName, key: str, short: str, day: date) -> float:
    """Likeness, raised for the exact name, and lowered for names and units that are past."""
    likeness: float = getattr(name, "likeness", 0.0)
    if key in (name.key, name.bare) or (short and short == name.short):
        likeness = 1.0
    elif name.key.startswith(key):
        likeness = max(likeness, 0.9)
    likeness -= 0.0 if _covers(name, day) else 0.1
    return max(0.0, likeness - (0.0 if _covers(name.unit, day) else 0.2))
