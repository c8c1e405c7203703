"""What the issuing unit decides: accept, return, more time, withdraw."""

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.documents.actions.directive_case import set_due, step, tell
from khue.documents.actions.directive_work import locked, roll_up
from khue.documents.models import Directive, Extension
from khue.documents.rules.directive import may_decide
from khue.journal.actions import record

State = Directive.State


def _reported(directive: Directive, by: User) -> Directive:
    taken = locked(directive)
    require(may_decide(by, taken))
    if taken.state != State.REPORTED:
        raise Refused(
            Refusal("not-reported", _("The lead unit has not reported this done, so there is nothing to decide."))
        )
    return taken


@transaction.atomic
def accept(directive: Directive, *, by: User, comment: str = "") -> Directive:
    """Take the report of completion and close the case. Raises Refused `directive-other-issuer`, `not-reported`."""
    taken = _reported(directive, by)
    step(taken, "accept", by=by, comment=comment)
    taken.state, taken.closed_on = State.ACCEPTED, today()
    taken.save(update_fields=["state", "closed_on"])
    record(taken.dossier, "directive.accepted", by=by, acting_for=taken.issuer.name, comment=comment)
    tell(taken, taken.lead, "accepted", by=by)
    roll_up(taken)
    return taken


@transaction.atomic
def give_back(directive: Directive, *, by: User, comment: str) -> Directive:
    """Return the report of completion with a comment; the lead unit works on. Raises Refused `comment-empty`."""
    if not comment.strip():
        raise Refused(Refusal("comment-empty", _("Say what is still missing, so that the unit knows what to do.")))
    taken = _reported(directive, by)
    step(taken, "return", by=by, comment=comment)
    taken.reports.filter(kind="done", answer="").update(answer=comment.strip())
    taken.state, taken.done_on, taken.returned = State.IN_PROGRESS, None, taken.returned + 1
    taken.percent = min(taken.percent, 99)
    taken.save(update_fields=["state", "done_on", "returned", "percent"])
    record(taken.dossier, "directive.returned", by=by, acting_for=taken.issuer.name, comment=comment.strip())
    tell(taken, taken.lead, "returned", by=by)
    return taken


@transaction.atomic
def decide_extension(extension: Extension, *, by: User, grant: bool, comment: str = "") -> Extension:
    """Grant or refuse more time; a refusal says why. Raises Refused `extension-decided`, `comment-empty`."""
    asked = Extension.objects.select_for_update(of=["self"]).get(pk=extension.pk)
    taken = locked(asked.directive)
    require(may_decide(by, taken))
    if asked.state != Extension.State.ASKED:
        raise Refused(Refusal("extension-decided", _("Somebody has already decided this request.")))
    if not grant and not comment.strip():
        raise Refused(Refusal("comment-empty", _("Say why the deadline stays.")))
    asked.state = Extension.State.GRANTED if grant else Extension.State.REFUSED
    asked.decided_by, asked.decided_at, asked.comment = by, now(), comment.strip()
    asked.save()
    if grant:
        taken.due_on = asked.new_due_on
        taken.save(update_fields=["due_on"])
        set_due(taken, by=by, reason=asked.reason)
    record(
        taken.dossier, "directive.extension-granted" if grant else "directive.extension-refused", by=by,
        acting_for=taken.issuer.name, until=asked.new_due_on.isoformat(), comment=asked.comment,
    )  # fmt: skip
    tell(taken, taken.lead, "extension-decided", by=by)
    return asked


@transaction.atomic
def withdraw(directive: Directive, *, by: User, reason: str) -> Directive:
    """Stop a directive that no longer has to be carried out. Raises Refused `reason-empty`, `directive-closed`."""
    taken = locked(directive)
    require(may_decide(by, taken))
    if not reason.strip():
        raise Refused(Refusal("reason-empty", _("Say why it is withdrawn; the reason stays on record.")))
    if taken.closed_on is not None:
        raise Refused(Refusal("directive-closed", _("This directive is already closed.")))
    step(taken, "withdraw", by=by, comment=reason)
    taken.state, taken.closed_on, taken.done_on = State.CANCELLED, today(), None
    taken.save(update_fields=["state", "closed_on", "done_on"])
    record(taken.dossier, "directive.withdrawn", by=by, acting_for=taken.issuer.name, reason=reason.strip())
    tell(taken, taken.lead, "withdrawn", by=by)
    roll_up(taken)
    return taken
