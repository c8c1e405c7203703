"""What the lead and supporting units do: acknowledge, report, ask for more time."""

from collections.abc import Sequence
from datetime import date

from django.core.files import File as Upload
from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.documents.actions.directive_case import keep_evidence, step, tell
from khue.documents.models import Directive, DirectiveUnit, Document, Extension, Report
from khue.documents.rules.directive import may_extend_to, may_support, may_work, reach
from khue.journal.actions import record

State = Directive.State


def locked(directive: Directive) -> Directive:
    """The directive as it is now, locked to the end of the transaction."""
    return (
        Directive.objects.select_for_update(of=["self"])
        .select_related("document", "lead", "issuer", "parent")
        .get(pk=directive.pk)
    )


@transaction.atomic
def acknowledge(directive: Directive, *, by: User) -> Directive:
    """The lead unit says it has got the directive. Raises Refused `directive-other-lead`, `already-acknowledged`."""
    taken = locked(directive)
    require(may_work(by, taken))
    if taken.state != State.ASSIGNED:
        raise Refused(Refusal("already-acknowledged", _("Your unit has already acknowledged this directive.")))
    step(taken, "acknowledge", by=by)
    taken.state, taken.acknowledged_on = State.ACKNOWLEDGED, today()
    taken.save(update_fields=["state", "acknowledged_on"])
    record(taken.dossier, "directive.acknowledged", by=by, acting_for=taken.lead.name)
    return taken


@transaction.atomic
def acknowledge_many(directives: Sequence[Directive], *, by: User) -> list[Directive]:
    """Acknowledge all of them that wait for it; all or none."""
    waiting = [directive for directive in directives if directive.state == State.ASSIGNED]
    return [acknowledge(directive, by=by) for directive in sorted(waiting, key=lambda one: one.pk)]


@transaction.atomic
def report(
    directive: Directive,
    *,
    by: User,
    text: str,
    percent: int,
    done: bool = False,
    reply: Document | None = None,
    evidence: Sequence[Upload[bytes]] = (),
) -> Report:
    """The lead unit reports how far it is; with `done`, that all of it is done.

    A directive that was not acknowledged yet is acknowledged by its first report.

    Raises:
        Refused: `directive-other-lead`, `directive-not-open`, `report-empty`, `percent-back`, `parts-open`.
    """
    taken = locked(directive)
    require(may_work(by, taken))
    require(_may_say(taken, text, percent, done=done))
    if taken.state == State.ASSIGNED:
        taken = acknowledge(taken, by=by)
    if taken.state == State.ACKNOWLEDGED:
        step(taken, "start", by=by)
        taken.state = State.IN_PROGRESS
    made = Report.objects.create(
        directive=taken, unit=taken.lead, kind=Report.Kind.DONE if done else Report.Kind.PROGRESS,
        text=text.strip(), percent=100 if done else percent, reply=reply, by=by, at=now(),
    )  # fmt: skip
    keep_evidence(taken, evidence, by=by)
    taken.percent = made.percent
    if done:
        step(taken, "report-done", by=by, comment=made.text)
        taken.state, taken.done_on = State.REPORTED, today()
        tell(taken, taken.issuer, "reported", by=by)
    taken.save(update_fields=["state", "percent", "done_on"])
    verb = "directive.reported-done" if done else "directive.progress"
    record(taken.dossier, verb, by=by, acting_for=taken.lead.name, percent=made.percent, text=made.text[:300])
    roll_up(taken)
    return made


def _may_say(directive: Directive, text: str, percent: int, *, done: bool) -> Refusal | None:
    if not text.strip():
        return Refusal("report-empty", _("Write in a sentence what was done."))
    if not 0 <= percent <= 100:
        return Refusal("percent-outside", _("The percentage is a whole number from 0 to 100."))
    parts = directive.children.filter(state__in=[State.ASSIGNED, State.ACKNOWLEDGED, State.IN_PROGRESS]).count()
    if done and parts:
        return Refusal(
            "parts-open",
            _("%(count)d parts given to lower units are still open. Close them before reporting it done.")
            % {"count": parts},
        )
    return None


def roll_up(directive: Directive) -> None:
    """Carry the progress of a part into the whole above it: the mean of its parts, never shown as done by itself."""
    if directive.parent_id is None:
        return
    whole = locked(Directive(pk=directive.parent_id))
    if not whole.is_open:
        return
    parts = [part.percent for part in whole.children.exclude(state=State.CANCELLED)]
    whole.percent = min(99, round(sum(parts) / len(parts))) if parts else whole.percent
    whole.save(update_fields=["percent"])
    roll_up(whole)


@transaction.atomic
def report_share(directive: Directive, *, by: User, text: str, percent: int) -> Report:
    """A supporting unit reports its own share. Raises Refused `directive-not-supporting`, `report-empty`."""
    taken = locked(directive)
    require(may_support(by, taken))
    require(_may_say(taken, text, percent, done=False))
    row: DirectiveUnit = taken.support_rows.filter(unit__in=reach(by).working).select_related("unit")[0]
    row.percent, row.acknowledged_on = percent, row.acknowledged_on or today()
    row.save(update_fields=["percent", "acknowledged_on"])
    made = Report.objects.create(
        directive=taken, unit=row.unit, kind=Report.Kind.PROGRESS, text=text.strip(), percent=percent, by=by, at=now()
    )
    record(taken.dossier, "directive.share", by=by, acting_for=row.unit.name, percent=percent, text=made.text[:300])
    tell(taken, taken.lead, "share", by=by)
    return made


@transaction.atomic
def ask_extension(directive: Directive, *, by: User, reason: str, new_due_on: date) -> Extension:
    """Ask for a later deadline. Raises Refused `extension-not-later`, `extension-waiting`, `reason-empty`."""
    taken = locked(directive)
    require(may_work(by, taken))
    require(may_extend_to(taken, new_due_on, today()))
    if not reason.strip():
        raise Refused(Refusal("reason-empty", _("Say why more time is needed.")))
    asked = Extension.objects.create(
        directive=taken, unit=taken.lead, reason=reason.strip(), old_due_on=taken.due_on, new_due_on=new_due_on,
        asked_by=by, asked_at=now(),
    )  # fmt: skip
    record(
        taken.dossier, "directive.extension-asked", by=by, acting_for=taken.lead.name,
        until=new_due_on.isoformat(), reason=asked.reason[:300],
    )  # fmt: skip
    tell(taken, taken.issuer, "extension-asked", by=by)
    return asked
