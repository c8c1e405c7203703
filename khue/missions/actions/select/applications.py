"""Writing an application, handing it in, taking it back."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.flow.shelf.values import Process
from khue.flow.shelf.words import words
from khue.journal.actions import record
from khue.missions.actions.select.plans import write_section
from khue.missions.models import Application, Plan, PlanPerson, Receipt, Selection
from khue.missions.rules.select import applications as rules
from khue.missions.rules.select.completeness import files_of, lacking
from khue.missions.rules.select.plan_forms import PEOPLE
from khue.missions.rules.select.plans import digest
from khue.missions.rules.select.reviewing import definition_of
from khue.notices.actions import notify, saying

USUAL_MONTHS = 24


def locked(application: Application) -> Application:
    """The application as it is now, locked until the transaction ends. Acts on one selection's applications wait for
    each other at the selection, so that a receipt's number and the closing moment are judged one after the other."""
    _SELECTION.get(application.selection_id)
    return _APPLICATION.get(application.pk)


RELATED = (
    "selection__case__process_version", "selection__order__list__host", "selection__call", "lead", "plan",
    "selection__completed",
)  # fmt: skip
_SELECTION = ByNumber(lambda: Selection.objects.select_for_update().filter(pk=NUMBER))
_APPLICATION = ByNumber(
    lambda: Application.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(pk=NUMBER)
)


@transaction.atomic
def start(selection: Selection, lead: Unit, *, by: Actor) -> Application:
    """Begin the application of `lead`, prefilled with what the order says. Raises Refused: `application.not-yours`,
    `application.not-open`, `application.too-late`, `application.not-invited`, `application.already`."""
    current = (
        Selection.objects.select_for_update(of=("self",))
        .select_related("order__list__host", "case__process_version", "call")
        .get(pk=selection.pk)
    )
    require(rules.may_apply(by, current, lead))
    order = current.order
    plan = Plan.objects.create(
        type=order.type, name=order.name, months=USUAL_MONTHS, lump_sum=_usual_lump(definition_of(current)),
        answers=_known_answers(definition_of(current), order.type, order.objective),
    )  # fmt: skip
    application = Application.objects.create(
        selection=current, lead=lead, plan=plan, created_by=by if isinstance(by, User) else None
    )
    record(application.dossier, "application.started", by=by)
    return application


def _usual_lump(definition: Process) -> str:
    rule = definition.provisions.get("lump-default")
    return "full" if rule is not None and rule.value is True else "partial"


def _known_answers(definition: Process, type_: str, objective: str) -> dict[str, Any]:
    form = definition.forms[str(words("types")[type_].facts["outline"])]
    return {"objective": objective} if any(field.name == "objective" for field in form.fields) else {}


@transaction.atomic
def save_section(
    application: Application, section: str, data: Mapping[str, Any], *, by: Actor, expected: int | None = None
) -> Plan:
    """Write one section of the draft, or of the outline that the winner completes. Raises Refused and loses nothing:
    `application.not-yours`, `application.handed-in`, `application.too-late`, `plan.changed-meanwhile`, `plan.…`,
    `flow.answer`."""
    current = locked(application)
    plan = rules.writable_plan(by, current)
    if isinstance(plan, Refusal):
        raise Refused(plan)
    written = write_section(
        plan, section, data, definition=definition_of(current.selection), by=by, expected=expected
    )  # fmt: skip
    if plan.pk == current.plan_id:
        current.plan = written
    if plan.pk == current.plan_id and section == PEOPLE:
        head = written.people.filter(role=PlanPerson.Role.INVESTIGATOR).first()
        current.investigator_name = head.named if head else ""
    current.changed_at = now()
    current.save()
    application.refresh_from_db()
    return written


