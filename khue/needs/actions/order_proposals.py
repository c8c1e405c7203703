"""The order proposal of a unit (B1, B2): written, its missions chosen and ranked, sent with them, withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.scope import people_of
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.core.yearly_numbers import next_number
from khue.directory.models import Unit
from khue.directory.search import department
from khue.flow.actions.opening import version_on
from khue.flow.answers import checked
from khue.journal.actions import record
from khue.needs.actions.proposals import send
from khue.needs.models import OrderProposal, Proposal, Round
from khue.needs.rules.order_proposals import choosable, form_for, lacks, may_edit
from khue.needs.rules.proposal_forms import PROCESS, order_form_of
from khue.needs.rules.proposals import HANDLE, may_write
from khue.notices.actions import notify, saying


@transaction.atomic
def start_order(*, unit: Unit, by: Actor, year: int | None = None, round: Round | None = None) -> OrderProposal:  # noqa: A002 - the contract's word for it
    """Begin the order proposal of a unit, on the form in force today. Raises Refused: `proposal.not-yours`."""
    require(may_write(by, unit))
    made = OrderProposal.objects.create(
        unit=unit, year=year or (round.year if round else today().year + 1), round=round, form=form_for(unit),
        process_version=version_on(PROCESS, today()), created_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    record(made.dossier, "order-proposal.started", by=by, unit=unit.name, year=made.year)
    return made


def locked(order: OrderProposal) -> OrderProposal:
    """The order proposal as it is now, locked until the transaction ends."""
    rows = OrderProposal.objects.select_for_update(of=("self",)).select_related("unit", "process_version")
    return rows.get(pk=order.pk)


@transaction.atomic
def save_order(
    order: OrderProposal, *, by: Actor, answers: Mapping[str, Any], revision: int | None = None
) -> OrderProposal:
    """Keep the letter as it stands. Raises Refused: `order-proposal.sent`, `proposal.kept-meanwhile`, `flow.answer`."""
    current = locked(order)
    require(may_edit(by, current))
    if revision is not None and revision != current.revision:
        sentence = _(
            "Somebody changed this draft meanwhile. Copy what you wrote here, reload the page, put it in again."
        )
        raise Refused(Refusal("proposal.kept-meanwhile", sentence))
    current.answers = checked(order_form_of(current), answers, draft=True)
    current.revision += 1
    current.save(update_fields=["answers", "revision"])
    order.refresh_from_db()
    return current


@transaction.atomic
def choose(order: OrderProposal, proposals: Sequence[Proposal], *, by: Actor) -> OrderProposal:
    """Put these proposals into it, the most wanted first; others leave it. Raises Refused: `order-proposal.sent`,
    `order-proposal.not-choosable`."""
    current = locked(order)
    require(may_edit(by, current))
    wanted = list(dict.fromkeys(one.pk for one in proposals))
    free = set(choosable(current).values_list("pk", flat=True))
    strange = [one.title for one in proposals if one.pk not in free]
    if strange:
        sentence = _("«%(title)s» cannot stand in this order proposal: it has ended, or stands in another one.")
        raise Refused(Refusal("order-proposal.not-choosable", sentence % {"title": strange[0]}))
    current.proposals.update(order_proposal=None, rank=None)
    for rank, pk in enumerate(wanted, 1):
        Proposal.objects.filter(pk=pk).update(order_proposal=current, rank=rank)
    record(current.dossier, "order-proposal.chosen", by=by, count=len(wanted))
    return current


@transaction.atomic
def send_order(order: OrderProposal, *, by: Actor) -> OrderProposal:
    """Send the letter, and with it those of its proposals that are still drafts: all of it or nothing. Raises Refused:
    `order-proposal.sent`, `order-proposal.incomplete`, and what `send` refuses."""
    current = locked(order)
    require(may_edit(by, current))
    left = lacks(current)
    if left:
        raise Refused(Refusal("order-proposal.incomplete", " ".join(left)))
    for one in current.proposals.filter(state=Proposal.State.DRAFT).order_by("rank"):
        send(one, by=by)
    current.number = next_number(OrderProposal, current.year)
    current.state, current.submitted_at = OrderProposal.State.SUBMITTED, now()
    current.submitted_by = by if isinstance(by, User) else None
    current.save()
    record(current.dossier, "order-proposal.sent", by=by, code=current.code)
    subject = saying(
        gettext_lazy("%(unit)s asks for missions to be ordered (%(code)s)"), unit=current.unit, code=current.code
    )
    notify(
        people_of(department(), HANDLE), key=f"{current.dossier}:sent", subject=subject, url=current.get_absolute_url(),
        dossier=current.dossier, by=by,
    )  # fmt: skip
    order.refresh_from_db()
    return current


@transaction.atomic
def withdraw_order(order: OrderProposal, *, by: Actor, reason: str) -> OrderProposal:
    """Take the letter back; its proposals go on by themselves until they are withdrawn. Raises Refused:
    `order-proposal.not-sent`, `order-proposal.no-reason`."""
    current = locked(order)
    require(may_write(by, current.unit))
    if current.state != OrderProposal.State.SUBMITTED:
        raise Refused(Refusal("order-proposal.not-sent", _("Only what was sent can be withdrawn.")))
    if not reason.strip():
        raise Refused(Refusal("order-proposal.no-reason", _("Write why it is withdrawn.")))
    current.state, current.withdrawn_because = OrderProposal.State.WITHDRAWN, reason.strip()
    current.save(update_fields=["state", "withdrawn_because"])
    current.proposals.update(order_proposal=None, rank=None)
    record(current.dossier, "order-proposal.withdrawn", by=by, reason=reason.strip())
    order.refresh_from_db()
    return current
