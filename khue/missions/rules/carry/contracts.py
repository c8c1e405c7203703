"""What a contract must say before it is entered."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from django.utils.translation import gettext as _

from khue.accounts.heads import head_of
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.money import dong
from khue.core.refusals import Refusal
from khue.missions.models import Contract, ContractParties, Mission
from khue.missions.rules.carry.carrying import department_of, may_follow


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


@dataclass(frozen=True, slots=True)
class Sides:
    """Who signs for the two sides of a contract, and the account of the lead organisation; empty where nobody knows."""

    department_head: str = ""
    department_post: str = ""
    host_head: str = ""
    host_post: str = ""
    host_account: str = ""

    @property
    def of_department(self) -> dict[str, str]:
        """By the names of `processes/papers.toml`."""
        return {"head": self.department_head, "post": self.department_post}

    @property
    def of_host(self) -> dict[str, str]:
        """By the names of `processes/papers.toml`."""
        return {"head": self.host_head, "post": self.host_post, "account": self.host_account}


NAMES = tuple(field.name for field in fields(Sides))


def sides_of(mission: Mission) -> Sides:
    """As the contract says; what it does not say yet as the directory knows it, of the day of the contract, and the
    account as the last contract of the lead organisation has it."""
    said = ContractParties.objects.filter(mission=mission).values(*NAMES).first() or {}
    known = asdict(_known(mission))
    return Sides(**{name: said.get(name) or known[name] for name in NAMES})


def _known(mission: Mission) -> Sides:
    contract = Contract.objects.filter(mission=mission).first()
    day = contract.signed_on if contract else None
    department = head_of(department_of(mission), day)
    if mission.host is None:
        return Sides(*department)
    others = ContractParties.objects.filter(mission__host=mission.host).exclude(host_account="").order_by("-mission")
    account = others.values_list("host_account", flat=True).first() if contract is None else None
    return Sides(*department, *head_of(mission.host, day), account or "")


def may_name_sides(by: Actor, mission: Mission) -> Refusal | None:
    """By the department, until the contract is entered."""
    if Contract.objects.filter(mission=mission).exists():
        return Refusal("contract-signed", _("The contract is signed already; who signed it is not changed any more."))
    return may_follow(by, mission)
