"""Units in and out as a sheet: the tree, what they are called, when they began and ended, and who came after them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core import permissions
from khue.core.actors import Actor
from khue.core.cells import choice, day, items, short
from khue.core.clock import today
from khue.core.exchange import (
    Change,
    Exchange,
    Field,
    Outcome,
    Problem,
    Row,
    WrongCell,
    attempt,
    judge,
    labels_of,
    together,
)
from khue.core.refusals import Refusal, require
from khue.directory import rules
from khue.directory.actions import units as actions
from khue.directory.cells import UnitsInCells, code_in, place_cell, place_named, unit_cell
from khue.directory.models import Unit, UnitName, UnitSuccession
from khue.language.text import fold

FIELDS = [
    Field("code", [gettext_lazy("Code")], short(60), meaning=gettext_lazy(
        "Permanent; leave it empty for a new unit and one is made. It tells two units of the same name apart."
    ), example="phong-quan-ly-khoa-hoc"),
    Field("name", [gettext_lazy("Name of the unit")], short(250), required=True, meaning=gettext_lazy(
        "The full official name."
    ), example="Phòng Quản lý khoa học"),
    Field("abbreviation", [gettext_lazy("Abbreviation")], short(40), meaning=gettext_lazy(
        "As it stands in numbers and signs."
    ), example="QLKH"),
    Field("kind", [gettext_lazy("Kind of unit")], choice(lambda: Unit.Kind.choices), required=True,
          meaning=gettext_lazy("One of the kinds in the list of units."), example=Unit.Kind.DIVISION.label),
    Field("parent", [gettext_lazy("Unit above")], short(320), meaning=gettext_lazy(
        "The unit it belongs to, by name or code; it may stand anywhere in the same sheet."
    ), example="Sở Khoa học và Công nghệ"),
    Field("place", [gettext_lazy("Place")], short(140), meaning=gettext_lazy(
        "For wards and communes: the statistical code of the place, such as 00199."
    )),
    Field("email", [gettext_lazy("E-mail")], short(254), meaning=gettext_lazy("The office's address.")),
    Field("phone", [gettext_lazy("Telephone")], short(30), meaning=gettext_lazy("The office's telephone.")),
    Field("also", [gettext_lazy("Other names")], items, meaning=gettext_lazy(
        "Other ways in which people write it, a semicolon between them, so that it is found by them."
    )),
    Field("valid_from", [gettext_lazy("First day")], day, required=True, meaning=gettext_lazy(
        "The day from which it exists."
    ), example=date(2025, 3, 1), kind="date"),
    Field("valid_to", [gettext_lazy("Last day")], day, meaning=gettext_lazy(
        "Only for a unit that has ended or is to end: its last day. Memberships close and work is handed over."
    ), kind="date"),
    Field("successors", [gettext_lazy("Units that came after")], items, meaning=gettext_lazy(
        "Who took over its work, a semicolon between them; the first took the main part."
    )),
    Field("named_on", [gettext_lazy("New name since")], day, meaning=gettext_lazy(
        "Only to rename a unit that is there already: the first day of the name in this row."
    ), kind="date"),
]  # fmt: skip
_PLAIN = ("abbreviation", "kind", "email", "phone")


def may(by: Actor) -> Refusal | None:
    """Those who keep at least one branch of the tree."""
    if permissions.may(by, "unit:edit"):
        return None
    return Refusal("unit.no-editor", _("Only administrators bring in, or take out, the list of units."))


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Units above before those below, then the endings, parts before wholes."""
    run = _Run(rows, by)
    found: dict[int, Outcome] = {}
    for level in _levels(rows):
        found |= run.level(level)
    ending = [row for row in rows if row.values["valid_to"] and isinstance(found[row.number], Change)]
    for row in sorted(ending, key=lambda row: -run.made[row.number].path.count("/")):
        outcome, first = attempt(row, run.ending), found[row.number]
        if isinstance(outcome, Problem) or (outcome.effect == "changed" and first.effect == "same"):  # type: ignore[union-attr]  # only changes came here
            found[row.number] = outcome
    yield from found.values()