@transaction.atomic
def submit(application: Application, *, by: Actor) -> Receipt:
    """Hand the application in: the plan is locked, a receipt with number, moment and SHA-256 over plan and files is
    given. Raises Refused: `application.twice`, `application.head-submits`, `application.too-late`,
    `application.incomplete` (what is missing)."""
    current = locked(application)
    require(rules.may_submit(by, current))
    missing = lacking(current, definition_of(current.selection))
    if missing:
        sentence = _("The application is not complete yet: %(missing)s. Open these sections and fill them in.")
        told = {"missing": "; ".join(item.words for item in missing)}
        raise Refused(Refusal("application.incomplete", sentence % told))
    plan = Plan.objects.select_for_update().get(pk=current.plan_id)
    moment = now()
    plan.stand, plan.locked_at = Plan.Stand.APPLICATION, moment
    plan.save(update_fields=["stand", "locked_at"])
    last = current.selection.receipts.aggregate(last=Max("number"))["last"] or 0
    person = by if isinstance(by, User) else None
    sha256 = digest(plan, files_of(current))
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(
                application=current, selection=current.selection, number=last + 1, at=moment, by=person, sha256=sha256
            )
    except IntegrityError:
        raise Refused(Refusal("application.twice", _("This application was handed in just now, once."))) from None
    current.state, current.submitted_at, current.submitted_by = Application.State.SUBMITTED, moment, person
    current.receipt_number, current.receipt_sha256 = receipt.number, sha256
    current.save()
    record(current.dossier, "application.submitted", by=by, receipt=str(receipt), sha256=sha256)
    _tell_authors(current, receipt, by=by)
    application.refresh_from_db()
    return receipt


def _tell_authors(application: Application, receipt: Receipt, *, by: Actor) -> None:
    named = {application.created_by_id or 0, *application.authors.values_list("pk", flat=True)}
    authors = User.objects.filter(pk__in=named)
    notify(
        authors,
        key=f"receipt:{receipt.pk}",
        subject=saying(gettext_lazy("Handed in, receipt %(number)s"), number=receipt),
        url=application.get_absolute_url(),
        dossier=application.dossier,
        by=by,
    )


@transaction.atomic
def withdraw(application: Application, *, by: Actor) -> Application:
    """Take the application back, before the closing moment; it can be changed and handed in again. The receipt stays
    on record as withdrawn. Raises Refused: `application.not-handed-in`, `application.head-submits`,
    `application.too-late`."""
    current = locked(application)
    require(rules.may_withdraw(by, current))
    receipt = current.receipts.select_for_update().get(withdrawn_at=None)
    receipt.withdrawn_at = now()
    receipt.save(update_fields=["withdrawn_at"])
    Plan.objects.filter(pk=current.plan_id).update(stand=Plan.Stand.DRAFT, locked_at=None)
    current.state = Application.State.WITHDRAWN
    current.receipt_number, current.receipt_sha256 = None, ""
    current.submitted_at = current.submitted_by = None
    current.plan.refresh_from_db()
    current.save()
    record(current.dossier, "application.withdrawn", by=by, receipt=str(receipt))
    application.refresh_from_db()
    return current


@transaction.atomic
def add_author(application: Application, user: User, *, by: Actor) -> Application:
    """Let somebody with an account write along. Raises Refused: `application.not-yours`, `application.author`."""
    current = locked(application)
    require(rules.may_name_authors(by, current))
    if not user.is_active:
        raise Refused(Refusal("application.author", _("This account is closed; choose another person.")))
    current.authors.add(user)
    record(current.dossier, "application.author-added", by=by, person=user.full_name)
    notify(
        [user], key=f"application:{current.pk}:author:{user.pk}",
        subject=saying(gettext_lazy("You write along in an application: %(title)s"), title=current.plan.name),
        url=current.get_absolute_url(), dossier=current.dossier, by=by,
    )  # fmt: skip
    return current


@transaction.atomic
def remove_author(application: Application, user: User, *, by: Actor) -> Application:
    """The person no longer writes along. Raises Refused: `application.not-yours`."""
    current = locked(application)
    require(rules.may_name_authors(by, current))
    current.authors.remove(user)
    record(current.dossier, "application.author-removed", by=by, person=user.full_name)
    return current
