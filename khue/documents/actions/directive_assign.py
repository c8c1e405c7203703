"""From accepted proposals, or from a higher directive, to directives that units have to carry out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.actions.directive_case import open_for
from khue.documents.actions.directive_recurrence import recurrence_for
from khue.documents.models import (
    Directive,
    DirectiveUnit,
    Document,
    Extraction,
    Proposal,
    Recurrence,
)
from khue.documents.rules.assignees import Share, shares
from khue.documents.rules.directive import may_pass_down
from khue.documents.rules.extraction import may_accept, may_extract
from khue.journal.actions import record


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered, apart from who does it."""

    content: str
    due_on: date | None = None
    due_text: str = ""
    priority: str = Directive.Priority.NORMAL
    field: str = ""
    product: str = ""
    start: int | None = None
    end: int | None = None
    passage: str = ""


@transaction.atomic
def assign(extraction: Extraction, *, by: User, only: Iterable[int] | None = None) -> list[Directive]:
    """Make directives of all accepted proposals, open their cases and tell their units.

    A second officer who assigns at the same moment waits, and then finds nothing left to assign.

    Raises:
        Refused: `nothing-accepted`; or what `may_accept` says of a proposal that has lost something since.
    """
    locked = Extraction.objects.select_for_update(of=["self"]).select_related("document__unit").get(pk=extraction.pk)
    require(may_extract(by, locked.document))
    chosen = locked.proposals.filter(state=Proposal.State.ACCEPTED).prefetch_related("units__unit")
    if only is not None:
        chosen = chosen.filter(pk__in=list(only))
    proposals = list(chosen.select_for_update(of=["self"]))
    if not proposals:
        raise Refused(_nothing_left(locked))
    made = [directive for proposal in proposals for directive in _assign_one(locked, proposal, by)]
    locked.version += 1
    locked.save(update_fields=["version"])
    record(
        locked.document.dossier, "document.directives-assigned", by=by, acting_for=locked.document.unit.name,
        count=len(made), units=len({directive.lead_id for directive in made}),
    )  # fmt: skip
    return made


def _nothing_left(extraction: Extraction) -> Refusal:
    last = extraction.proposals.filter(state=Proposal.State.ASSIGNED).order_by("-changed_at").first()
    if last is not None and last.changed_by is not None:
        return Refusal(
            "already-assigned",
            _("%(who)s has just assigned these directives. Nothing was assigned twice.")
            % {"who": last.changed_by.full_name},
        )
    return Refusal("nothing-accepted", _("No directive has been accepted yet. Accept at least one first."))


def _assign_one(extraction: Extraction, proposal: Proposal, by: User) -> list[Directive]:
    units = list(proposal.units.all())
    require(may_accept(proposal, units, today()))
    recurrence = recurrence_for(proposal)
    order = Order(
        content=proposal.content, due_on=proposal.due_on, due_text=proposal.due_text, priority=proposal.priority,
        field=proposal.field, product=proposal.product, start=proposal.start, end=proposal.end,
        passage=extraction.text[proposal.start : proposal.end],
    )  # fmt: skip
    made = [
        create(extraction.document, order, share, issuer=extraction.document.unit, by=by, proposal=proposal,
               recurrence=recurrence)
        for share in shares(units, proposal.spread, extraction.document.unit, today())
    ]  # fmt: skip
    proposal.state, proposal.version, proposal.changed_by = Proposal.State.ASSIGNED, proposal.version + 1, by
    proposal.save()
    return made


@transaction.atomic
def create(
    document: Document,
    order: Order,
    share: Share,
    *,
    issuer: Unit,
    by: Actor,
    proposal: Proposal | None = None,
    parent: Directive | None = None,
    recurrence: Recurrence | None = None,
    period_from: date | None = None,
) -> Directive:
    """Write one directive, its supporting units and its case. Callers have asked the rule."""
    Document.objects.select_for_update(of=["self"]).get(pk=document.pk)
    last = document.directives.aggregate(last=Max("number"))["last"] or 0
    directive = Directive.objects.create(
        document=document, number=last + 1, parent=parent, recurrence=recurrence, period_from=period_from,
        proposal=proposal, start=order.start, end=order.end, passage=order.passage, content=order.content,
        product=order.product, field=order.field, priority=order.priority, issuer=issuer, lead=share.lead,
        due_on=order.due_on, due_text=order.due_text, first_due_on=order.due_on, assigned_on=today(),
    )  # fmt: skip
    DirectiveUnit.objects.bulk_create(DirectiveUnit(directive=directive, unit=unit) for unit in share.supports)
    open_for(directive, by=by)
    record(
        directive.dossier, "directive.assigned", by=by, acting_for=issuer.name, unit=share.lead.name,
        due=order.due_on.isoformat() if order.due_on else "",
    )  # fmt: skip
    return directive


@transaction.atomic
def pass_down(directive: Directive, order: Order, units: list[Unit], *, by: User) -> list[Directive]:
    """The lead unit gives parts of its work to units below it, one directive for each; their state rolls up.

    Raises:
        Refused: `directive-other-lead`, `due-after-parent`, `not-below`.
    """
    locked = Directive.objects.select_for_update(of=["self"]).select_related("document", "lead").get(pk=directive.pk)
    require(may_pass_down(by, locked, units, order.due_on))
    return [create(locked.document, order, Share(unit, ()), issuer=locked.lead, by=by, parent=locked) for unit in units]
