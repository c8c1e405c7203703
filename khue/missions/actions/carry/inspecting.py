"""Inspections: announced, held, minuted."""

from datetime import date, timedelta

from django.core.files import File as Upload
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import CALENDAR, Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.files.actions import attach
from khue.flow.actions.opening import version_on
from khue.flow.people import people_of
from khue.journal.actions import record
from khue.missions.actions.owed import ask, carry
from khue.missions.actions.standing import locked, refreshed, step
from khue.missions.models import Inspection, Mission
from khue.missions.rules.carry.carrying import case_of, may_follow
from khue.missions.rules.carry.inspecting import INSPECTED, may_announce, next_regular
from khue.missions.rules.carry.owed import VISIT
from khue.notices.actions import notify, saying


@transaction.atomic
def open_inspections(of: Mission | None = None) -> int:
    """Put the regular inspections that are near on the desk of the department, those of one mission or of all; returns
    how many. Safe to run again."""
    rows = Mission.objects.filter(state__in=INSPECTED, case__closed_at=None, contract__isnull=False)
    waiting = Inspection.objects.filter(mission=OuterRef("pk"), regular=True, closed_at=None)
    found = rows.exclude(Exists(waiting)).select_related("contract", "case__process_version")
    found = found.filter(pk=of.pk) if of else found
    near = _near()
    return sum(_open_next(mission, near) for mission in found.prefetch_related("inspections"))


def _near() -> date:
    """The last day that is near enough."""
    return today() + timedelta(days=version_on(VISIT.process, today()).definition.number("open-ahead"))


def _open_next(mission: Mission, near: date) -> bool:
    due = next_regular(mission)
    if due is None or due > near:
        return False
    Inspection.objects.create(mission=mission, held_on=due)
    record(f"mission:{mission.pk}", "mission.inspection-due", by=CALENDAR, day=f"{due:%d/%m/%Y}")
    refreshed(mission)
    return True


@transaction.atomic
def announce(mission: Mission, *, held_on: date, members: str, by: Actor, regular: bool = True) -> Inspection:
    """Announce an inspection to the lead organisation. Raises Refused: `inspection-notice` (too short a notice),
    `inspection-members`, `inspection-state`, or the rule's."""
    mission = locked(mission)
    require(may_announce(by, mission, held_on, members))
    due = mission.inspections.filter(announced_on=None).first() if regular else None
    made = due or Inspection(mission=mission, regular=regular)
    made.announced_on, made.held_on, made.members = today(), held_on, members.strip()
    made.by = by if isinstance(by, User) else None
    made.save()
    if due is None:
        ask(made, by=by)
    else:
        carry(due, "announce", by=by)
    refreshed(mission)
    day = f"{held_on:%d/%m/%Y}"
    record(f"mission:{mission.pk}", "mission.inspection-announced", by=by, day=day)
    host = case_of(mission).parties.get(party="host")
    notify(
        people_of(host),
        key=f"inspection:{made.pk}",
        subject=saying(gettext_lazy("Inspection on %(day)s: %(title)s"), day=day, title=mission.title),
        body=made.members,
        url=mission.get_absolute_url(),
        dossier=f"mission:{mission.pk}",
        by=by,
    )
    return made


@transaction.atomic
def conclude(
    inspection: Inspection,
    *,
    findings: str,
    conclusion: str,
    by: Actor,
    held_on: date | None = None,
    minutes: "Upload[bytes] | None" = None,
) -> Inspection:
    """Enter what was found, with the signed minutes. Raises Refused: `inspection-closed`, `inspection-not-announced`,
    `inspection-early`, or what the process says."""
    row = _open(inspection)
    row.held_on = held_on or row.held_on
    require(_when_held(row))
    row.findings, row.conclusion, row.closed_at = findings.strip(), conclusion.strip(), now()
    row.save()
    if minutes is not None:
        title = _("Minutes of the inspection on %(day)s") % {"day": f"{row.held_on:%d/%m/%Y}"}
        attach(minutes, dossier=f"mission:{row.mission_id}", by=by, title=title, restricted=True)
    carry(row, "conclude", by=by)
    step(row.mission, "inspect", by=by, data={"held_on": row.held_on, "conclusion": row.conclusion})
    return row


@transaction.atomic
def call_off(inspection: Inspection, *, reason: str, by: Actor) -> None:
    """Call an announced inspection off. Raises Refused: `inspection-closed`, `inspection-reason`, or the rule's."""
    row = _open(inspection)
    require(may_follow(by, row.mission))
    if not reason.strip():
        raise Refused(Refusal("inspection-reason", _("Write why the inspection is called off.")))
    told = {"day": f"{row.held_on:%d/%m/%Y}", "reason": reason.strip()}
    record(f"mission:{row.mission_id}", "mission.inspection-called-off", by=by, **told)
    mission = row.mission
    carry(row, "drop", by=by, comment=reason)
    row.delete()
    refreshed(mission)
    open_inspections(mission)


def _when_held(row: Inspection) -> Refusal | None:
    if row.announced_on is None:
        return Refusal("inspection-not-announced", _("Announce this inspection to the lead organisation first."))
    if row.announced_on <= row.held_on <= today():
        return None
    sentence = _("The inspection lies between its notice on %(day)s and today.")
    return Refusal("inspection-early", sentence % {"day": f"{row.announced_on:%d/%m/%Y}"})


def _open(inspection: Inspection) -> Inspection:
    rows = Inspection.objects.select_for_update(of=("self",)).select_related("mission__case__process_version")
    row = rows.get(pk=inspection.pk)
    if row.closed_at is not None:
        raise Refused(Refusal("inspection-closed", _("The conclusion of this inspection was entered already.")))
    return row
