"""What may be paid, carried over and demanded back. Whole đồng."""

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.money import dong
from khue.core.refusals import Refusal
from khue.missions.models import CarryOver, Instalment, Mission, Refund, Spending
from khue.missions.rules.carry.carrying import PAY, may_follow, may_write_for_host
from khue.missions.rules.carry.inspecting import contract_of

PAYABLE = (Mission.State.RUNNING, Mission.State.ENDED, Mission.State.ACCEPTING, Mission.State.ACCEPTED)


def may_pay(
    by: Actor, mission: Mission, instalment: Instalment, amount: int, paid_on: date, *, condition_met: bool
) -> Refusal | None:
    """Why this payment cannot be noted: more than the instalment or the contract, a condition not met, a wrong day."""
    if refusal := may_follow(by, mission, PAY):
        return refusal
    if mission.state not in PAYABLE:
        sentence = _("Nothing is paid while the mission is «%(state)s».")
        return Refusal("pay-state", sentence % {"state": mission.get_state_display()})
    left = instalment.amount - instalment.paid
    if not 0 < amount <= left:
        sentence = _(
            "Instalment %(number)s of the contract has %(left)s left to be paid; %(amount)s cannot be paid out of it."
        )
        told = {"number": instalment.number, "left": dong(left), "amount": dong(amount)}
        return Refusal("pay-above-contract", sentence % told)
    if not instalment.contract.signed_on <= paid_on <= today():
        return Refusal("pay-day", _("The payment lies between the day of the contract and today."))
    if instalment.condition and not condition_met:
        sentence = _("Instalment %(number)s may be paid once this is so: %(condition)s. Confirm that it is.")
        told = {"number": instalment.number, "condition": instalment.condition}
        return Refusal("pay-condition", sentence % told)
    return None


def unspent_at_end_of(mission: Mission, year: int) -> int:
    """State money paid until the end of `year` that was not confirmed as spent by then."""
    last = date(year, 12, 31)
    contract = contract_of(mission)
    instalments = contract.instalments.all() if contract else []
    paid = sum(row.paid for row in instalments if row.paid_on is not None and row.paid_on <= last)
    settled = Spending.objects.filter(report__mission=mission, report__money_confirmed_on__lte=last, source="state")
    return paid - int(settled.aggregate(sum=Sum("confirmed"))["sum"] or 0)


def may_carry_over(by: Actor, mission: Mission, year: int, amount: int, sign: str, decided_on: date) -> Refusal | None:
    """Why money of `year` cannot be carried over to the next one; what is left of it is known when it is over."""
    if refusal := may_follow(by, mission, PAY) or _decided(sign, decided_on):
        return refusal
    if year >= today().year:
        sentence = _(
            "Money of %(year)s is carried over once that year is over: what is left is known after 31/12/%(year)s."
        )
        return Refusal("carry-year", sentence % {"year": year})
    if CarryOver.objects.filter(mission=mission, year=year).exists():
        return Refusal("carry-twice", _("Money of %(year)s was carried over already.") % {"year": year})
    left = unspent_at_end_of(mission, year)
    if not 0 < amount <= left:
        sentence = _(
            "At the end of %(year)s, %(left)s were paid and not confirmed as spent; no more can be carried over."
        )
        return Refusal("carry-amount", sentence % {"year": year, "left": dong(max(left, 0))})
    return None


def may_demand(mission: Mission, amount: int, reason: str, sign: str, decided_on: date) -> Refusal | None:
    """Why this refund cannot be demanded."""
    if refusal := _decided(sign, decided_on):
        return refusal
    if not reason.strip():
        return Refusal("refund-reason", _("Write why the money is to be paid back."))
    demanded = Refund.objects.filter(mission=mission, taken_back_on=None).aggregate(sum=Sum("amount"))["sum"] or 0
    left = mission.paid - int(demanded)
    if not 0 < amount <= left:
        sentence = _("Of %(paid)s that were paid, %(left)s can still be demanded back.")
        return Refusal("refund-amount", sentence % {"paid": dong(mission.paid), "left": dong(max(left, 0))})
    return None


def may_pay_back(by: Actor, refund: Refund, amount: int, paid_on: date) -> Refusal | None:
    """Why this repayment cannot be noted."""
    if refusal := may_follow(by, refund.mission, PAY):
        return refusal
    left = refund.open
    if not 0 < amount <= left:
        return Refusal("refund-amount", _("%(left)s are still to be paid back.") % {"left": dong(left)})
    if not refund.decided_on <= paid_on <= today():
        return Refusal("pay-day", _("The payment lies between the day of the decision and today."))
    return None


def may_take_back(by: Actor, refund: Refund) -> Refusal | None:
    """Why this demand cannot be taken back; what was paid, or is said to be, is dealt with as money."""
    if refusal := may_follow(by, refund.mission, PAY):
        return refusal
    if refund.taken_back_on:
        return Refusal("refund-taken-back", _("This demand was taken back already."))
    if refund.paid:
        sentence = _("%(paid)s of it were paid back already; a demand is taken back only before anything is paid.")
        return Refusal("refund-paid", sentence % {"paid": dong(refund.paid)})
    if said_paid(refund):
        sentence = _("The lead organisation says that it paid. Note that it came, or say first that it did not.")
        return Refusal("refund-said-paid", sentence)
    return None


def said_paid(refund: Refund) -> bool:
    """Whether the department has to confirm that it came."""
    return refund.case is not None and refund.case.step == "said-paid"


def may_say_paid(by: Actor, refund: Refund) -> Refusal | None:
    """Why the lead organisation cannot say that it paid this back."""
    if refusal := may_write_for_host(by, refund.mission):
        return refusal
    if refund.open:
        return None
    return Refusal("refund-amount", _("%(left)s are still to be paid back.") % {"left": dong(0)})


def _decided(sign: str, decided_on: date) -> Refusal | None:
    if sign.strip() and decided_on <= today():
        return None
    sentence = _("Write the number and sign of the decision and its day, not later than today.")
    return Refusal("decision-missing", sentence)
