"""Assigning the right to results: the lead organisation is asked first, then others, else the state keeps it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import CALENDAR, Actor
from khue.core.clock import today
from khue.core.refusals import require
from khue.directory.models import Unit
from khue.directory.search import department
from khue.flow.actions import move, open_case, set_party
from khue.flow.models import Holding
from khue.flow.rules import parties_of
from khue.journal.actions import record
from khue.matching.actions import changed_many
from khue.missions.models import Mission, Ownership
from khue.missions.rules.accept.ownership import case_of, may_open, owner_by_law

PROCESS = "result-ownership"


@transaction.atomic
def open_ownership(mission: Mission, *, by: Actor) -> Ownership:
    """Ask the lead organisation whether it wants the right to the results. Raises Refused: `ownership.too-early`,
    `ownership.by-law`, `ownership.open`, `ownership.no-host`, or the rule's."""
    mission = Mission.objects.select_for_update(of=("self",)).select_related("host", "case").get(pk=mission.pk)
    require(may_open(by, mission))
    assert mission.host is not None  # noqa: S101 - may_open
    party = parties_of(mission.case).get("department") if mission.case else None
    keeper = party.unit if party is not None and party.unit is not None else department()
    made = Ownership.objects.create(mission=mission)
    made.case = open_case(
        PROCESS, title=mission.title, url=made.get_absolute_url(), dossier=made.dossier,
        parties={"department": keeper, "host": mission.host}, by=by,
    )  # fmt: skip
    made.save(update_fields=["case"])
    record(f"mission:{mission.pk}", "mission.ownership-asked", by=by, unit=mission.host.name)
    return made


@transaction.atomic
def act(
    ownership: Ownership, name: str, *, by: Actor, comment: str = "", data: Mapping[str, Any] | None = None
) -> Ownership:
    """Make a move of the process, and write down what follows from it. Raises Refused with the process's sentence."""
    current = _locked(ownership)
    if name == "request":
        _asks(current, current.mission.host, by)
    elif name == "propose" and data and data.get("applicant"):
        _asks(current, Unit.objects.filter(pk=_number(data["applicant"])).first(), by)
    case = move(case_of(current), name, by=by, comment=comment, data=data)
    said = case.records.order_by("-pk")[0].data
    for column in ("right", "plan", "opinion", "agrees", "conditions", "decision_sign"):
        if column in said:
            setattr(current, column, said[column])
    if "decided_on" in said:
        current.decided_on = date.fromisoformat(str(said["decided_on"]))
    current.save()
    if name == "assign":
        _assigned(current, by)
    return current


def _number(unit: Any) -> Any:
    return unit.pk if isinstance(unit, Unit) else unit


def _asks(ownership: Ownership, unit: Unit | None, by: Actor) -> None:
    """Whoever asks holds the case when a supplement is wanted."""
    if unit is None:
        return  # the move itself says what is missing
    ownership.applicant = unit
    set_party(case_of(ownership), "applicant", unit, by=by, reason=_("asks for the right to the results"))


def _assigned(ownership: Ownership, by: Actor) -> None:
    """The results say who owns them, or who may use them, and by which decision."""
    words = {"sign": ownership.decision_sign, "right": str(ownership.get_right_display())}
    words |= {"day": f"{ownership.decided_on:%d/%m/%Y}", "unit": str(ownership.applicant)}
    basis = _("%(right)s to %(unit)s by %(sign)s of %(day)s") % words
    facts: dict[str, Any] = {"ownership_basis": basis[:200]}
    if ownership.right == Ownership.Right.OWNERSHIP:
        facts["owner"] = ownership.applicant
    _write(ownership.mission, facts)
    record(f"mission:{ownership.mission_id}", "mission.ownership-assigned", by=by, **words)


def own_by_law(mission: Mission, *, by: Actor) -> bool:
    """Under the newest rules the lead organisation owns the results from their recognition on; returns whether so."""
    rule = owner_by_law(mission)
    if not rule or mission.host is None:
        return False
    _write(mission, {"owner": mission.host, "ownership_basis": rule[:200]})
    record(f"mission:{mission.pk}", "mission.owned-by-law", by=by, unit=mission.host.name, rule=rule)
    return True


def _write(mission: Mission, facts: Mapping[str, Any]) -> None:
    mission.results.update(**facts)
    changed_many("result", list(mission.results.values_list("pk", flat=True)))


def ask_others(on: date | None = None) -> int:
    """Where the lead organisation has not answered in time, others are asked. Returns how many. Safe to run again."""
    late = Holding.objects.current().filter(due_on__lt=on or today())
    rows = Ownership.objects.filter(case__step="asked", case__closed_at=None, case__holdings__in=late).order_by("pk")
    silent = list(rows)
    for ownership in silent:
        act(ownership, "no-answer", by=CALENDAR, comment=_("The lead organisation has not answered in time."))
    return len(silent)


def _locked(ownership: Ownership) -> Ownership:
    rows = Ownership.objects.select_for_update(of=("self",)).select_related("mission__host", "case__process_version")
    return rows.get(pk=ownership.pk)
