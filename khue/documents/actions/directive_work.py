"""What units do with a directive beyond moving its case: reports with percentage and evidence, shares, requests."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.files import File as Upload
from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.actions.directive_columns import locked, roll_up
from khue.documents.models import Directive, Document, Report
from khue.documents.rules.directive import REPORT, may_support, own_units
from khue.files.actions import attach
from khue.flow.actions import move
from khue.flow.models import Case
from khue.flow.rules import may_move
from khue.journal.actions import record


def case_of(directive: Directive) -> Case:
    """The case; every directive outside the transaction that makes it has one."""
    assert directive.case is not None  # noqa: S101 - see Directive.case
    return directive.case


@transaction.atomic
def act(
    directive: Directive, name: str, *, by: User, comment: str = "", data: dict[str, str] | None = None
) -> Directive:
    """Make a move of the process `directive-follow-up`. Raises Refused with the process's own sentence."""
    taken = locked(directive.pk)
    if name in {"request-extension", "report-progress"} and case_of(taken).step == "assigned":
        move(case_of(taken), "acknowledge", by=by)
    move(case_of(taken), name, by=by, comment=comment, data=data)
    return locked(directive.pk)


@transaction.atomic
def acknowledge_many(directives: Iterable[Directive], *, by: User) -> list[Directive]:
    """Acknowledge those that wait for it; all or none."""
    waiting = sorted((one for one in directives if one.state == Directive.State.ASSIGNED), key=lambda one: one.pk)
    return [act(one, "acknowledge", by=by) for one in waiting]


@transaction.atomic
def accept_many(directives: Iterable[Directive], *, by: User) -> list[Directive]:
    """Accept the reports of completion that wait; all or none."""
    waiting = sorted((one for one in directives if one.state == Directive.State.REPORTED), key=lambda one: one.pk)
    return [act(one, "accept", by=by) for one in waiting]


@transaction.atomic
def report(
    directive: Directive,
    *,
    by: User,
    text: str,
    percent: int,
    done: bool = False,
    reply: Document | None = None,
    evidence: Sequence["Upload[bytes]"] = (),
) -> Report:
    """The lead unit reports how far it is; with `done`, that all of it is done.

    A directive that was not acknowledged or begun yet is so by its first report.

    Raises:
        Refused: `report-empty`, `percent-outside`, or what the process says.
    """
    require(_may_say(text, percent))
    taken = locked(directive.pk)
    for first in ("acknowledge", "start"):
        if may_move(by, case_of(taken), first) is None:
            move(case_of(taken), first, by=by)
    move(case_of(taken), "report-done" if done else "report-progress", by=by, comment=text)
    taken = locked(directive.pk)
    made = Report.objects.create(
        directive=taken, unit=taken.lead, kind=Report.Kind.DONE if done else Report.Kind.PROGRESS, text=text.strip(),
        percent=100 if done else percent, reply=reply, by=by, at=now(),
    )  # fmt: skip
    keep_evidence(taken, evidence, by=by)
    taken.percent = made.percent
    taken.save(update_fields=["percent"])
    roll_up(taken)
    return made


def _may_say(text: str, percent: int) -> Refusal | None:
    if not text.strip():
        return Refusal("report-empty", _("Write in a sentence what was done."))
    if not 0 <= percent <= 100:
        return Refusal("percent-outside", _("The percentage is a whole number from 0 to 100."))
    return None


@transaction.atomic
def report_share(
    directive: Directive, *, by: User, text: str, percent: int, evidence: Sequence["Upload[bytes]"] = ()
) -> Report:
    """A supporting unit reports its own share. Raises Refused `directive-not-supporting`, `report-empty`."""
    taken = locked(directive.pk)
    require(may_support(by, taken))
    require(_may_say(text, percent))
    row = taken.support_rows.filter(unit__in=own_units(by, REPORT)).select_related("unit")[0]
    row.percent, row.acknowledged_on = percent, row.acknowledged_on or today()
    row.save(update_fields=["percent", "acknowledged_on"])
    made = Report.objects.create(
        directive=taken, unit=row.unit, kind=Report.Kind.PROGRESS, text=text.strip(), percent=percent, by=by, at=now()
    )
    keep_evidence(taken, evidence, by=by)
    record(
        taken.dossier,
        "directive.share",
        by=by,
        acting_for=row.unit.name,
        unit=row.unit.name,
        percent=percent,
        text=made.text[:300],
    )
    return made


def keep_evidence(directive: Directive, uploads: Sequence["Upload[bytes]"], *, by: User) -> None:
    """Attach evidence to the directive. Raises Refused for what is not an acceptable document."""
    for upload in uploads:
        attach(upload, dossier=directive.dossier, by=by)


def ask_extension(directive: Directive, *, by: User, reason: str, new_due_on: date) -> Directive:
    """Ask the issuer for a later deadline. Raises Refused with the process's own sentence."""
    return act(directive, "request-extension", by=by, comment=reason, data={"new_due": new_due_on.isoformat()})


def hand_over(directive: Directive, to: Unit, *, by: User, reason: str) -> Directive:
    """Make `to` the lead unit; reports keep the unit that wrote them. Raises Refused `same-unit` or the process's."""
    if to.pk == directive.lead_id:
        raise Refused(Refusal("same-unit", _("%(unit)s already leads this directive.") % {"unit": to.name}))
    return act(directive, "hand-over", by=by, comment=reason, data={"unit": str(to.pk)})
