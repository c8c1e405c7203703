"""Entering cases that were opened, and maybe closed, before the system was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Unit
from khue.flow.actions.placing import due_day
from khue.flow.divisions import work_there
from khue.flow.models import Case, CaseParty, Holding, ProcessVersion, StepRecord
from khue.journal.actions import begin_many

BATCH = 1000
MORNING = time(8)
"""The hour given to acts of which only the day is known."""


@dataclass(frozen=True, slots=True)
class Past:
    """A case as it stands: at which step, opened and closed when."""

    title: str
    url: str
    dossier: str
    parties: Mapping[str, Unit]
    step: str
    opened_on: date
    due_on: date | None = None
    closed_on: date | None = None


@transaction.atomic
def enter_cases(process: str, entries: Sequence[Past], *, by: Actor) -> list[Case]:
    """Put cases of dossiers made in this transaction where they stand; nobody is told, the desk shows the open ones.

    Each is pinned to the version in force on the day it was opened, or to the earliest there is: what was done before
    the shelf began was done under no version of it. The callers' rules have said that the steps are right.

    Raises Refused: `flow.no-version`, when the shelf has no version of the process at all.
    """
    versions = list(ProcessVersion.objects.filter(process=process).order_by("version"))
    if not versions:
        sentence = _("The process %(process)s has no version here. Load the shelf: khue process load.")
        raise Refused(Refusal("flow.no-version", sentence % {"process": process}))
    pairs = [(entry, _case(entry, _version_of(versions, entry.opened_on), by)) for entry in entries]
    Case.objects.bulk_create([case for _entry, case in pairs], batch_size=BATCH)
    CaseParty.objects.bulk_create(
        [CaseParty(case=case, party=name, unit=unit) for entry, case in pairs for name, unit in entry.parties.items()],
        batch_size=BATCH,
    )
    Holding.objects.bulk_create([_holding(entry, case) for entry, case in pairs if not case.closed_at], BATCH)
    StepRecord.objects.bulk_create([_said(entry, case, by) for entry, case in pairs], BATCH)
    begin_many("flow.entered", ((case.dossier, _facts(entry, case)) for entry, case in pairs), by=by)
    return [case for _entry, case in pairs]


def _version_of(versions: Sequence[ProcessVersion], day: date) -> ProcessVersion:
    return next((version for version in reversed(versions) if version.version <= day), versions[0])


def _moment(day: date) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=timezone.get_default_timezone())


def _case(entry: Past, version: ProcessVersion, by: Actor) -> Case:
    terminal = version.definition.steps[entry.step].terminal
    return Case(
        process_version=version, step=entry.step, dossier=entry.dossier, title=entry.title[:500], url=entry.url,
        opened_by=by if isinstance(by, User) else None, opened_at=_moment(entry.opened_on), due_on=entry.due_on,
        closed_at=_moment(entry.closed_on or today()) if terminal else None, outcome=terminal or "",
    )  # fmt: skip


def _holding(entry: Past, case: Case) -> Holding:
    step = case.step_now
    assert step.holder is not None  # noqa: S101 - the shelf check: only steps that end a case have none
    return Holding(
        case=case, step=step.name, unit=entry.parties[step.holder.party], roles=list(step.holder.roles), since=now(),
        due_on=due_day(step.deadline, entry.due_on, today()), rests=case.definition.rests_at(step.name),
        divisions=work_there(case.definition.parties.get(step.holder.party), step.holder.roles),
    )  # fmt: skip


def _said(entry: Past, case: Case, by: Actor) -> StepRecord:
    return StepRecord(
        case=case, from_step="", to_step=case.step, move="", by=by if isinstance(by, User) else None,
        by_name=by.actor_name, at=case.closed_at or _moment(entry.opened_on), comment="", data={},
    )  # fmt: skip


def _facts(entry: Past, case: Case) -> dict[str, object]:
    return {
        "process": case.definition.label.vi,
        "version": str(case.process_version.version),
        "step": case.step_now.staff.vi,
        "opened": entry.opened_on.isoformat(),
        "due": entry.due_on.isoformat() if entry.due_on else "",
        "parties": {name: unit.name for name, unit in entry.parties.items()},
    }
