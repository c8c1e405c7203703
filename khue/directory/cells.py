"""Units and places in the cells of sheets: `Name [code]` going out, any way to write one coming in."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from khue.core.exchange import Text, WrongCell
from khue.directory.models import Place, Unit
from khue.directory.search import Resolution, resolve_many
from khue.language.text import fold

_CODED = re.compile(r"^(?P<name>.*?)\s*\[(?P<code>[\w-]+)\]$")
_NAMED = 3
"""Candidates that a sentence names."""


def unit_cell(unit: Unit | None) -> str:
    """The unit as people read it, with the code that makes it certain."""
    return f"{unit.name} [{unit.code}]" if unit else ""


def place_cell(place: Place | None) -> str:
    """The place as people read it, with its code."""
    return f"{place} [{place.code}]" if place else ""


def code_in(cell: str) -> str:
    """The code behind a name, or the cell itself where there is none."""
    found = _CODED.match(cell)
    return found["code"] if found else cell.strip()


class UnitsInCells:
    """The units that cells name, asked for together: by code, else by any name in use on the day."""

    def __init__(self, wanted: Iterable[tuple[str, date]]) -> None:
        asked = {(cell, day) for cell, day in wanted if cell}
        self._by_code = {
            unit.code: unit for unit in Unit.objects.filter(code__in={code_in(cell) for cell, _d in asked})
        }
        by_day: dict[date, set[str]] = {}
        for cell, day in asked:
            if code_in(cell) not in self._by_code:
                by_day.setdefault(day, set()).add(cell)
        self._by_name: dict[tuple[str, date], Resolution] = {}
        for day, names in by_day.items():
            self._by_name.update({(cell, day): found for cell, found in resolve_many(names, day).items()})

    def find(self, cell: str, day: date, *, column: Text) -> Unit:
        """The unit that `cell` names on `day`. Raises `WrongCell`: none, more than one, or none on that day."""
        unit = self._by_code.get(code_in(cell))
        if unit is None:
            if (cell, day) not in self._by_name:
                self._by_name[cell, day] = resolve_many([cell], day)[cell]
            found = self._by_name[cell, day]
            unit = found.unit
            if unit is None:
                raise WrongCell(column, _sentence(found, day))
        if _is_not_there(unit, day):
            raise WrongCell(column, _not_then(unit, day))
        return unit


def _not_then(unit: Unit, day: date) -> str:
    """That a unit was not there on `day`: not yet, or no longer, and then what it is today."""
    facts = {"unit": unit.name, "day": f"{day:%d/%m/%Y}", "begin": f"{unit.valid_from:%d/%m/%Y}"}
    if unit.valid_to is None or unit.valid_to >= day:
        return _("%(unit)s began on %(begin)s only; on %(day)s it did not exist.") % facts
    heirs = [unit_cell(one.heir) for one in unit.heirs.select_related("heir").order_by("heir__sort_name")]
    facts |= {"end": f"{unit.valid_to:%d/%m/%Y}", "heirs": "; ".join(heirs[:_NAMED]) + (" …" if heirs[_NAMED:] else "")}
    if not heirs:
        return _("%(unit)s ended on %(end)s; on %(day)s it did not exist any more.") % facts
    return _("%(unit)s ended on %(end)s; on %(day)s it was: %(heirs)s. Write the unit of that day.") % facts


def _sentence(found: Resolution, day: date) -> str:
    named = "; ".join(unit_cell(unit) for unit in found.candidates[:_NAMED])
    facts = {"name": found.name, "day": f"{day:%d/%m/%Y}", "units": named}
    if not found.candidates:
        return _("The directory knows no unit “%(name)s”. Enter it first, or correct the name.") % facts
    if len(found.candidates) == 1 and _is_not_there(found.candidates[0], day):
        return _not_then(found.candidates[0], day)
    if len(found.candidates) == 1:
        return _("“%(name)s” did not exist on %(day)s; it means %(units)s.") % facts
    return _("“%(name)s” may be several units: %(units)s. Write the one you mean with its code.") % facts


def _is_not_there(unit: Unit, day: date) -> bool:
    return unit.valid_from > day or (unit.valid_to is not None and unit.valid_to < day)


def place_named(cell: str, day: date, *, column: Text) -> Place:
    """The place whose code stands in `cell`, the one of `day` if the code was used twice. Raises `WrongCell`."""
    coded = _CODED.match(cell)
    name = fold(coded["name"]) if coded else ""
    found = list(Place.objects.filter(code=code_in(cell)))
    of_the_day = Place.objects.as_of(day).filter(pk__in=[place.pk for place in found]).values_list("pk", flat=True)
    current = set(of_the_day)
    found.sort(key=lambda place: (fold(str(place)) != name, place.pk not in current, place.level != "commune"))
    if not found:
        sentence = _("No administrative place has the code “%(code)s”.")
        raise WrongCell(column, sentence % {"code": code_in(cell)})
    return found[0]
