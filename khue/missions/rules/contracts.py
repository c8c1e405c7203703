"""What a contract must say before it is entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.money import dong
from khue.core.refusals import Refusal
from khue.missions.models import Contract, Mission


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that a contract plans; whole đồng."""

    due_on: date
    amount: int
    condition: str = ""


def may_sign(
    mission: Mission, sign: str, signed_on: date, starts_on: date, payments: Sequence[Payment]
) -> Refusal | None:
    """Why a contract with these terms cannot be entered: its number, its days, payments that do not add up."""
    if not sign.strip():
        return Refusal("contract-sign", _("Write the number of the contract."))
    if Contract.objects.filter(sign=sign.strip()).exists():
        return Refusal("contract-sign", _("Another contract has the number %(sign)s already.") % {"sign": sign})
    if signed_on > today():
        return Refusal("contract-day", _("The day of the contract is still to come."))
    if mission.ends_on is not None and starts_on > mission.ends_on:
        return Refusal("contract-day", _("The mission would begin after its end."))
    return _payments_add_up(mission, signed_on, payments)


def _payments_add_up(mission: Mission, signed_on: date, payments: Sequence[Payment]) -> Refusal | None:
    if any(one.amount <= 0 for one in payments):
        return Refusal("instalment-amount", _("Every instalment needs an amount above 0."))
    if any(one.due_on < signed_on for one in payments):
        return Refusal("instalment-day", _("No instalment is due before the contract is signed."))
    total = sum(one.amount for one in payments)
    if total == mission.budget_state:
        return None
    sentence = _(
        "The instalments add up to %(total)s, but the state money of the contract is %(money)s: the difference is "
        "%(rest)s. Correct the amounts."
    )
    told = {"total": dong(total), "money": dong(mission.budget_state), "rest": dong(mission.budget_state - total)}
    return Refusal("instalments-sum", sentence % told)
