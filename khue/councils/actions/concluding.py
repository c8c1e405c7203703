"""The council's conclusion, what it says on each subject, and the money due to its members."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import cases
from khue.councils.actions.forming import locked
from khue.councils.models import Council, Fee, Seat, Subject
from khue.councils.owners import owner_of
from khue.councils.rules.ballots import needs_ballots
from khue.councils.rules.managing import may_run, wrong_state
from khue.councils.rules.numbers import numbers
from khue.councils.rules.results import UNDECIDED
from khue.councils.rules.session import attending, lacking, voted_in_conflict
from khue.journal.actions import record


@transaction.atomic
def recommend(subject: Subject, recommendation: Mapping[str, Any], *, by: Actor) -> Subject:
    """What the council says on a subject in words: fields of the owner's form, such as name, objective, products and
    budget. Raises Refused: `council.wrong-state`."""
    council = locked(subject.council)
    require(may_run(by, council))
    require(wrong_state(council, Council.State.MEETING, Council.State.COUNTED))
    current = Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    current.recommendation = dict(recommendation)
    current.save(update_fields=["recommendation"])
    record(council.journal, "council.recommended", by=by, title=current.title)
    subject.refresh_from_db()
    return current


@transaction.atomic
def decide(subject: Subject, *, passed: bool, by: Actor, reason: str = "") -> Subject:
    """The common conclusion on a subject where the council does not vote (budget teams). Raises Refused:
    `council.decides-by-ballot`, `council.no-quorum`, `council.wrong-state`."""
    council = locked(subject.council)
    require(may_run(by, council))
    require(wrong_state(council, Council.State.MEETING, Council.State.COUNTED))
    require(lacking(council))
    if needs_ballots(numbers(council)):
        sentence = _("This council decides by ballots: close them and the result is counted.")
        raise Refused(Refusal("council.decides-by-ballot", sentence))
    current = Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    current.outcome = Subject.Outcome.PASSED if passed else Subject.Outcome.FAILED
    current.counted, current.counted_at = {"kind": "collective", "reason": reason.strip()}, now()
    current.save(update_fields=["outcome", "counted", "counted_at"])
    record(council.journal, "council.decided", by=by, title=current.title, outcome=str(current.get_outcome_display()))
    subject.refresh_from_db()
    return current


def _agreed(council: Council, agreed: int | None) -> int | None:
    """How many agree, where the rules ask for more than a share of those who attend; None where they do not."""
    share = numbers(council).share("consent")
    if not share:
        return None
    present = attending(council)
    agreed = present if agreed is None else agreed
    if agreed > present:
        sentence = _("%(agreed)s members agree, but only %(present)s attended. Correct the number.")
        raise Refused(Refusal("council.no-consent", sentence % {"agreed": agreed, "present": present}))
    if not agreed > share * present:
        sentence = _(
            "More than %(share)s of the %(present)s members who attended have to agree with the conclusion; "
            "%(agreed)s do. Discuss it again and write what they agree on."
        )
        told = {"share": share, "present": present, "agreed": agreed}
        raise Refused(Refusal("council.no-consent", sentence % told))
    return agreed


@transaction.atomic
def conclude(council: Council, *, conclusion: str, by: Actor, agreed: int | None = None) -> Council:
    """The council is done: its result goes to whoever asked for it, in the same transaction. `agreed` of those who
    attend agree with the conclusion; None: all of them. Raises Refused: `council.undecided`, `council.tie`,
    `council.no-conclusion`, `council.no-consent`, `council.no-quorum` or `council.voted-in-conflict` (a
    conflict was found after the count), `council.wrong-state`, or what the owner refuses."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.COUNTED))
    require(lacking(current) or voted_in_conflict(current))
    require(_settled(current))
    if not conclusion.strip():
        raise Refused(Refusal("council.no-conclusion", _("Write the council's conclusion; it goes into the minutes.")))
    current.agreed = _agreed(current, agreed)
    current.conclusion, current.state = conclusion.strip(), Council.State.CONCLUDED
    current.save(update_fields=["agreed", "conclusion", "state"])
    cases.move_council(current, "conclude", by=by)
    cases.move_all_seats(current, "finish")
    record(current.journal, "council.concluded", by=by)
    owner_of(current.kind).concluded(current, by=by)
    council.refresh_from_db()
    return current


