"""Opening cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.flow.actions import placing
from khue.flow.models import Case, CaseParty, Holding, ProcessVersion, StepRecord, name_of
from khue.flow.rules import may_change
from khue.flow.shelf.values import Process
from khue.journal.actions import begin_many, record

BATCH = 1000
ONE_OPEN = "case_one_open_a_dossier"
"""The promise of the database that nobody opens the same twice."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to be opened: of which dossier, with whom, due when; with `parent` a part of another, open case."""

    title: str
    url: str
    dossier: str
    parties: Mapping[str, Unit | User]
    due_on: date | None = None
    parent: Case | None = None


def open_case(
    process: str,
    *,
    title: str,
    url: str,
    dossier: str,
    parties: Mapping[str, Unit | User],
    by: Actor,
    on: date | None = None,
    due_on: date | None = None,
    parent: Case | None = None,
) -> Case:
    """Open a case of `dossier` on the version in force on `on` (today), at its first step.

    With `parent` it is a part of another case, which must be open. Raises Refused: `flow.closed`, `flow.no-version`,
    `flow.party-missing`, `flow.party-unknown`, `flow.already-open`.
    """
    opening = Opening(title, url, dossier, parties, due_on, parent)
    try:
        with transaction.atomic():
            case = _placed(process, [opening], by, on)[0]
            record(dossier, "flow.opened", by=by, **_facts(opening, case))
            return case
    except IntegrityError as error:
        if ONE_OPEN not in str(error):
            raise
        sentence = _("«%(title)s» is being handled already; it cannot be opened a second time.")
        raise Refused(Refusal("flow.already-open", sentence % {"title": title})) from None


@transaction.atomic
def open_cases(process: str, openings: Sequence[Opening], *, by: Actor, on: date | None = None) -> list[Case]:
    """What `open_case` does, for dossiers that nobody else can be opening (this transaction has just made them or
    holds the lock of what they are about), in a constant number of writes."""
    cases = _placed(process, openings, by, on)
    begun = ((one.dossier, _facts(one, case)) for one, case in zip(openings, cases, strict=True))
    begin_many("flow.opened", begun, by=by)
    return cases


def _placed(process: str, openings: Sequence[Opening], by: Actor, on: date | None) -> list[Case]:
    """The cases at their first step, each with its parties, who holds it, and the note that it was opened."""
    version = version_on(process, on or today())
    definition = version.definition
    first = definition.steps[definition.start]
    for opening in openings:
        _check_parties(definition, opening.parties)
    for parent in {one.parent.pk: one.parent for one in openings if one.parent is not None}.values():
        require(may_change(placing.locked(parent)))  # locked, so that the whole cannot close while a part of it opens
    cases = [_case(opening, version, by) for opening in openings]
    Case.objects.bulk_create(cases, BATCH)
    rows = [
        placing.party_row(case, party, holder)
        for opening, case in zip(openings, cases, strict=True)
        for party, holder in opening.parties.items()
    ]
    CaseParty.objects.bulk_create(rows, BATCH)
    held_by = {row.case_id: row for row in rows if first.holder is not None and row.party == first.holder.party}
    Holding.objects.bulk_create(
        [placing.holding(case, first, held_by.get(case.pk), since_day=today()) for case in cases], BATCH
    )
    StepRecord.objects.bulk_create([placing.step_record(case, "", "", by=by) for case in cases], BATCH)
    return cases


def _case(opening: Opening, version: ProcessVersion, by: Actor) -> Case:
    return Case(
        process_version=version, step=version.definition.start, dossier=opening.dossier, title=opening.title[:500],
        url=opening.url, parent=opening.parent, opened_by=by if isinstance(by, User) else None, opened_at=now(),
        due_on=opening.due_on,
    )  # fmt: skip


def _facts(opening: Opening, case: Case) -> dict[str, Any]:
    return {
        "process": case.definition.label.vi,
        "version": str(case.process_version.version),
        "step": case.step_now.staff.vi,
        "parties": {name: name_of(holder) for name, holder in opening.parties.items()},
        "due": opening.due_on.isoformat() if opening.due_on else "",
    }


def version_on(process: str, day: date) -> ProcessVersion:
    """The version of `process` in force on `day`; raises Refused (`flow.no-version`)."""
    found = ProcessVersion.objects.filter(process=process, version__lte=day).order_by("-version").first()
    if found is None:
        sentence = _("No version of the process %(process)s is in force on %(day)s. See processes/%(process)s.")
        raise Refused(Refusal("flow.no-version", sentence % {"process": process, "day": f"{day:%d/%m/%Y}"}))
    return found


def _check_parties(process: Process, parties: Mapping[str, Unit | User]) -> None:
    for name in parties:
        if name not in process.parties:
            sentence = _("The process %(process)s knows no part %(party)s.")
            raise Refused(Refusal("flow.party-unknown", sentence % {"process": process.id, "party": name}))
    for name, party in process.parties.items():
        if party.required and name not in parties:
            raise Refused(Refusal("flow.party-missing", _("Say who is «%(party)s».") % {"party": party.label}))
