"""Money of a mission: payments, year-end carry-over, refunds. Whole đồng."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.scope import people_of
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.money import dong
from khue.core.refusals import require
from khue.journal.actions import record
from khue.missions.actions.owed import carry
from khue.missions.actions.standing import locked, refreshed
from khue.missions.models import CarryOver, Instalment, Mission, Refund
from khue.missions.rules.carry.carrying import PAY, REPORT, case_of, may_follow
from khue.missions.rules.carry.paying import (
    may_carry_over,
    may_demand,
    may_pay,
    may_pay_back,
    may_say_paid,
    may_take_back,
)
from khue.notices.actions import notify, saying


@transaction.atomic
def pay(instalment: Instalment, *, amount: int, paid_on: date, by: Actor, condition_met: bool = False) -> Instalment:
    """Note that `amount` of an instalment was paid out. Raises Refused: `pay-above-contract`, `pay-condition`,
    `pay-day`, `pay-state`, or the rule's."""
    mission = locked(instalment.contract.mission)
    row = Instalment.objects.select_for_update(of=("self",)).select_related("contract").get(pk=instalment.pk)
    require(may_pay(by, mission, row, amount, paid_on, condition_met=condition_met))
    row.paid, row.paid_on = row.paid + amount, paid_on
    row.paid_by = by if isinstance(by, User) else None
    row.save(update_fields=["paid", "paid_on", "paid_by"])
    record(f"mission:{mission.pk}", "mission.paid", by=by, amount=dong(amount), number=row.number)
    refreshed(mission)
    return row


@transaction.atomic
def carry_over(
    mission: Mission, *, year: int, amount: int, decision_sign: str, decided_on: date, by: Actor
) -> CarryOver:
    """Let `amount` of `year` be used in the next year. Raises Refused: `carry-amount`, `carry-twice`, `carry-year`,
    `decision-missing`, or the rule's."""
    mission = locked(mission)
    require(may_carry_over(by, mission, year, amount, decision_sign, decided_on))
    made = CarryOver.objects.create(
        mission=mission, year=year, amount=amount, decision_sign=decision_sign.strip(), decided_on=decided_on,
        by=by if isinstance(by, User) else None,
    )  # fmt: skip
    sign = made.decision_sign
    record(f"mission:{mission.pk}", "mission.carried-over", by=by, amount=dong(amount), year=year, sign=sign)
    return made


@transaction.atomic
def demand_refund(
    mission: Mission, *, amount: int, reason: str, decision_sign: str, decided_on: date, by: Actor
) -> Refund:
    """Demand state money back; it is due as many days after the decision as the version says. Raises Refused:
    `refund-amount`, `refund-reason`, `decision-missing`, or the rule's."""
    require(may_follow(by, mission, PAY))
    return owe(mission, amount=amount, reason=reason, decision_sign=decision_sign, decided_on=decided_on, by=by)


@transaction.atomic
def owe(mission: Mission, *, amount: int, reason: str, decision_sign: str, decided_on: date, by: Actor) -> Refund:
    """Write down what a decision demands back, whoever takes it; for actions whose own rule was asked. Raises
    Refused: `refund-amount`, `refund-reason`, `decision-missing`."""
    mission = locked(mission)
    require(may_demand(mission, amount, reason, decision_sign, decided_on))
    days = case_of(mission).definition.number("refund-within")
    made = Refund.objects.create(
        mission=mission, amount=amount, reason=reason.strip(), decision_sign=decision_sign.strip(),
        decided_on=decided_on, due_on=decided_on + timedelta(days=days),
    )  # fmt: skip
    told = {"amount": dong(amount), "sign": made.decision_sign, "reason": made.reason}
    record(f"mission:{mission.pk}", "mission.refund-demanded", by=by, **told)
    _tell_debtor(made, mission, by=by)
    refreshed(mission)
    return made


def _tell_debtor(refund: Refund, mission: Mission, *, by: Actor) -> None:
    """Who has to pay back hears how much, until when and why."""
    if mission.host is None:
        return
    subject = saying(
        gettext_lazy("Pay back %(amount)s by %(day)s: %(title)s"),
        amount=dong(refund.amount), day=f"{refund.due_on:%d/%m/%Y}", title=mission.title,
    )  # fmt: skip
    notify(
        people_of(mission.host, REPORT), key=f"refund:{refund.pk}", subject=subject, urgent=True,
        body=f"{refund.decision_sign}: {refund.reason}", url=refund.get_absolute_url(),
        dossier=f"mission:{mission.pk}", by=by,
    )  # fmt: skip


@transaction.atomic
def say_paid(refund: Refund, *, comment: str, by: Actor) -> Refund:
    """The lead organisation says by which voucher it paid; the department confirms it. Raises Refused:
    `refund-amount`, the rule's, or what the process says."""
    mission, row = _locked(refund)
    require(may_say_paid(by, row))
    carry(row, "say-paid", by=by, comment=comment)
    told = {"amount": dong(row.open), "comment": comment.strip()}
    record(f"mission:{mission.pk}", "mission.refund-said-paid", by=by, **told)
    refreshed(mission)
    return row


@transaction.atomic
def deny(refund: Refund, *, comment: str, by: Actor) -> Refund:
    """The department says that the money did not come. Raises Refused: the rule's, or what the process says."""
    mission, row = _locked(refund)
    require(may_follow(by, mission, PAY))
    carry(row, "deny", by=by, comment=comment)
    told = {"amount": dong(row.open), "comment": comment.strip()}
    record(f"mission:{mission.pk}", "mission.refund-denied", by=by, **told)
    refreshed(mission)
    return row


@transaction.atomic
def take_back(refund: Refund, *, reason: str, by: Actor) -> Refund:
    """Take a demand back that should not have been made; nothing of it is owed any more. Raises Refused:
    `refund-taken-back`, `refund-paid`, `refund-said-paid`, the rule's, or what the process says."""
    mission, row = _locked(refund)
    require(may_take_back(by, row))
    carry(row, "cancel", by=by, comment=reason)
    told = {"amount": dong(row.amount), "sign": row.decision_sign, "reason": reason.strip()}
    row.taken_back_on = today()
    row.save(update_fields=["taken_back_on"])
    record(f"mission:{mission.pk}", "mission.refund-taken-back", by=by, **told)
    refreshed(mission)
    return row


def _locked(refund: Refund) -> tuple[Mission, Refund]:
    mission = locked(refund.mission)
    return mission, Refund.objects.select_for_update(of=("self",)).select_related("mission__case").get(pk=refund.pk)


@transaction.atomic
def pay_back(refund: Refund, *, amount: int, paid_on: date, by: Actor) -> Refund:
    """Note that money came back. Raises Refused: `refund-amount`, `pay-day`, or the rule's."""
    mission, row = _locked(refund)
    require(may_pay_back(by, row, amount, paid_on))
    row.paid, row.paid_on = row.paid + amount, paid_on
    row.save(update_fields=["paid", "paid_on"])
    carry(row, "pay-part" if row.open else "pay", by=by)
    record(f"mission:{mission.pk}", "mission.refund-paid", by=by, amount=dong(amount))
    refreshed(mission)
    return row
