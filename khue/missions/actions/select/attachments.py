"""Files of an application: CVs, consents, quotations, proofs."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.files import actions as files
from khue.files.actions import Upload
from khue.language.text import fold
from khue.missions.actions.select.applications import locked
from khue.missions.models import Application, Attachment, PlanPerson
from khue.missions.rules.select.applications import writable_plan
from khue.missions.rules.select.attachments import quotation_too_old
from khue.missions.rules.select.reviewing import definition_of

Kind = Attachment.Kind


@transaction.atomic
def attach(
    application: Application, upload: Upload, *, kind: str, by: Actor, who: str = "",
    unit: Unit | None = None, issued_on: date | None = None, title: str = "",
) -> Attachment:  # fmt: skip
    """Add a file and say what it is; `who` is the name of the person whose CV it is. Raises Refused: who may not write
    now (`application.…`), `attachment.whose` (a CV without its person, a consent without its organisation),
    `attachment.quotation` (without its day, of tomorrow, or too old), and what is no document (`files.…`)."""
    current = locked(application)
    _require_writable(by, current)
    if kind not in Kind.values:
        raise Refused(Refusal("attachment.kind", _("Say what kind of file it is.")))
    plan = current.selection.completed if current.selection.winner_id == current.pk else current.plan
    plan = plan or current.plan
    whose = next((one for one in plan.people.all() if fold(one.name) == fold(who)), None)
    if kind == Kind.CV and whose is None:
        raise Refused(Refusal("attachment.whose", _("Say whose CV it is: choose one of the people of the outline.")))
    if kind == Kind.CONSENT and (unit is None or not plan.partners.filter(unit=unit).exists()):
        raise Refused(Refusal("attachment.whose", _("Say whose consent it is: choose one of the partners.")))
    if kind == Kind.QUOTATION:
        require(quotation_too_old(issued_on, today(), definition_of(current.selection)))
    file = files.attach(upload, dossier=current.dossier, by=by, title=title or _title(kind, whose, unit, upload))
    return Attachment.objects.create(
        application=current, kind=kind, file=file, who=whose.name if kind == Kind.CV and whose else "",
        unit=unit if kind == Kind.CONSENT else None, issued_on=issued_on,
    )  # fmt: skip


def _require_writable(by: Actor, application: Application) -> None:
    plan = writable_plan(by, application)
    if isinstance(plan, Refusal):
        raise Refused(plan)


def _title(kind: str, whose: PlanPerson | None, unit: Unit | None, upload: Upload) -> str:
    of = whose.named if whose else unit
    return (f"{Kind(kind).label}: {of}" if of else upload.name or str(Kind(kind).label))[:250]


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: Actor) -> None:
    """Take a file out of the draft; its content stays on record. Raises Refused: `application.…`."""
    current = locked(attachment.application)
    _require_writable(by, current)
    files.remove(attachment.file, by=by, reason=_("replaced or not needed any more"))
