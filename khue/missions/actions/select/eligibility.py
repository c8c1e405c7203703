"""Checking who may take part, and saying so to those who may not."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts import scope
from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.flow.shelf.telling import said
from khue.journal.actions import record
from khue.missions.actions.select.applications import locked
from khue.missions.models import Application, Eligibility, Selection
from khue.missions.rules.select.eligibility import CLEAR, findings
from khue.missions.rules.select.parts import OPEN, WRITE, may_for
from khue.missions.rules.select.reviewing import definition_of
from khue.notices.actions import notify, saying

CHECKED_FIELDS = ["finding", "reason", "evidence", "checked_at"]
CHECKED = (Application.State.SUBMITTED, Application.State.INVALID, Application.State.ELIGIBLE)


def _require_checking(by: Actor, application: Application) -> None:
    selection = application.selection
    sentence = _("Eligibility is judged by officers and heads of %(unit)s.") % {"unit": selection.host.name}
    require(may_for(by, selection.host, OPEN, Refusal("eligibility.not-yours", sentence)))
    case = selection.case
    if selection.opened_at is None or case is None or case.step != "checking" or application.state not in CHECKED:
        raise Refused(
            Refusal("eligibility.wrong-step", _("Eligibility is checked after the opening and before the council."))
        )


@transaction.atomic
def check(application: Application, *, by: Actor) -> list[Eligibility]:
    """Hold every bar of the version against what is on file now; what an officer judged stays judged. Raises Refused:
    `eligibility.not-yours`, `eligibility.wrong-step`."""
    current = locked(application)
    _require_checking(by, current)
    judged = {row.bar for row in current.eligibility.exclude(judged_by=None)}
    rows = [
        Eligibility(
            application=current, bar=found.bar, finding=found.finding, reason=found.reason,
            evidence=list(found.evidence), checked_at=now(),
        )
        for found in findings(current, definition_of(current.selection))
        if found.bar not in judged
    ]  # fmt: skip
    Eligibility.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["application", "bar"], update_fields=CHECKED_FIELDS
    )
    record(current.dossier, "application.checked", by=by)
    return list(current.eligibility.all())


@transaction.atomic
def check_all(selection: Selection, *, by: Actor) -> None:
    """Check every application that was opened."""
    for application in selection.applications.filter(state__in=CHECKED):
        check(application, by=by)


@transaction.atomic
def judge(row: Eligibility, *, finding: str, reason: str, by: Actor) -> Eligibility:
    """The officer judges otherwise than the system, or settles what is not known; the reason stays on record. Raises
    Refused: `eligibility.reason`, `eligibility.not-yours`, `eligibility.wrong-step`."""
    application = locked(row.application)
    _require_checking(by, application)
    if finding not in (Eligibility.Finding.CLEAR, Eligibility.Finding.BARRED):
        raise Refused(Refusal("eligibility.finding", _("Judge that nothing stands against it, or that it is barred.")))
    if not reason.strip():
        raise Refused(Refusal("eligibility.reason", _("Write on what you rest your judgement.")))
    current = Eligibility.objects.select_for_update().get(pk=row.pk)
    before, current.finding = current.finding, finding
    current.judgement, current.judged_by = reason.strip(), by if isinstance(by, User) else None
    current.save()
    record(application.dossier, "application.judged", by=by, bar=row.bar, before=before, after=finding, reason=reason)
    row.refresh_from_db()
    return current


@transaction.atomic
def declare(application: Application, *, valid: bool, by: Actor, reason: str = "") -> Application:
    """Say that the application goes before the council, or that it is not valid and why; its authors are told. Raises
    Refused: `eligibility.open` (a bar is not settled), `eligibility.reason`, `eligibility.not-yours`,
    `eligibility.wrong-step`."""
    current = locked(application)
    _require_checking(by, current)
    open_rows = [row for row in current.eligibility.all() if row.finding != CLEAR]
    if valid and (open_rows or not current.eligibility.exists()):
        labels = definition_of(current.selection).provisions
        sentence = _("Not settled yet: %(bars)s. Judge each, with a reason, or declare the application not valid.")
        told = "; ".join(said(labels[row.bar]) for row in open_rows) or _("nothing was checked")
        raise Refused(Refusal("eligibility.open", sentence % {"bars": told}))
    if not valid and not reason.strip():
        raise Refused(Refusal("eligibility.reason", _("Write why it is not valid; the organisation reads it.")))
    current.state = Application.State.ELIGIBLE if valid else Application.State.INVALID
    current.invalid_because = "" if valid else reason.strip()
    current.save()
    record(current.dossier, "application.eligible" if valid else "application.invalid", by=by, reason=reason.strip())
    _tell(current, valid, by=by)
    application.refresh_from_db()
    return current


def _tell(application: Application, valid: bool, *, by: Actor) -> None:
    sentence = (
        gettext_lazy("Your application goes before the council")
        if valid
        else gettext_lazy("Your application is not valid")
    )
    notify(
        people_of(application),
        key=f"application:{application.pk}:{application.state}:{now():%Y%m%d%H%M}",
        subject=saying("%(what)s: %(title)s", what=sentence, title=application.plan.name),
        body=application.invalid_because,
        url=application.get_absolute_url(),
        dossier=application.dossier,
        by=by,
    )


def people_of(application: Application) -> list[User]:
    """Who is told about an application: who writes applications in its lead organisation, and its authors. The
    organisation's experts, who judge those of others, are told nothing of its own."""
    writing = scope.people_of(application.lead, WRITE)
    authors = User.objects.filter(applications=application.pk, is_active=True)
    return list((writing | authors).distinct())
