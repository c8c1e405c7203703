"""Writing a new directive with its case."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.directory.models import Unit
from khue.documents.actions.directive_columns import tell
from khue.documents.models import Directive, DirectiveUnit, Document, Proposal, Recipient
from khue.documents.rules.assignees import Share
from khue.flow.actions import open_case


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
def create(
    document: Document,
    order: Order,
    share: Share,
    *,
    issuer: Unit,
    by: Actor,
    proposal: Proposal | None = None,
    parent: Directive | None = None,
    period_from: date | None = None,
) -> Directive:
    """Write one directive, its supporting units and its case, and tell its lead unit. Callers have asked the rule."""
    Document.objects.select_for_update(of=["self"]).get(pk=document.pk)
    last = document.directives.aggregate(last=Max("number"))["last"] or 0
    directive = Directive.objects.create(
        document=document, number=last + 1, parent=parent, period_from=period_from, proposal=proposal,
        start=order.start, end=order.end, passage=order.passage, content=order.content, product=order.product,
        field=order.field, priority=order.priority, issuer=issuer, lead=share.lead, due_on=order.due_on,
        due_text=order.due_text, first_due_on=order.due_on, assigned_on=today(),
    )  # fmt: skip
    DirectiveUnit.objects.bulk_create(DirectiveUnit(directive=directive, unit=unit) for unit in share.supports)
    directive.case = open_case(
        "directive-follow-up", title=str(directive), url=directive.get_absolute_url(), dossier=directive.dossier,
        parties={"issuer": issuer, "lead": share.lead}, by=by, due_on=order.due_on,
        parent=parent.case if parent else None,
    )  # fmt: skip
    directive.save(update_fields=["case"])
    _let_units_read(directive, share)
    tell(directive, directive.case, by=by)
    return directive


def _let_units_read(directive: Directive, share: Share) -> None:
    """Who has to carry it out has to see the document it comes from."""
    Recipient.objects.bulk_create(
        [
            Recipient(document=directive.document, unit=unit, name=unit.name, sent_at=now())
            for unit in (share.lead, *share.supports)
            if unit.pk != directive.document.unit_id
        ],
        ignore_conflicts=True,
    )
