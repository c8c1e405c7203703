"""What a body's papers bear at their head and their end: names, place, the code in the sign, who signs."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from khue.directory.models import Unit
from khue.directory.naming import read_shipped
from khue.directory.search import place_name
from khue.language.text import fold

GAP = "…"
"""Where a person has to say it."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head and the end of a paper, as `letterheads.toml` has them for such a body."""

    body: str
    """The body in full: `Ủy ban nhân dân phường Láng`."""
    above: str
    """The body over it; empty where none is written."""
    code: str
    """In the sign, `BC-UBND`: the abbreviation in the directory, else the usual one, else a gap (Decree 30/2020/NĐ-CP,
    art. 15: its head decides)."""
    place: str
    """Before the day: the commune's own name, else the city's."""
    post: str
    authority: str = ""
    on_behalf: Literal["", "collective"] = ""


def letterhead(unit: Unit | None) -> Letterhead:
    """How the papers of `unit` begin and end; of nobody in particular, what any paper has."""
    if unit is None:
        return Letterhead("", "", GAP, place_name(), _entry("")["post"])
    found = _entry(unit.name)
    start = next((one for one in found["begins"] if _begins(unit.name, one)), "")
    full, above = found.get("full"), unit.parent.name if unit.parent and found.get("under", True) else ""
    return Letterhead(
        body=f"{full}{unit.name[len(start) :]}" if full else unit.name, above=above,
        code=unit.abbreviation or found.get("code", GAP), place=place_of(unit),
        post=found["post"], authority=found.get("authority", ""), on_behalf=found.get("on_behalf", ""),
    )  # fmt: skip


def place_of(unit: Unit) -> str:
    """The place that stands before the day of a paper: of a commune's body the commune."""
    return unit.place.name if unit.place else place_name()


@cache
def _entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_shipped("letterheads.toml")["body"]
    return found


def _entry(name: str) -> dict[str, Any]:
    return next(one for one in _entries() if any(_begins(name, start) for start in one["begins"]))


def _begins(name: str, start: str) -> bool:
    return not start or fold(name).startswith(f"{fold(start)} ")
