"""The instruments that rules are based on: `processes/law/<instrument>.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from khue.flow.shelf.table import Problem, Table
from khue.flow.shelf.values import HOUSE, Basis, Label


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, circular, decision or Party regulation, and the days between which it is in force."""

    code: str
    kind: Label
    number: str
    title: Label
    issuer: str
    signed_on: date
    in_force_from: date
    in_force_to: date | None
    replaces: tuple[str, ...]
    verified: bool

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


def read_law(shelf: Path) -> tuple[dict[str, Instrument], list[Problem]]:
    """Every instrument of the shelf by its code (the file's name), and what is wrong with the files."""
    problems: list[Problem] = []
    found = {path.stem: _instrument(path, problems) for path in sorted((shelf / "law").glob("*.toml"))}
    problems += (
        Problem(f"law/{code}.toml", "replaces", f"không có văn bản «{other}» trên kệ")
        for code, instrument in found.items()
        for other in instrument.replaces
        if other not in found
    )
    return found, problems


def cite(basis: Basis) -> str:
    """How people name a basis: `Điều 21 Nghị định 30/2020/NĐ-CP`, or the department's own rule."""
    if basis.instrument == HOUSE:
        cited = _("the office's own rule")
    else:
        instrument = _instruments(settings.PROCESSES).get(basis.instrument)
        named = str(instrument) if instrument else basis.instrument
        cited = ", ".join(part for part in (named, basis.article) if part)  # a part that has no number: by its words
        if basis.article[:1].isdigit():
            cited = _("article %(article)s of %(instrument)s") % {"article": basis.article, "instrument": named}
    return cited if basis.verified else _("%(basis)s (not verified)") % {"basis": cited}


def unmarked(cited: str) -> str:
    """A cited basis as a paper names it: whether it was verified is told on screen, to those who draft the paper."""
    return cited.removesuffix(_("%(basis)s (not verified)") % {"basis": ""})


def by_rule(basis: Basis) -> str:
    """A basis behind what it asks for: `theo Điều 21 Nghị định 30/2020/NĐ-CP`."""
    return _("by %(basis)s") % {"basis": cite(basis)}


@lru_cache(maxsize=8)
def _instruments(shelf: Path) -> dict[str, Instrument]:
    return read_law(shelf)[0]


def _instrument(path: Path, problems: list[Problem]) -> Instrument:
    file = f"law/{path.name}"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(file, "", f"không đọc được TOML: {error}"))
        values = {}
    table = Table(file, "", values, problems)
    instrument = Instrument(
        code=path.stem,
        kind=table.label("kind"),
        number=table.get("number", str),
        title=table.label("title"),
        issuer=table.get("issuer", str),
        signed_on=table.get("signed_on", date),
        in_force_from=table.get("in_force_from", date),
        in_force_to=table.get("in_force_to", date) if "in_force_to" in values else None,
        replaces=table.names("replaces", ()),
        verified=table.get("verified", bool, True),
    )
    table.close()
    return instrument
