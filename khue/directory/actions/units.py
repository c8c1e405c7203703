"""Write units: found, change, rename, end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import require
from khue.directory import endings, rules
from khue.directory.models import Kind, Place, Unit, UnitName, UnitSuccession
from khue.directory.search import resolve_many
from khue.journal.actions import begin_chains, record
from khue.language.text import nfc

BATCH = 1000

DETAILS = ("kind", "parent", "place", "email", "phone", "abbreviation")
"""What `change_unit` may change; the name has its own action, because the old one stays."""


def dossier(unit: Unit) -> str:
    """How the journal calls the unit."""
    return f"unit:{unit.pk}"


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be founded; `valid_to` only when it is one of the past. `also` are other ways to write its name."""

    name: str
    kind: str
    valid_from: date
    abbreviation: str = ""
    parent: Unit | None = None
    place: Place | None = None
    code: str = ""
    email: str = ""
    phone: str = ""
    valid_to: date | None = None
    also: Sequence[str] = ()


def add_unit(*, by: Actor, **facts: Any) -> Unit:
    """Found a unit; the facts are those of `NewUnit`."""
    return add_units([NewUnit(**facts)], by=by)[0]


@transaction.atomic
def add_units(new: Sequence[NewUnit], *, by: Actor) -> list[Unit]:
    """Found units, none of which stands below another of them, in a constant number of writes."""
    for parent in {each.parent.pk if each.parent else None: each.parent for each in new}.values():
        require(rules.may_add_unit(by, parent))
    taken = set(Unit.objects.values_list("code", flat=True)) if len(new) > 1 else None
    units = [_unit(each, taken) for each in new]
    Unit.objects.bulk_create(units, BATCH)
    paired = list(zip(units, new, strict=True))
    for unit in units:  # as the trigger has written it
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    UnitName.objects.bulk_create([name for unit, each in paired for name in _names(unit, each)], BATCH)
    begin_chains((act for unit, each in paired for act in _acts(unit, each)), by=by)
    return units


def _unit(new: NewUnit, taken: set[str] | None) -> Unit:
    unit = Unit(
        name=new.name, kind=new.kind, valid_from=new.valid_from, valid_to=new.valid_to, abbreviation=new.abbreviation,
        parent=new.parent, place=new.place, code=new.code, email=new.email, phone=new.phone,
    ).prepare(taken)  # fmt: skip
    if taken is not None:
        taken.add(unit.code)
    return unit


def _names(unit: Unit, new: NewUnit) -> list[UnitName]:
    others = [
        UnitName(unit=unit, name=name, official=False, valid_from=unit.valid_from, valid_to=unit.valid_to).prepare()
        for name in new.also
    ]
    return [unit.first_name(), *others]


def _acts(unit: Unit, new: NewUnit) -> Iterator[tuple[str, str, dict[str, str]]]:
    yield dossier(unit), "unit.added", {"name": unit.name, "valid_from": f"{new.valid_from}"}
    for name in new.also:
        yield dossier(unit), "unit.also-called", {"name": nfc(name)}


@transaction.atomic
def change_unit(unit: Unit, *, by: Actor, **details: Any) -> Unit:
    """Change some of `DETAILS`; the journal keeps what they were."""
    unit = _locked(unit)
    require(rules.may_edit_unit(by, unit))
    if details.get("parent") is not None and details["parent"] != unit.parent:
        require(rules.may_add_unit(by, details["parent"]))
        require(rules.may_stand_below(unit, details["parent"]))
    changed = {name: value for name, value in details.items() if name in DETAILS and getattr(unit, name) != value}
    if not changed:
        return unit
    was = {name: str(getattr(unit, name) or "") for name in changed}
    for name, value in changed.items():
        setattr(unit, name, value)
    unit.save()
    if "abbreviation" in changed:
        current = unit.names.filter(official=True, valid_to=None).first()
        if current:
            current.abbreviation = unit.abbreviation
            current.save()
    record(
        dossier(unit), "unit.changed", by=by, was=was, now={name: str(value or "") for name, value in changed.items()}
    )
    return unit


@transaction.atomic
def rename_unit(unit: Unit, *, name: str, on: date, by: Actor, abbreviation: str = "", basis: str = "") -> Unit:
    """From `on` the unit bears `name`; the names before stay, each with its days."""
    unit = _locked(unit)
    require(rules.may_edit_unit(by, unit))
    require(rules.may_rename_unit(unit, on))
    was = unit.name
    unit.names.filter(official=True, valid_to=None).update(valid_to=on - timedelta(days=1))
    unit.names.create(name=name, abbreviation=abbreviation, valid_from=on, valid_to=unit.valid_to, basis=basis)
    unit.name, unit.abbreviation = name, abbreviation
    unit.save()
    record(dossier(unit), "unit.renamed", by=by, was=was, name=unit.name, on=f"{on}", basis=basis)
    return unit


@transaction.atomic
def add_name(unit: Unit, *, name: str, by: Actor, abbreviation: str = "") -> UnitName:
    """Another way in which people write the unit's name, so that it is found by it."""
    unit = _locked(unit)
    require(rules.may_edit_unit(by, unit))
    return _also_called(unit, name, by, abbreviation)


@transaction.atomic
def remember_name(unit: Unit, *, name: str, by: Actor) -> UnitName | None:
    """Note a name as it stands in a document, so that it means `unit` from now on; None when it did already."""
    unit = _locked(unit)
    meant = resolve_many([name], today())[name]
    known = [meant.unit] if meant.unit else meant.candidates
    require(rules.may_remember_name(by, unit, name, known))
    return None if meant.unit == unit else _also_called(unit, name, by)


def _also_called(unit: Unit, name: str, by: Actor, abbreviation: str = "") -> UnitName:
    alias: UnitName = unit.names.create(
        name=name, abbreviation=abbreviation, official=False, valid_from=unit.valid_from, valid_to=unit.valid_to
    )
    record(dossier(unit), "unit.also-called", by=by, name=alias.name)
    return alias


@transaction.atomic
def forget_name(name: UnitName, *, by: Actor) -> None:
    """Take back another way to write a name, noted by mistake."""
    unit = _locked(name.unit)
    require(rules.may_forget_name(by, name))
    name.delete()
    record(dossier(unit), "unit.not-called", by=by, name=name.name)


@transaction.atomic
def end_unit(unit: Unit, *, on: date, successors: Sequence[Unit], by: Actor, basis: str = "") -> Unit:
    """The unit ends the day before `on`; from `on` its work is with `successors`.

    One successor takes the whole; of several the first takes the main part. Memberships close and work in hand is
    handed over in the same transaction, by what the apps above registered with `endings`. Raises `Refused`.
    """
    unit = _locked(unit)
    require(rules.may_end_unit(by, unit, on=on, successors=successors))
    last = on - timedelta(days=1)
    unit.valid_to = last
    unit.save()
    unit.names.filter(valid_to=None).update(valid_to=last)
    for place, successor in enumerate(successors):
        share = Kind.WHOLE if len(successors) == 1 else (Kind.PART if place else Kind.MAIN_PART)
        UnitSuccession.objects.create(old=unit, new=successor, kind=share, on=on, basis=basis)
    record(dossier(unit), "unit.ended", by=by, on=f"{on}", basis=basis, successors=[each.name for each in successors])
    endings.tell(unit, on, successors, by)
    return unit


def _locked(unit: Unit) -> Unit:
    """The same object, as the row is now that it is locked."""
    unit.refresh_from_db(from_queryset=Unit.objects.select_for_update())
    return unit