def _settled(council: Council) -> Refusal | None:
    """Every subject has its result, and nothing shares the first place."""
    subjects = list(council.subjects.all())
    for subject in subjects:
        if subject.outcome in ("", UNDECIDED):
            sentence = _("«%(title)s» has no valid result yet: let the council vote again, or decide on it.")
            return Refusal("council.undecided", sentence % {"title": subject.title})
    if len([one for one in subjects if one.place == 1]) > 1:
        sentence = _("Two share the first place and no rule tells them apart: the council puts one first.")
        return Refusal("council.tie", sentence)
    return None


@transaction.atomic
def set_fee(seat: Seat, *, reason: str, amount: int, basis: str = "", by: Actor) -> Fee:
    """What is due to a member, in whole đồng: `meeting`, `review`, `opinion`; setting it again corrects it until it is
    paid. Raises Refused: `fee.paid`, `fee.amount`."""
    require(may_run(by, seat.council))
    if amount < 0:
        raise Refused(Refusal("fee.amount", _("The amount must not be below 0.")))
    found = Fee.objects.select_for_update().filter(seat=seat, reason=reason).first()
    if found is not None and found.paid_on is not None:
        raise Refused(Refusal("fee.paid", _("This was paid on %(day)s.") % {"day": f"{found.paid_on:%d/%m/%Y}"}))
    fee, _new = Fee.objects.update_or_create(seat=seat, reason=reason, defaults={"amount": amount, "basis": basis})
    record(seat.council.journal, "council.fee-set", by=by, person=seat.person.full_name, amount=amount)
    return fee


@transaction.atomic
def set_fees(seats: Sequence[Seat], *, reason: str, amount: int, basis: str = "", by: Actor) -> int:
    """The same for each of `seats`; what was paid already stays. Returns how many. Raises Refused: `fee.nobody`,
    `fee.amount`."""
    due = [seat for seat in seats if not seat.fees.filter(reason=reason, paid_on__isnull=False).exists()]
    if not due:
        sentence = _("Nobody is recorded as present, or everybody was paid this already. Choose the member.")
        raise Refused(Refusal("fee.nobody", sentence))
    for seat in due:
        set_fee(seat, reason=reason, amount=amount, basis=basis, by=by)
    return len(due)


@transaction.atomic
def pay_fee(fee: Fee, *, paid_on: date, by: Actor) -> Fee:
    """The money was paid. Raises Refused: `fee.paid`."""
    row = (
        Fee.objects.select_for_update(of=("self",)).select_related("seat__council__host", "seat__person").get(pk=fee.pk)
    )
    require(may_run(by, row.seat.council))
    if row.paid_on is not None:
        raise Refused(Refusal("fee.paid", _("This was paid on %(day)s.") % {"day": f"{row.paid_on:%d/%m/%Y}"}))
    row.paid_on = paid_on
    row.save(update_fields=["paid_on"])
    record(row.seat.council.journal, "council.fee-paid", by=by, person=row.seat.person.full_name, amount=row.amount)
    return row


@transaction.atomic
def take_minutes(council: Council, *, discussion: str, guests: str = "", by: Actor) -> Council:
    """What the minutes say of the session besides what is known: what was discussed, who was a guest. Raises Refused:
    `council.wrong-state`."""
    current = locked(council)
    require(may_run(by, current))
    require(wrong_state(current, Council.State.PREPARING, Council.State.MEETING, Council.State.COUNTED))
    current.discussion, current.guests = discussion.strip(), guests.strip()[:500]
    current.save(update_fields=["discussion", "guests"])
    record(current.journal, "council.minutes", by=by)
    council.refresh_from_db()
    return current
