"""Opening the applications: a recorded act after the closing moment, with witnesses and minutes."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.calendar import add_working_days
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.flow.actions import move
from khue.journal.actions import record
from khue.missions.actions.plan_people import enter_people
from khue.missions.actions.select.calls import close
from khue.missions.actions.select.eligibility import check_all
from khue.missions.models import Application, Selection
from khue.missions.rules.select.calls import is_past
from khue.missions.rules.select.parts import OPEN, may_for


def locked(selection: Selection) -> Selection:
    """The selection as it is now, locked until the transaction ends."""
    return (
        Selection.objects.select_for_update(of=("self",))
        .select_related("order__list__host", "case__process_version", "call", "winner__lead", "completed")
        .get(pk=selection.pk)
    )


def open_by(selection: Selection) -> date:
    """The day until which the applications are to be opened: working days of the version after the closing."""
    assert selection.case is not None  # noqa: S101 - every selection is opened with its case
    closed = localtime(selection.closes_at).date()
    return add_working_days(closed, selection.case.definition.number("applications-opened"))


def may_open(by: Actor, selection: Selection) -> Refusal | None:
    """By the department, once, and only after the closing moment."""
    sentence = _("The applications are opened by officers and heads of %(unit)s.")
    refusal = Refusal("opening.not-yours", sentence % {"unit": selection.host.name})
    if refused := may_for(by, selection.host, OPEN, refusal):
        return refused
    if selection.opened_at is not None:
        told = {"at": f"{localtime(selection.opened_at):%H:%M %d/%m/%Y}"}
        return Refusal("opening.opened", _("These applications were opened at %(at)s already.") % told)
    if not is_past(selection.closes_at):
        sentence = _("The applications stay sealed until the closing moment, %(moment)s.")
        moment = f"{localtime(selection.closes_at):%H:%M %d/%m/%Y}"
        return Refusal("opening.too-early", sentence % {"moment": moment})
    return None


@transaction.atomic
def open_applications(
    selection: Selection, *, note: str, by: Actor, witnesses: str = "", venue: str = ""
) -> Selection:  # fmt: skip
    """Break the seal. What was handed in and not withdrawn is from now on read by the department; drafts stay with
    their authors for ever. Raises Refused: `opening.not-yours`, `opening.too-early`, `opening.opened`,
    `opening.nothing` (no receipt in force: the selection failed), `flow.…`."""
    current = locked(selection)
    require(may_open(by, current))
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    if current.case.step == "open":
        close(current)
        current = locked(current)
    assert current.case is not None  # noqa: S101 - as above
    count = current.applications.filter(state=Application.State.SUBMITTED).count()
    if not count:
        sentence = _("Nobody handed an application in: there is nothing to open. Record that nobody was found.")
        raise Refused(Refusal("opening.nothing", sentence))
    move(current.case, "open-files", by=by, data={"note": note, "witnesses": witnesses})
    current.opened_at, current.opened_by = now(), by if isinstance(by, User) else None
    current.opening_note, current.witnesses, current.venue = note.strip(), witnesses.strip()[:400], venue.strip()[:200]
    current.save(update_fields=["opened_at", "opened_by", "opening_note", "witnesses", "venue"])
    late = max(0, (today() - open_by(current)).days)
    record(current.dossier, "selection.opened", by=by, count=count, witnesses=current.witnesses, late_days=late)
    _enter_everybody(current)
    check_all(current, by=by)
    selection.refresh_from_db()
    return current


def _enter_everybody(selection: Selection) -> None:
    """Whoever the opened outlines name is a person of the directory from now on."""
    for application in selection.applications.filter(state=Application.State.SUBMITTED).select_related("plan"):
        application.investigator = enter_people(application.plan)
        application.save(update_fields=["investigator"])


@transaction.atomic
def open_together(
    selections: Sequence[Selection], *, note: str, by: Actor, witnesses: str = "", venue: str = ""
) -> list[Selection]:  # fmt: skip
    """Open the applications for several missions of one call in one sitting; those for which nobody applied are left
    for the record that nobody was found. Raises Refused as `open_applications`."""
    waiting = [one for one in selections if one.applications.filter(state=Application.State.SUBMITTED).exists()]
    opened = [open_applications(one, note=note, by=by, witnesses=witnesses, venue=venue) for one in waiting]
    if not opened:
        raise Refused(Refusal("opening.nothing", _("Nobody handed an application in: there is nothing to open.")))
    return opened
