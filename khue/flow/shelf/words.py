"""Lists of coded words: `processes/missions.toml` (mission types, fields, budget items, adjustments …).

A word is not part of a version: its name never changes, a new one may be added at any time, an old one gets `until`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from khue.flow.shelf.table import Problem, Table
from khue.flow.shelf.values import EMPTY, Basis, Label

FILE = "missions.toml"
COMMON = ("label", "help", "conditions", "basis", "since", "until")
Words = Mapping[str, Mapping[str, "Word"]]
"""Group -> name -> word, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of a list. `facts` has what its group says besides, such as `outline` of a mission type."""

    name: str
    label: Label
    basis: Basis
    help: Label = EMPTY
    conditions: Label = EMPTY
    since: date | None = None
    until: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.label)

    def in_use_on(self, day: date) -> bool:
        """Whether it may be chosen for something new on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def words(group: str) -> Mapping[str, Word]:
    """The words of one group: types, levels, fields, products, items, grounds, lumps, adjustments, results, ratings.

    Raises KeyError for a group that is not there.
    """
    return _words(settings.PROCESSES)[group]


def label_in(group: str, name: str) -> str:
    """What people call a word, in the reader's language: empty for none, the name itself where no list has it."""
    return str(words(group).get(name, name))


def choices(group: str, day: date, keep: str = "") -> list[tuple[str, str]]:
    """The words of `group` in use on `day`, for a choice on a page; `keep`, chosen earlier, stays in it."""
    return [(name, str(word)) for name, word in words(group).items() if name == keep or word.in_use_on(day)]


def read_words(shelf: Path) -> tuple[Words, list[Problem]]:
    """Every word of the shelf, and what is wrong with the file; nothing where there is no such file."""
    problems: list[Problem] = []
    path = shelf / FILE
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except tomllib.TOMLDecodeError as error:
        return {}, [Problem(FILE, "", f"không đọc được TOML: {error}")]
    main = Table(FILE, "", values, problems)
    groups = {name: main.sub(name) for name in values}
    return {name: {key: _word(key, table.sub(key)) for key in table.values} for name, table in groups.items()}, problems


def _word(name: str, table: Table) -> Word:
    return Word(
        name=name,
        label=table.label("label"),
        basis=table.basis(),
        help=table.label("help", EMPTY),
        conditions=table.label("conditions", EMPTY),
        since=table.get("since", date) if "since" in table.values else None,
        until=table.get("until", date) if "until" in table.values else None,
        facts={key: value for key, value in table.values.items() if key not in COMMON},
    )


@lru_cache(maxsize=8)
def _words(shelf: Path) -> Words:
    return read_words(shelf)[0]
