"""From the approval of who carries a mission out to its signed contract."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Place, Unit
from khue.directory.search import department
from khue.flow.actions import open_case, set_due, set_party
from khue.journal.actions import record
from khue.matching import actions as matching
from khue.missions.actions.plan_copies import copy_plan, newest_of
from khue.missions.actions.plan_people import enter_people
from khue.missions.actions.standing import locked, refreshed, step
from khue.missions.actions.telling import tell_of_contract
from khue.missions.models import Contract, ContractParties, Instalment, Mission, Plan, PlanPerson, Selection, Source
from khue.missions.rules.carry.carrying import case_of, department_of, may_follow
from khue.missions.rules.carry.contracts import Payment, Sides, may_name_sides, may_sign, sides_of
from khue.missions.rules.months import last_day
from khue.needs.models import Proposal

PROCESS = "mission-carry-out"


@transaction.atomic
def start_mission(selection: Selection, *, by: Actor) -> Mission:
    """The mission of an approved selection, by call or direct: it binds a copy of the winner's completed plan and
    waits for its contract, under the version in force on the day of the approval.

    Raises Refused: `selection-no-winner`, `mission-started`, or what the process says.
    """
    winner = selection.winner
    if winner is None:
        raise Refused(Refusal("selection-no-winner", _("Say first who was chosen to carry the mission out.")))
    if Mission.objects.filter(application=winner).exists():
        raise Refused(Refusal("mission-started", _("The mission of this selection was begun already.")))
    order = selection.order
    proposal = Proposal.objects.filter(order=order).first()
    plan = newest_of(winner.plan, Plan.Stand.COMPLETED)
    facts: dict[str, Any] = {
        "order": order, "application": winner, "field": order.field, "orderer": order.orderer,
        "place": proposal.place if proposal else None, "abstract": order.objective,
    }  # fmt: skip
    party = selection.case.parties.filter(party="department").first() if selection.case else None
    keeper = party.unit if party and party.unit else order.list.host
    return begin(plan, host=winner.lead, keeper=keeper, decided_on=selection.decided_on or today(), by=by, **facts)


@transaction.atomic
def begin(
    plan: Plan,
    *,
    host: Unit,
    by: Actor,
    keeper: Unit | None = None,
    decided_on: date | None = None,
    code: str = "",
    place: Place | None = None,
    **facts: Any,
) -> Mission:
    """A mission that `host` carries out by a copy of `plan`; `facts` are further columns of it.

    Raises Refused: `plan-no-investigator`, or what the process says.
    """
    leader = plan.people.filter(role=PlanPerson.Role.INVESTIGATOR).first()
    if leader is None:
        raise Refused(Refusal("plan-no-investigator", _("The plan names no principal investigator.")))
    starts_on = plan.starts_on or decided_on or today()
    bound = copy_plan(plan, stand=Plan.Stand.CONTRACT, starts_on=starts_on)
    money = dict(bound.budget.order_by().values_list("source").annotate(sum=Sum("amount")))
    state = int(money.pop(Source.STATE, 0))
    ends_on = last_day(starts_on, bound.months)
    mission = Mission.objects.create(
        title=bound.name, type=bound.type, host=host, host_name=host.name, investigator=enter_people(bound),
        investigator_name=leader.named, plan=bound, year=starts_on.year, starts_on=starts_on, ends_on=ends_on,
        first_ends_on=ends_on, budget_state=state, budget_other=sum(money.values()), place=place, code=code, **facts,
    )  # fmt: skip
    mission.code = code or f"NV-{mission.year}-{mission.pk:04d}"
    parties = {"department": keeper or department(), "host": host}
    mission.case = open_case(
        PROCESS, title=mission.title, url=mission.get_absolute_url(), dossier=f"mission:{mission.pk}",
        parties=parties, by=by, on=decided_on, due_on=ends_on,
    )  # fmt: skip
    mission.save()
    record(f"mission:{mission.pk}", "mission.started", by=by, host=host.name, code=mission.code)
    matching.changed("mission", mission.pk)
    return refreshed(mission)


@transaction.atomic
def give_to_division(mission: Mission, division: Unit, *, by: Actor, reason: str) -> Mission:
    """Let a division of the department follow the mission. Raises Refused: `division-elsewhere`, or the rule's."""
    require(may_follow(by, mission))
    whole = department()
    if f"/{whole.pk}/" not in division.path:
        sentence = _("%(unit)s is no part of %(department)s.")
        raise Refused(Refusal("division-elsewhere", sentence % {"unit": division.name, "department": whole.name}))
    set_party(case_of(mission), "department", division, by=by, reason=reason)
    return refreshed(mission)


