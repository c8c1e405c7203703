"""What the public data sets say about places: today's, and the old ones of one city or province."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from typing import Any, Literal

from vietnam_provinces import Province, Ward

from khue.language.text import nfc, plain

Level = Literal["province", "district", "commune"]
Share = Literal["whole", "main-part", "part"]

_KIND = re.compile(r"(Tỉnh|Thành phố|Quận|Huyện|Thị xã|Phường|Xã|Thị trấn|Đặc khu)\s+(.+)", re.IGNORECASE | re.DOTALL)
_LEGACY = """
    SELECT DISTINCT province, provinceCode, provinceKey, provinceLat, provinceLon,
           district, districtCode, districtKey, districtLat, districtLon, ward, wardCode, wardKey, wardLat, wardLon
    FROM admin_units_legacy ORDER BY wardCode
"""
_TODAY = "SELECT ward, provinceCode, provinceKey, wardKey, wardLat, wardLon, provinceLat, provinceLon FROM admin_units"


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the data sets; `parent` is the code of the place above it."""

    level: Level
    code: str
    kind: str
    name: str
    parent: str | None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The share of the old place that went to the new one; both by level and code."""

    old: tuple[Level, str]
    new: tuple[Level, str]
    share: Share


class Gazetteer:
    """Today's places of the country, and the old ones that became the province with code `city`."""

    def __init__(self, city: str) -> None:
        self.city = city

    @property
    def exists(self) -> bool:
        """Whether a province of today has the code."""
        return any(row["provinceCode"] == self.city for row in self._today)

    def provinces(self) -> list[Entry]:
        """Today's provinces and cities under the centre."""
        points = {row["provinceCode"]: (row["provinceLat"], row["provinceLon"]) for row in self._today}
        return [
            _entry("province", code, each.name, None, *points.get(code, (None, None)))
            for each in Province.iter_all()
            if (code := f"{int(each.code):02d}")
        ]

    def communes(self) -> list[Entry]:
        """Today's wards, communes and special zones."""
        points = {_same(row["provinceCode"], row["ward"]): (row["wardLat"], row["wardLon"]) for row in self._today}
        return [
            _entry(
                "commune", f"{int(each.code):05d}", each.name, above, *points.get(_same(above, each.name), (None, None))
            )
            for each in Ward.iter_all()
            if (above := f"{int(each.province_code):02d}")
        ]

    def old_provinces(self) -> list[Entry]:
        """The provinces that merged into the city; empty where it continued alone."""
        return [] if len(self._old_province_keys) == 1 else list(self._old("province", None))

    def old_districts(self) -> list[Entry]:
        """Its districts until their end."""
        return list(self._old("district", "province"))

    def old_communes(self) -> list[Entry]:
        """The communes of those districts."""
        return list(self._old("ward", "district"))

    def links(self) -> list[Link]:
        """What became of each old place."""
        communes = list(self._commune_links())
        return [*self._province_links(), *self._district_links(communes), *communes]

    def _province_links(self) -> Iterator[Link]:
        return (Link(("province", old.code), ("province", self.city), "whole") for old in self.old_provinces())

    def _commune_links(self) -> Iterator[Link]:
        codes = {_key(row): row["wardCode"] for row in self._legacy if row["wardCode"]}
        for new, olds in self._converter["DICT_PROVINCE_WARD_NO_DIVIDED"][self._province_key].items():
            for old in olds:
                if old in codes:
                    yield Link(("commune", codes[old]), ("commune", self._new_codes[new]), "whole")
        for old, parts in self._converter["DICT_PROVINCE_WARD_DIVIDED"].get(self._province_key, {}).items():
            for part in parts:
                share: Share = "main-part" if part["isDefaultNewWard"] else "part"
                yield Link(("commune", codes[old]), ("commune", self._new_codes[part["newWardKey"]]), share)

    def _district_links(self, communes: Iterable[Link]) -> Iterator[Link]:
        """A district went in parts to all the communes its own went to; mainly to the one that took most of them."""
        district_of = {row["wardCode"]: row["districtCode"] for row in self._legacy}
        taken: dict[str, dict[str, int]] = {}
        for link in communes:
            counts = taken.setdefault(district_of[link.old[1]], {})
            counts[link.new[1]] = counts.get(link.new[1], 0) + (link.share != "part")
        for district, counts in taken.items():
            main = max(counts, key=lambda code: (counts[code], code))
            for new in counts:
                yield Link(("district", district), ("commune", new), "main-part" if new == main else "part")

    def _old(self, level: str, above: str | None) -> Iterator[Entry]:
        seen = set()
        for row in self._legacy:
            code = row[f"{level}Code"]
            if code and code not in seen:
                seen.add(code)
                parent = row[f"{above}Code"] if above else None
                level_name: Level = "commune" if level == "ward" else level  # type: ignore[assignment]  # of three
                yield _entry(level_name, code, row[level], parent, row[f"{level}Lat"], row[f"{level}Lon"])

    @cached_property
    def _new_codes(self) -> dict[str, str]:
        """The codes of the city's communes today, by the key that the converter uses."""
        codes = {_same(each.parent, f"{each.kind} {each.name}"): each.code for each in self.communes()}
        rows = (row for row in self._today if row["provinceCode"] == self.city)
        return {row["wardKey"]: codes[_same(self.city, row["ward"])] for row in rows}

    @cached_property
    def _province_key(self) -> str:
        return str(next(row["provinceKey"] for row in self._today if row["provinceCode"] == self.city))

    @cached_property
    def _old_province_keys(self) -> frozenset[str]:
        return frozenset(self._converter["DICT_PROVINCE"][self._province_key])

    @cached_property
    def _legacy(self) -> list[sqlite3.Row]:
        return [row for row in _rows(_LEGACY) if row["provinceKey"] in self._old_province_keys]

    @cached_property
    def _today(self) -> list[sqlite3.Row]:
        return _rows(_TODAY)

    @cached_property
    def _converter(self) -> dict[str, dict[str, Any]]:
        text = files("vietnamadminunits").joinpath("data", "converter_2025.json").read_text("utf-8")
        converter: dict[str, dict[str, Any]] = json.loads(text)
        return converter


def _rows(query: str) -> list[sqlite3.Row]:
    source = files("vietnamadminunits").joinpath("data", "dataset.db")
    with as_file(source) as path, closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(query).fetchall()


def _key(row: sqlite3.Row) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _same(province: str | None, name: str) -> tuple[str | None, str]:
    """The data sets number some communes differently, so they are joined by name, blind to hyphens and old tones."""
    return province, "".join(char for char in plain(nfc(name)).lower() if char.isalnum())


def _entry(
    level: Level,
    code: str,
    full: str,
    parent: str | None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Entry:
    found = _KIND.fullmatch(nfc(full).strip())
    kind, name = (found[1].capitalize(), found[2]) if found else ("", nfc(full))
    return Entry(level, code, kind, name, parent, latitude, longitude)
