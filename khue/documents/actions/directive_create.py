"""Writing new directives with their cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.directory.models import Unit
from khue.documents.actions.directive_columns import News, tell_all, tell_supports
from khue.documents.models import Directive, DirectiveUnit, Document, Proposal, Recipient
from khue.documents.rules.assignees import Share
from khue.flow.actions import Opening, open_cases
from khue.matching.actions import changed_many
from khue.office.vietnamese import in_vietnamese

BATCH = 1000


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


def create(
    document: Document,
    order: Order,
    share: Share,
    *,
    issuer: Unit,
    by: Actor,
    parent: Directive | None = None,
    period_from: date | None = None,
) -> Directive:
    """Write one directive, its supporting units and its case, and tell its lead unit. Callers have asked the rule."""
    return create_many(document, order, [share], issuer=issuer, by=by, parent=parent, period_from=period_from)[0]


@transaction.atomic
def create_many(
    document: Document,
    order: Order,
    shares: Sequence[Share],
    *,
    issuer: Unit,
    by: Actor,
    proposal: Proposal | None = None,
    parent: Directive | None = None,
    period_from: date | None = None,
    quiet: bool = False,
) -> list[Directive]:
    """One directive for each share, in a constant number of writes: an order may go to every commune of a city.

    With `quiet` nobody is told: a recurring directive is not work itself, its occurrences are told of.
    """
    Document.objects.select_for_update(of=["self"]).get(pk=document.pk)
    last = document.directives.aggregate(last=Max("number"))["last"] or 0
    made = [
        Directive(
            document=document, number=number, parent=parent, period_from=period_from, proposal=proposal,
            start=order.start, end=order.end, passage=order.passage, content=order.content, product=order.product,
            field=order.field, priority=order.priority, issuer=issuer, lead=share.lead, due_on=order.due_on,
            due_text=order.due_text, first_due_on=order.due_on, assigned_on=today(),
        ).prepare()
        for number, share in enumerate(shares, last + 1)
    ]  # fmt: skip
    Directive.objects.bulk_create(made, BATCH)
    paired = list(zip(made, shares, strict=True))
    supports = [(directive, unit) for directive, share in paired for unit in share.supports]
    DirectiveUnit.objects.bulk_create([DirectiveUnit(directive=one, unit=unit) for one, unit in supports], BATCH)
    cases = open_cases("directive-follow-up", [_opening(directive) for directive in made], by=by)
    for directive, case in zip(made, cases, strict=True):
        directive.case = case
    Directive.objects.bulk_update(made, ["case"], BATCH)
    _let_units_read(document, shares)
    changed_many("directive", [directive.pk for directive in made])
    if not quiet:
        tell_all([News(directive, case.step, 1) for directive, case in zip(made, cases, strict=True)], by=by)
        tell_supports(supports, by=by)
    return made


def _opening(directive: Directive) -> Opening:
    return Opening(
        title=_title(directive), url=directive.get_absolute_url(), dossier=directive.dossier,
        parties={"issuer": directive.issuer, "lead": directive.lead}, due_on=directive.due_on,
        parent=directive.parent.case if directive.parent else None,
    )  # fmt: skip


@in_vietnamese()
def _title(directive: Directive) -> str:
    """What desks and mails call it: a round with its period before it, for the next one has the same words."""
    period = directive.period_words
    return f"{period[:1].upper()}{period[1:]}: {directive}" if period else str(directive)


def _let_units_read(document: Document, shares: Sequence[Share]) -> None:
    """Who has to carry it out has to see the document it comes from."""
    units = dict.fromkeys(unit for share in shares for unit in (share.lead, *share.supports))
    Recipient.objects.bulk_create(
        [
            Recipient(document=document, unit=unit, name=unit.name, sent_at=now())
            for unit in units
            if unit.pk != document.unit_id
        ],
        ignore_conflicts=True,
    )