@transaction.atomic
def name_sides(mission: Mission, sides: Sides, *, by: Actor) -> None:
    """Say who signs the contract for its two sides, and which account the lead organisation has, before it is
    printed. Raises Refused: `contract-signed`, or the rule's."""
    mission = locked(mission)
    require(may_name_sides(by, mission))
    _keep_sides(mission, sides)
    record(f"mission:{mission.pk}", "mission.contract-prepared", by=by)


def _keep_sides(mission: Mission, sides: Sides) -> None:
    told = {name: value.strip() for name, value in asdict(sides).items()}
    ContractParties.objects.update_or_create(mission=mission, defaults=told)


@transaction.atomic
def sign_contract(
    mission: Mission,
    *,
    sign: str,
    signed_on: date,
    payments: Sequence[Payment],
    by: Actor,
    starts_on: date | None = None,
    sides: Sides | None = None,
) -> Contract:
    """Enter the signed contract with its schedule of payments; the mission runs from `starts_on` (as planned). Who
    signed it is kept with it: `sides`, or who is known to sign for the two.

    Raises Refused: `contract-sign`, `contract-day`, `instalment-amount`, `instalment-day`, `instalments-sum`, or what
    the process says.
    """
    mission = locked(mission)
    begins = starts_on or mission.starts_on or signed_on
    if begins != mission.starts_on:
        _move_start(mission, begins)
    require(may_sign(mission, sign, signed_on, begins, payments))
    _keep_sides(mission, sides or sides_of(mission))
    contract = Contract.objects.create(
        mission=mission, sign=sign.strip(), signed_on=signed_on, principal=department_of(mission),
        amount_state=mission.budget_state, amount_other=mission.budget_other,
    )  # fmt: skip
    Instalment.objects.bulk_create(
        Instalment(
            contract=contract, number=number, due_on=one.due_on, amount=one.amount, condition=one.condition.strip()
        )
        for number, one in enumerate(payments, 1)
    )
    mission.save()
    if case_of(mission).due_on != mission.ends_on:
        set_due(case_of(mission), mission.ends_on, by=by, reason=_("as in the contract"))
    step(mission, "sign-contract", by=by, data={"sign": contract.sign, "signed_on": signed_on})
    tell_of_contract(mission, by=by)
    return contract


def _move_start(mission: Mission, begins: date) -> None:
    """The days of the mission as they are when it begins on `begins`; the plan keeps its months."""
    assert mission.plan is not None  # noqa: S101 - begin() gives one
    mission.starts_on, mission.year = begins, begins.year
    mission.ends_on = mission.first_ends_on = last_day(begins, mission.plan.months)
    mission.plan.starts_on = begins
    mission.plan.save(update_fields=["starts_on"])


@transaction.atomic
def register_running(mission: Mission, *, number: str, registered_on: date, by: Actor) -> Contract:
    """Note under which number the mission is registered as running. Raises Refused: `register-number`,
    `register-day`, or the rule's."""
    require(may_follow(by, mission))
    contract = Contract.objects.select_for_update().filter(mission=mission).first()
    if contract is None:
        raise Refused(Refusal("register-day", _("Enter the contract first.")))
    if not number.strip():
        raise Refused(Refusal("register-number", _("Write the number of the registration.")))
    if not contract.signed_on <= registered_on <= today():
        raise Refused(Refusal("register-day", _("The registration lies between the contract and today.")))
    contract.running_number, contract.running_registered_on = number.strip(), registered_on
    contract.save(update_fields=["running_number", "running_registered_on"])
    record(f"mission:{mission.pk}", "mission.registered", by=by, number=contract.running_number)
    return contract
