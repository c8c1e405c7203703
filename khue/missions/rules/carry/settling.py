"""What has to agree before a contract is settled. Whole đồng."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.money import dong
from khue.core.refusals import Refusal
from khue.missions.models import Contract, Mission, ProgressReport
from khue.missions.rules.carry.carrying import case_of


@dataclass(frozen=True, slots=True)
class Sums:
    """State money of a contract: what was paid out is either confirmed as spent or has come back."""

    contract: int
    paid: int
    confirmed: int
    demanded: int
    repaid: int
    assets: int

    @property
    def open(self) -> int:
        """Paid out, and neither confirmed nor paid back; below 0 where more was confirmed than paid out."""
        return self.paid - self.repaid - self.confirmed

    @property
    def owed(self) -> int:
        """Demanded back and not here yet."""
        return self.demanded - self.repaid


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be so; `refusal` says what is missing and what to do."""

    label: str
    refusal: Refusal | None = None


def sums(mission: Mission) -> Sums:
    """The sums as they stand now."""
    contract = Contract.objects.filter(mission=mission).first()
    back = mission.refunds.filter(taken_back_on=None).aggregate(amount=Sum("amount"), paid=Sum("paid"))
    return Sums(
        contract=contract.amount_state if contract else mission.budget_state, paid=mission.paid,
        confirmed=mission.confirmed, demanded=int(back["amount"] or 0), repaid=int(back["paid"] or 0),
        assets=int(mission.assets.aggregate(sum=Sum("value"))["sum"] or 0),
    )  # fmt: skip


def checks(mission: Mission) -> list[Check]:
    """Everything that has to be so before the contract is settled, in the order in which it is done."""
    return [
        Check(_("The results are recognised"), _recognised(mission)),
        Check(_("Every report is confirmed"), _confirmed(mission)),
        Check(_("What was paid out is confirmed or has come back"), _balanced(sums(mission))),
        Check(_("Every asset was counted and dealt with"), _assets(mission)),
    ]


def _recognised(mission: Mission) -> Refusal | None:
    if mission.rating == Mission.Rating.FAILED:
        return Refusal("settle-failed", _("It was not accepted: close it as failed, with what is to be paid back."))
    if mission.acceptances.filter(recognised_on__isnull=False).exists():
        return None
    return Refusal("settle-not-recognised", _("The results are to be registered and recognised first."))


def _confirmed(mission: Mission) -> Refusal | None:
    waiting = mission.reports.exclude(state=ProgressReport.State.CONFIRMED).order_by("number")
    numbers = [str(number) for number in waiting.values_list("number", flat=True)]
    if not numbers:
        return None
    sentence = _("Not confirmed yet: progress report %(numbers)s. Confirm its volume and its money first.")
    return Refusal("settle-reports", sentence % {"numbers": ", ".join(numbers)})


def _balanced(found: Sums) -> Refusal | None:
    if found.owed:
        sentence = _("%(owed)s that were demanded back have not come yet.")
        return Refusal("settle-owed", sentence % {"owed": dong(found.owed)})
    if found.open > 0:
        sentence = _(
            "Of %(paid)s paid out, %(confirmed)s are confirmed and %(repaid)s came back; %(open)s are open. Confirm "
            "them, or demand them back."
        )
        told = {name: dong(getattr(found, name)) for name in ("paid", "confirmed", "repaid", "open")}
        return Refusal("settle-open", sentence % told)
    if found.open < 0:
        sentence = _("%(more)s more are confirmed than were paid out. Pay the rest of the instalments first.")
        return Refusal("settle-unpaid", sentence % {"more": dong(-found.open)})
    return None


def _assets(mission: Mission) -> Refusal | None:
    rows = mission.assets.all()
    uncounted = [row.name for row in rows if row.counted_on is None]
    if uncounted:
        sentence = _("Not counted yet: %(names)s.")
        return Refusal("settle-uncounted", sentence % {"names": "; ".join(uncounted[:5])})
    undecided = [row.name for row in rows if row.decided_on is None]
    if not undecided:
        return None
    sentence = _("Not decided yet what becomes of: %(names)s.")
    return Refusal("settle-assets", sentence % {"names": "; ".join(undecided[:5])})


def may_settle(mission: Mission, liquidated_on: date, settled: int) -> Refusal | None:
    """Why the contract cannot be settled with these figures."""
    missing = next((one.refusal for one in checks(mission) if one.refusal), None)
    if missing is not None:
        return missing
    contract = Contract.objects.filter(mission=mission).first()
    if contract is None:
        return Refusal("settle-no-contract", _("There is no contract to settle."))
    if not contract.signed_on <= liquidated_on <= today():
        return Refusal("settle-day", _("The day lies between the signing of the contract and today."))
    found = sums(mission)
    if settled != found.confirmed:
        sentence = _("The money settled is %(settled)s, but %(confirmed)s were confirmed: the two must be the same.")
        return Refusal("settle-sum", sentence % {"settled": dong(settled), "confirmed": dong(found.confirmed)})
    return None


def refunds_a_failure(mission: Mission) -> bool:
    """Whether the version demands money back of a mission that followed the rules and failed all the same."""
    rule = case_of(mission).definition.provisions.get("refund-when-failed")
    return rule is None or bool(rule.value)
