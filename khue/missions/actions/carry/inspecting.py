"""Inspections: announced, held, minuted."""

from datetime import date

from django.core.files import File as Upload
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.files.actions import attach
from khue.flow.people import people_of
from khue.journal.actions import record
from khue.missions.actions.standing import locked, refreshed, step
from khue.missions.models import Inspection, Mission
from khue.missions.rules.carry.carrying import case_of, may_follow
from khue.missions.rules.carry.inspecting import may_announce
from khue.notices.actions import notify, saying


@transaction.atomic
def announce(mission: Mission, *, held_on: date, members: str, by: Actor, regular: bool = True) -> Inspection:
    """Announce an inspection to the lead organisation. Raises Refused: `inspection-notice` (too short a notice),
    `inspection-members`, `inspection-state`, or the rule's."""
    mission = locked(mission)
    require(may_announce(by, mission, held_on, members))
    made = Inspection.objects.create(
        mission=mission, announced_on=today(), held_on=held_on, members=members.strip(), regular=regular,
        by=by if isinstance(by, User) else None,
    )  # fmt: skip
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
    """Enter what was found, with the signed minutes. Raises Refused: `inspection-closed`, `inspection-early`, or what
    the process says."""
    row = _open(inspection)
    row.held_on = held_on or row.held_on
    if not row.announced_on <= row.held_on <= today():
        sentence = _("The inspection lies between its notice on %(day)s and today.")
        raise Refused(Refusal("inspection-early", sentence % {"day": f"{row.announced_on:%d/%m/%Y}"}))
    row.findings, row.conclusion, row.closed_at = findings.strip(), conclusion.strip(), now()
    row.save()
    if minutes is not None:
        title = _("Minutes of the inspection on %(day)s") % {"day": f"{row.held_on:%d/%m/%Y}"}
        attach(minutes, dossier=f"mission:{row.mission_id}", by=by, title=title, restricted=True)
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
    row.delete()
    refreshed(mission)


def _open(inspection: Inspection) -> Inspection:
    rows = Inspection.objects.select_for_update(of=("self",)).select_related("mission__case__process_version")
    row = rows.get(pk=inspection.pk)
    if row.closed_at is not None:
        raise Refused(Refusal("inspection-closed", _("The conclusion of this inspection was entered already.")))
    return row
