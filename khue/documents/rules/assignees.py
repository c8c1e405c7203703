"""Who gets a directive when its words name one unit, several, or a whole group of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from khue.core.clock import today
from khue.directory.models import Unit
from khue.directory.search import resolve_unit
from khue.documents.models import Proposal, ProposalUnit
from khue.documents.rules.directive_words import group_of, groups


@dataclass(frozen=True, slots=True)
class Share:
    """One directive's lead and supporting units."""

    lead: Unit
    supports: tuple[Unit, ...]


def members(group: str, day: date) -> list[Unit]:
    """Units of a group that exist on `day`, in Vietnamese order."""
    found = Unit.objects.as_of(day).filter(kind__in=groups()[group].kinds).order_by("sort_name")
    return list(found)


def shares(units: Iterable[ProposalUnit], spread: str, holder: Unit, day: date) -> list[Share]:
    """How accepted assignees become directives.

    With `spread` "each", every lead gets a directive of its own and the supporting units stand in each. With
    "together" there is one directive: its only lead, or `holder` where several lead, and the others support it.
    """
    units = list(units)
    leads = _expanded((unit for unit in units if unit.part == ProposalUnit.Part.LEAD), day)
    supports = _expanded((unit for unit in units if unit.part == ProposalUnit.Part.SUPPORT), day)
    if spread == Proposal.Spread.EACH or len(leads) == 1:
        return [Share(lead, tuple(unit for unit in supports if unit != lead)) for lead in leads]
    first = holder if any(unit.group for unit in units if unit.part == ProposalUnit.Part.LEAD) else leads[0]
    together = dict.fromkeys([*leads, *supports])
    return [Share(first, tuple(unit for unit in together if unit != first))]


def _expanded(units: Iterable[ProposalUnit], day: date) -> list[Unit]:
    found: dict[Unit, None] = {}
    for named in units:
        found.update(dict.fromkeys(members(named.group, day) if named.group else [named.unit] if named.unit else []))
    return list(found)


def resolve(name: str, day: date) -> tuple[Unit | None, str]:
    """The unit that a written name meant on `day`, or the group of units; (None, "") when a person must choose.

    A unit that has since ended stands for its successor, if it has only one.
    """
    group = group_of(name)
    if group:
        return None, group
    unit = resolve_unit(name, day)
    return (_today(unit), "") if unit is not None else (None, "")


def _today(unit: Unit) -> Unit | None:
    if unit.valid_to is None or unit.valid_to >= today():
        return unit
    after = list(Unit.objects.filter(pk=unit.pk).mapped_to_today())
    return after[0] if len(after) == 1 else None
