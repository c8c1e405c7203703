"""From accepted proposals, or from a higher directive, to directives that units have to carry out."""

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import READER
from khue.core.clock import today
from khue.core.progress import untold
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.actions.directive_columns import locked
from khue.documents.actions.directive_create import Order, create_many
from khue.documents.actions.directive_recurrence import make_recurring
from khue.documents.actions.way import step
from khue.documents.models import Directive, Document, Extraction, Proposal
from khue.documents.rules.assignees import Share, shares
from khue.documents.rules.directive import may_assign, may_pass_down
from khue.documents.rules.extraction import may_accept, may_extract
from khue.flow.rules import may_move
from khue.journal.actions import record


@transaction.atomic
def assign(
    extraction: Extraction, *, by: User, only: Iterable[int] | None = None, tell: Callable[[int], None] = untold
) -> list[Directive]:
    """Make directives of all accepted proposals, open their cases and tell their units.

    `tell` hears now and then how many there are.

    A second officer who assigns at the same moment waits, and then finds nothing left to assign.

    Raises:
        Refused: `nothing-accepted`; or what `may_accept` says of a proposal that has lost something since.
    """
    taken = Extraction.objects.select_for_update(of=["self"]).select_related("document__unit").get(pk=extraction.pk)
    require(may_extract(by, taken.document))
    require(may_assign(by, taken.document.unit))
    chosen = taken.proposals.filter(state=Proposal.State.ACCEPTED).prefetch_related("units__unit")
    if only is not None:
        chosen = chosen.filter(pk__in=list(only))
    proposals = list(chosen.select_for_update(of=["self"]))
    if not proposals:
        raise Refused(_nothing_left(taken))
    made: list[Directive] = []
    for proposal in proposals:
        for directive in _assign_one(taken, proposal, by):
            made.append(directive)
            tell(len(made))
    taken.version += 1
    taken.save(update_fields=["version"])
    _settle(taken.document)
    record(
        taken.document.dossier, "document.directives-assigned", by=by, acting_for=taken.document.unit.name,
        count=len(made), units=len({directive.lead_id for directive in made}),
    )  # fmt: skip
    return made


def _settle(document: Document) -> None:
    """What a document asks for is from now on followed as directives, so nobody has to report the document itself."""
    if document.case is not None and may_move(READER, document.case, "turn-into-directives") is None:
        step(document, "turn-into-directives", by=READER)


def _nothing_left(extraction: Extraction) -> Refusal:
    last = extraction.proposals.filter(state=Proposal.State.ASSIGNED).order_by("-changed_at").first()
    if last is not None and last.changed_by is not None:
        return Refusal(
            "already-assigned",
            _("%(who)s has just assigned these directives. Nothing was assigned twice.")
            % {"who": last.changed_by.full_name},
        )
    return Refusal("nothing-accepted", _("No directive has been accepted yet. Accept at least one first."))


def _assign_one(extraction: Extraction, proposal: Proposal, by: User) -> Iterator[Directive]:
    units = list(proposal.units.all())
    require(may_accept(proposal, units, today()))
    order = Order(
        content=proposal.content, due_on=proposal.due_on, due_text=proposal.due_text, priority=proposal.priority,
        field=proposal.field, product=proposal.product, start=proposal.start, end=proposal.end,
        passage=extraction.text[proposal.start : proposal.end],
    )  # fmt: skip
    document = extraction.document
    spread = shares(units, proposal.spread, document.unit, today())
    made = create_many(
        document, order, spread, issuer=document.unit, by=by, proposal=proposal, quiet=bool(proposal.recurs)
    )
    for directive in made:
        yield make_recurring(directive, proposal.recurs, by=by) if proposal.recurs else directive
    proposal.state, proposal.version, proposal.changed_by = Proposal.State.ASSIGNED, proposal.version + 1, by
    proposal.save()


@transaction.atomic
def pass_down(directive: Directive, order: Order, units: list[Unit], *, by: User) -> list[Directive]:
    """The lead unit gives parts of its work to units below it, one directive for each; their state rolls up.

    Raises:
        Refused: `directive-other-lead`, `due-after-parent`, `not-below`.
    """
    whole = locked(directive.pk)
    require(may_pass_down(by, whole, units, order.due_on))
    parts = [Share(unit, ()) for unit in units]
    return create_many(whole.document, order, parts, issuer=whole.lead, by=by, parent=whole)