def _levels(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows so that none stands in one level with a row it belongs to or says more about.

    A circle is left to the action, which refuses it.
    """
    named: dict[str, Row] = {}
    for row in rows:
        for key in (row.values["code"], row.values["name"]):
            named.setdefault(fold(key or ""), row)
    depth: dict[int, int] = {}

    def put(row: Row, coming: frozenset[int]) -> int:
        above = named.get(fold(code_in(row.values["parent"] or ""))) if row.values["parent"] else None
        if row.number not in depth:
            deeper = above is not None and above.number not in coming
            depth[row.number] = 1 + put(above, coming | {above.number}) if above and deeper else 0
        return depth[row.number]

    levels: dict[tuple[int, int], list[Row]] = {}
    seen: dict[str, int] = {}
    for row in rows:
        code = row.values["code"] or f"row {row.number}"
        seen[code] = seen.get(code, 0) + 1
        levels.setdefault((put(row, frozenset({row.number})), seen[code]), []).append(row)
    return [levels[key] for key in sorted(levels)]


def _codes(row: Row) -> set[str]:
    """Everything in a row that may be a code."""
    cells = (row.values["parent"] or "", *(row.values["successors"] or ()))
    return {row.values["code"] or "", *(code_in(cell) for cell in cells)} - {""}


class _Run:
    """What one import knows while it goes through its rows."""

    def __init__(self, rows: Sequence[Row], by: Actor) -> None:
        self.by = by
        self.made: dict[int, Unit] = {}
        self._by_name: dict[str, list[Unit]] = {}
        here = {fold(each or "") for row in rows for each in (row.values["code"], row.values["name"])}
        above = [(row.values["parent"] or "", row.values["valid_from"]) for row in rows]
        self._cells = UnitsInCells((cell, day) for cell, day in above if fold(code_in(cell)) not in here)
        self._new: dict[int, actions.NewUnit] = {}
        self._judged: dict[int | None, Refusal | None] = {}
        codes = {code for row in rows for code in _codes(row)}
        self._by_code = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
        self._there: dict[tuple[str, int | None], Unit] = {}
        for unit in Unit.objects.filter(folded__in={fold(row.values["name"]) for row in rows}):
            self._there[unit.folded, unit.parent_id] = unit

    def level(self, rows: Sequence[Row]) -> dict[int, Outcome]:
        """Add the units of these rows that are missing, all in one write; change those that differ, one by one."""
        self._new.clear()
        found = {row.number: judge(row, self._look) for row in rows}
        new = [row for row in rows if row.number in self._new]
        for problem in together(new, self._add):
            found[problem.row] = problem
        for row in rows:
            if isinstance(found[row.number], Change) and row.number not in self._new:
                found[row.number] = attempt(row, self._change)
            if row.number in self.made:
                self._know(self.made[row.number])
        return found

    def _know(self, unit: Unit) -> None:
        self._by_code[unit.code] = unit
        self._by_name.setdefault(unit.folded, []).append(unit)

    def _look(self, row: Row) -> Change:
        """Whether the unit of a row is there; one that is not is made ready to be added."""
        parent = self._parent(row)
        if self._existing(row, parent) is None:
            self._new[row.number] = self._described(row, parent)
        return Change(row.number, "new", row.values["name"])

    def _described(self, row: Row, parent: Unit | None) -> actions.NewUnit:
        values, above = row.values, parent.pk if parent else None
        if above not in self._judged:
            self._judged[above] = rules.may_add_unit(self.by, parent)
        require(self._judged[above])
        ends_here = values["valid_to"] and not values["successors"]
        return actions.NewUnit(
            name=values["name"], kind=values["kind"], valid_from=values["valid_from"], parent=parent,
            abbreviation=values["abbreviation"] or "", code=values["code"] or "", email=values["email"] or "",
            phone=values["phone"] or "", place=self._place(row), valid_to=values["valid_to"] if ends_here else None,
            also=values["also"] or (),
        )  # fmt: skip

    def _add(self, rows: Sequence[Row]) -> None:
        for row, unit in zip(rows, actions.add_units([self._new[row.number] for row in rows], by=self.by), strict=True):
            self.made[row.number] = unit

    def _existing(self, row: Row, parent: Unit | None) -> Unit | None:
        if row.values["code"]:
            return self._by_code.get(row.values["code"])
        return self._there.get((fold(row.values["name"]), parent.pk if parent else None))

    def _parent(self, row: Row) -> Unit | None:
        cell = row.values["parent"]
        if not cell:
            return None
        coded, named = self._by_code.get(code_in(cell)), self._by_name.get(fold(cell), [])
        if coded or len({unit.pk for unit in named}) == 1:
            return coded or named[0]
        return self._cells.find(cell, row.values["valid_from"], column=FIELDS[4].label)

    def _change(self, row: Row) -> Change:
        parent = self._parent(row)
        unit = self._existing(row, parent)
        assert unit is not None  # noqa: S101 - the look at the row has found it
        values, changed = row.values, []
        if values["valid_from"] != unit.valid_from:
            sentence = _("%(unit)s began on %(on)s; the first day of a unit is not changed by a sheet.")
            raise WrongCell(FIELDS[9].label, sentence % {"unit": unit.name, "on": f"{unit.valid_from:%d/%m/%Y}"})
        if values["name"] != unit.name:
            changed.append(self._rename(row, unit))
        wanted: dict[str, Any] = {key: values[key] for key in _PLAIN if values[key]}
        wanted |= {"parent": parent} if parent else {}
        wanted |= {"place": self._place(row)} if values["place"] else {}
        details = {key: value for key, value in wanted.items() if getattr(unit, key) != value}
        if details:
            unit = actions.change_unit(unit, by=self.by, **details)
        known = {name.name for name in unit.names.all()} if values["also"] else set()
        for name in [each for each in values["also"] or () if each not in known]:
            actions.add_name(unit, name=name, by=self.by)
            changed.append("also")
        self.made[row.number] = unit
        keys = [*changed, *details]
        return Change(row.number, "changed" if keys else "same", unit.name, labels_of(FIELDS, keys))

    def _rename(self, row: Row, unit: Unit) -> str:
        if not row.values["named_on"]:
            sentence = _("It is called “%(name)s” here. To rename it, fill in since when it bears the new name.")
            raise WrongCell(FIELDS[12].label, sentence % {"name": unit.name})
        renamed = actions.rename_unit(
            unit, name=row.values["name"], on=row.values["named_on"], by=self.by,
            abbreviation=row.values["abbreviation"] or unit.abbreviation,
        )  # fmt: skip
        unit.name, unit.abbreviation, unit.folded = renamed.name, renamed.abbreviation, renamed.folded
        return "name"

    def _place(self, row: Row) -> Any:
        cell = row.values["place"]
        return place_named(cell, row.values["valid_to"] or today(), column=FIELDS[5].label) if cell else None

    def ending(self, row: Row) -> Change:
        """End the unit of a row on its last day, or find that it has ended just so."""
        unit, last = self.made[row.number], row.values["valid_to"]
        successors = [self._successor(cell, last + timedelta(days=1)) for cell in row.values["successors"] or ()]
        if unit.valid_to is None:
            actions.end_unit(unit, on=last + timedelta(days=1), successors=successors, by=self.by)
            return Change(row.number, "changed", unit.name, labels_of(FIELDS, ["valid_to", "successors"]))
        followed = set(unit.succeeded_by.values_list("new_id", flat=True))
        if unit.valid_to != last or (successors and {each.pk for each in successors} != followed):
            sentence = _("%(unit)s has already ended, on %(on)s; this is not changed by a sheet.")
            raise WrongCell(FIELDS[10].label, sentence % {"unit": unit.name, "on": f"{unit.valid_to:%d/%m/%Y}"})
        return Change(row.number, "same", unit.name)

    def _successor(self, cell: str, on: date) -> Unit:
        named = self._by_name.get(fold(cell), [])
        known = self._by_code.get(code_in(cell)) or (named[0] if len(named) == 1 else None)
        return known or self._cells.find(cell, on, column=FIELDS[11].label)


def export(_by: Actor) -> Iterator[Mapping[str, Any]]:
    """Every unit of every time, those above first."""
    others: dict[int, list[str]] = {}
    for unit_id, name in UnitName.objects.filter(official=False).order_by("pk").values_list("unit_id", "name"):
        others.setdefault(unit_id, []).append(name)
    after: dict[int, list[str]] = {}
    for each in UnitSuccession.objects.select_related("new").order_by("old_id", "pk"):
        after.setdefault(each.old_id, []).append(unit_cell(each.new))
    for unit in Unit.objects.select_related("parent", "place").order_by("path"):
        yield {
            "code": unit.code, "name": unit.name, "abbreviation": unit.abbreviation,
            "kind": unit.get_kind_display(), "parent": unit_cell(unit.parent), "place": place_cell(unit.place),
            "email": unit.email, "phone": unit.phone, "also": "; ".join(others.get(unit.pk, [])),
            "valid_from": unit.valid_from, "valid_to": unit.valid_to, "successors": "; ".join(after.get(unit.pk, [])),
        }  # fmt: skip


UNITS = Exchange(
    name="units",
    label=gettext_lazy("Units"),
    purpose=gettext_lazy("Departments, wards and communes, divisions and institutes as a tree, through time."),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may,
    url_name="directory:units",
    notes=[
        gettext_lazy("A unit that is there already, by its code or by its name below the same unit, is changed."),
        gettext_lazy("An empty cell changes nothing. No unit is removed because it is missing from the sheet."),
    ],
    order=10,
)
