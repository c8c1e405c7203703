"""Entering directives that were given before the system was there, done or still running."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from khue.core.actors import Actor
from khue.core.clock import now
from khue.directory.models import Unit
from khue.documents.models import Directive, DirectiveUnit, Recipient
from khue.flow.actions import Past, enter_cases

BATCH = 1000
PROCESS = "directive-follow-up"
STEPS = {"reported": "reported-done"}
"""Where the step of the process is called otherwise than the state."""


@dataclass(slots=True)
class PastDirective:
    """A directive ready to be entered, with the units that support its lead. `number` 0 asks for the next one."""

    directive: Directive
    supports: Sequence[Unit] = field(default_factory=tuple)


@transaction.atomic
def enter_past(entries: Sequence[PastDirective], *, by: Actor) -> None:
    """Write directives where they stand, each with its case. Nobody is told; the open ones stand on the desks.

    Callers have asked the rules, and seen to it that state and days go together.
    """
    _number(entries)
    for entry in entries:
        entry.directive.prepare()
    Directive.objects.bulk_create([entry.directive for entry in entries], batch_size=BATCH)
    DirectiveUnit.objects.bulk_create(
        [DirectiveUnit(directive=entry.directive, unit=unit) for entry in entries for unit in entry.supports], BATCH
    )
    cases = enter_cases(PROCESS, [_case(entry.directive) for entry in entries], by=by)
    for entry, case in zip(entries, cases, strict=True):
        entry.directive.case = case
    Directive.objects.bulk_update([entry.directive for entry in entries], ["case"], batch_size=BATCH)
    _let_units_read(entries)


def _number(entries: Sequence[PastDirective]) -> None:
    """Give the next number of its document to each that has none."""
    documents = {entry.directive.document_id for entry in entries}
    last = dict(
        Directive.objects.filter(document__in=documents)
        .values_list("document")
        .annotate(last=Max("number"))
        .values_list("document", "last")
    )
    for entry in entries:
        held = entry.directive.document_id
        last[held] = max(last.get(held) or 0, entry.directive.number)
    for entry in entries:
        if not entry.directive.number:
            last[entry.directive.document_id] += 1
            entry.directive.number = last[entry.directive.document_id]


def _case(directive: Directive) -> Past:
    return Past(
        title=str(directive), url=directive.get_absolute_url(), dossier=directive.dossier,
        parties={"issuer": directive.issuer, "lead": directive.lead}, step=STEPS.get(directive.state, directive.state),
        opened_on=directive.assigned_on, due_on=directive.due_on, closed_on=directive.closed_on,
    )  # fmt: skip


def _let_units_read(entries: Sequence[PastDirective]) -> None:
    """Who has, or had, to carry it out may see the document it comes from."""
    Recipient.objects.bulk_create(
        [
            Recipient(document=entry.directive.document, unit=unit, name=unit.name, sent_at=now())
            for entry in entries
            for unit in (entry.directive.lead, *entry.supports)
            if unit.pk != entry.directive.document.unit_id
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
