"""Opening a case."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.flow.actions import placing
from khue.flow.models import Case, ProcessVersion, name_of
from khue.flow.rules import may_change
from khue.flow.shelf.values import Process
from khue.journal.actions import record


@transaction.atomic
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
    version = version_on(process, on or today())
    definition = version.definition
    _check_parties(definition, parties)
    if parent is not None:  # locked, so that the whole cannot close while a part of it opens
        require(may_change(placing.locked(parent)))
    case = Case(
        process_version=version,
        step=definition.start,
        dossier=dossier,
        title=title[:500],
        url=url,
        parent=parent,
        opened_by=by if isinstance(by, User) else None,
        opened_at=now(),
        due_on=due_on,
    )
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        sentence = _("«%(title)s» is being handled already; it cannot be opened a second time.")
        raise Refused(Refusal("flow.already-open", sentence % {"title": title})) from None
    for party, holder in parties.items():
        placing.set_row(case, party, holder)
    placing.hold(case, definition.steps[definition.start], since_day=today())
    placing.note(case, "", "", by=by)
    record(
        dossier,
        "flow.opened",
        by=by,
        process=definition.label.vi,
        version=str(version.version),
        step=definition.steps[definition.start].staff.vi,
        parties={name: name_of(holder) for name, holder in parties.items()},
        due=due_on.isoformat() if due_on else "",
    )
    return case


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
