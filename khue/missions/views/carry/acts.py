"""What can be done in the book of a mission: which form each act shows, to whom, and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import department_of
from khue.core.clock import today
from khue.core.money import dong
from khue.core.refusals import Refusal, Refused
from khue.directory.meant import person_meant
from khue.directory.models import Unit
from khue.directory.search import resolve_unit
from khue.files.actions import attach
from khue.missions.actions.accept import accepting
from khue.missions.actions.carry import adjusting, contracting, ending, inspecting, paying
from khue.missions.forms import book
from khue.missions.models import Adjustment, Inspection, Instalment, Mission, Refund
from khue.missions.rules.carry.adjusting import Wish, object_until
from khue.missions.rules.carry.carrying import PAY, may_follow, may_see_inside, may_step, may_write_for_host
from khue.missions.rules.carry.contracts import NAMES, Sides
from khue.missions.rules.carry.inspecting import contract_of, earliest
from khue.missions.rules.carry.paying import PAYABLE, may_take_back, said_paid, unspent_at_end_of

Data = Mapping[str, Any]
State = Mission.State


@dataclass(frozen=True, slots=True)
class Act:
    """One act that the person may do now. `target` is the number of the row it is about."""

    do: str
    label: str
    form: Form
    target: int = 0
    primary: bool = False
    said: str = ""
    """What the other side said last about the row."""

    @property
    def id(self) -> str:
        """What names it on the page."""
        return f"{self.do}-{self.target}"


def offered(mission: Mission, user: User) -> list[Act]:
    """Every act that `user` may do with the mission now, what the process waits for first."""
    found = [*_contract(mission, user), *_requests(mission, user), *_visits(mission, user), *_money(mission, user)]
    return [*found, *_debts(mission, user), *_course(mission, user), *_file(mission, user)]


def _contract(mission: Mission, user: User) -> list[Act]:
    if may_step(user, mission, "sign-contract") is None:
        prepare = Act("sides", _("Say who signs the contract, and the account"), book.SidesForm(mission=mission))
        enter = Act("contract", _("Enter the signed contract"), book.ContractForm(mission=mission), primary=True)
        return [enter, prepare]
    contract = contract_of(mission)
    if contract and not contract.running_number and may_follow(user, mission) is None:
        initial = {"registered_on": today()}
        return [Act("register", _("Note the registration as running"), book.RegisterForm(initial=initial))]
    return []


def _requests(mission: Mission, user: User) -> list[Act]:
    acts: list[Act] = []
    answers = may_step(user, mission, "answer-adjustment") is None
    for change in mission.adjustments.all():
        if change.state == Adjustment.State.ASKED:
            acts += _waiting(mission, change, user, answers=answers)
        elif change.state == Adjustment.State.NOTED and answers and today() <= object_until(change):
            label = _("Object to the change: %(kind)s") % {"kind": adjusting.label(change)}
            acts.append(Act("object", label, book.WhyForm(), change.pk))
    if may_write_for_host(user, mission) is None and may_step(user, mission, "ask-adjustment") is None:
        acts.append(Act("ask", _("Ask for a change"), book.AskForm(mission=mission)))
    return acts


def _waiting(mission: Mission, change: Adjustment, user: User, *, answers: bool) -> list[Act]:
    """What can be done with a request that waits; who inspects the mission may ask for more about it."""
    acts: list[Act] = []
    kind, number, at = {"kind": adjusting.label(change)}, change.pk, change.case.step if change.case else ""
    if answers:
        form, asked = book.AnswerForm(initial={"decided_on": today()}), at != "supplementing"
        acts.append(Act("answer", _("Answer the request: %(kind)s") % kind, form, number, asked, _said(change)))
    if at == "asked" and mission.state == State.RUNNING and may_step(user, mission, "inspect") is None:
        acts.append(Act("ask-back", _("Ask for more: %(kind)s") % kind, book.LackForm(), number))
    if may_write_for_host(user, mission) is None:
        if at == "supplementing":
            label = _("Add to the request: %(kind)s") % kind
            acts.append(Act("supplement", label, book.MoreForm(), number, True, _said(change)))
        acts.append(Act("withdraw", _("Take the request back: %(kind)s") % kind, book.NothingForm(), number))
    return acts


def _said(row: Adjustment | Refund) -> str:
    """As the page has asked for it (`book.ROWS`); of a row that nothing was said about, nothing."""
    return getattr(row, "said", None) or ""


def _visits(mission: Mission, user: User) -> list[Act]:
    acts: list[Act] = []
    if may_step(user, mission, "inspect") is not None:
        return acts
    waiting = [row for row in mission.inspections.all() if row.closed_at is None]
    for visit in [row for row in waiting if row.announced_on]:
        told = {"day": f"{visit.held_on:%d/%m/%Y}"}
        form = book.ConcludeForm(initial={"held_on": visit.held_on})
        held = visit.held_on <= today()
        acts.append(Act("conclude", _("Enter the inspection of %(day)s") % told, form, visit.pk, primary=held))
        acts.append(Act("call-off", _("Call the inspection of %(day)s off") % told, book.WhyForm(), visit.pk))
    initial = {"held_on": earliest(mission), "regular": True}
    due = any(row.announced_on is None for row in waiting)
    return [*acts, Act("announce", _("Announce an inspection"), book.AnnounceForm(initial=initial), primary=due)]


def _money(mission: Mission, user: User) -> list[Act]:
    acts: list[Act] = []
    if may_follow(user, mission, PAY) is not None:
        return acts
    contract = contract_of(mission)
    for row in contract.instalments.all() if contract and mission.state in PAYABLE else ():
        if row.paid < row.amount:
            form = book.PayOnConditionForm if row.condition else book.PayForm
            initial = {"amount": row.amount - row.paid, "paid_on": today()}
            label = _("Note a payment: instalment %(n)s") % {"n": row.number}
            acts.append(Act("pay", label, form(initial=initial), row.pk))
    year = today().year - 1
    left = unspent_at_end_of(mission, year)
    if left > 0 and mission.state in PAYABLE and all(row.year != year for row in mission.carry_overs.all()):
        initial = {"year": year, "amount": left, "decided_on": today()}
        acts.append(Act("carry-over", _("Carry money of the year over"), book.CarryOverForm(initial=initial)))
    for refund in [row for row in mission.refunds.all() if row.open]:
        initial = {"amount": refund.open, "paid_on": today()}
        came, back = said_paid(refund), book.PayForm(initial=initial)
        acts.append(Act("pay-back", _("Note a repayment"), back, refund.pk, came, _said(refund)))
        if came:
            acts.append(Act("deny", _("Say that it did not come"), book.WhyForm(), refund.pk))
        if may_take_back(user, refund) is None:
            label = _("Take the demand of %(amount)s back") % {"amount": dong(refund.amount)}
            acts.append(Act("take-back", label, book.WhyForm(), refund.pk))
    if mission.paid:
        acts.append(Act("refund", _("Demand money back"), book.RefundForm(initial={"decided_on": today()})))
    return acts


def _debts(mission: Mission, user: User) -> list[Act]:
    owed = [row for row in mission.refunds.all() if row.open and row.case and not said_paid(row)]
    if not owed or may_write_for_host(user, mission) is not None:
        return []
    label = _("Say that %(amount)s were paid back")
    return [
        Act("say-paid", label % {"amount": dong(row.open)}, book.VoucherForm(), row.pk, True, _said(row))
        for row in owed
    ]


def _course(mission: Mission, user: User) -> list[Act]:
    acts: list[Act] = []
    if may_step(user, mission, "start-acceptance") is None:
        ended = mission.state == State.ENDED
        acts.append(Act("acceptance", _("Begin the acceptance file"), book.NothingForm(), primary=ended))
    for move, label in (("suspend", _("Suspend")), ("resume", _("Let it go on"))):
        if may_step(user, mission, move) is None:
            acts.append(Act(move, label, book.WhyForm()))
    if may_step(user, mission, "end") is None and mission.ends_on and mission.ends_on < today():
        acts.append(Act("end", _("The time is over"), book.NothingForm()))
    if may_step(user, mission, "terminate") is None and mission.state != State.RUNNING:
        acts.append(Act("terminate", _("Terminate the contract"), book.TerminateForm(initial={"decided_on": today()})))
    return acts


def _file(mission: Mission, user: User) -> list[Act]:
    acts: list[Act] = []
    follows = may_follow(user, mission) is None
    divisions = _divisions(user) if follows else None
    if follows and mission.case is not None and mission.case.closed_at is None and divisions:
        acts.append(Act("division", _("Give it to a division"), book.DivisionForm(divisions=divisions)))
    if follows or may_write_for_host(user, mission) is None:
        acts.append(Act("file", _("Add a file"), book.FileForm()))
    return acts


def _divisions(user: User) -> Any:
    office = department_of(user)
    return Unit.objects.as_of(today()).within([office] if office else []).order_by("sort_name")


# ---------------------------------------------------------------- what they do


def _row(model: Any, mission: Mission, target: int) -> Any:
    """The row of the mission that an act is about. Raises Refused (`row-gone`)."""
    at = {"contract__mission": mission} if model is Instalment else {"mission": mission}
    found = model.objects.filter(pk=target, **at).first()
    if found is None:
        raise Refused(Refusal("row-gone", _("This is not there any more. Reload the page.")))
    return found


def sign(mission: Mission, _target: int, data: Data, by: User) -> str:
    """Enter the contract."""
    told = {name: data[name] for name in ("sign", "signed_on", "starts_on", "payments")}
    contracting.sign_contract(mission, by=by, sides=_sides(data), **told)
    return _("The contract was entered; the mission runs.")


def _sides(data: Data) -> Sides:
    return Sides(*(data[name] for name in NAMES))


def ask(mission: Mission, _target: int, data: Data, by: User) -> str:
    """Ask for a change."""
    what = {"end": data["end"], "title": data["text"], "objective": data["text"], "text": data["text"]}
    what["investigator"] = person_meant(data["investigator"]).pk if data["investigator"] else None
    what["lead"] = _unit(data["lead"]) if data["lead"] else None
    consents = {name: data[name] for name in ("council", "orderer") if data[name]}
    made = adjusting.ask_change(mission, Wish(data["kind"], what, data["reason"], data["ground"], consents), by=by)
    if made.decides == "host":
        return _("The change was made; the department may object.")
    return _("The department was asked and answers by %(day)s.") % {"day": f"{made.answer_due_on:%d/%m/%Y}"}


def _unit(name: str) -> int:
    found = resolve_unit(name.strip(), today())
    if found is None:
        sentence = _("The directory knows no one unit «%(name)s» today.")
        raise Refused(Refusal("unit-unknown", sentence % {"name": name}))
    return found.pk


def _decided(data: Data) -> dict[str, Any]:
    return {name: data[name] for name in ("amount", "decision_sign", "decided_on")}


def pay(mission: Mission, target: int, data: Data, by: User) -> str:
    """Note a payment."""
    paying.pay(
        _row(Instalment, mission, target), amount=data["amount"], paid_on=data["paid_on"], by=by,
        condition_met=bool(data.get("condition_met")),
    )  # fmt: skip
    return _("The payment was noted.")


def answer(mission: Mission, target: int, data: Data, by: User) -> str:
    """Answer a request for a change."""
    told = {name: data[name] for name in ("decision_sign", "decided_on", "answer")}
    granted = data["granted"] == "yes"
    adjusting.answer_change(_row(Adjustment, mission, target), granted=granted, by=by, **told)
    return _("The change was granted.") if granted else _("The change was refused.")


def keep_file(mission: Mission, _target: int, data: Data, by: User) -> str:
    """Put a paper into the mission's file."""
    if not may_see_inside(by, mission):
        raise Refused(Refusal("mission-not-yours", _("Only those in the mission add files.")))
    attach(data["file"], dossier=f"mission:{mission.pk}", by=by, title=data["title"], restricted=data["restricted"])
    return _("The file was added.")


def _done(write: Callable[[Mission, int, Data, User], object], said: Callable[[], str]) -> "Write":
    def act(mission: Mission, target: int, data: Data, by: User) -> str:
        write(mission, target, data, by)
        return said()

    return act


Write = Callable[[Mission, int, Data, User], str]
WRITES: dict[str, Write] = {
    "contract": sign, "ask": ask, "pay": pay, "answer": answer, "file": keep_file,
    "sides": _done(
        lambda m, _t, d, by: contracting.name_sides(m, _sides(d), by=by),
        lambda: _("It stands in the contract now; print it from the papers."),
    ),
    "register": _done(
        lambda m, _t, d, by: contracting.register_running(m, by=by, **d),
        lambda: _("The registration was noted."),
    ),
    "ask-back": _done(
        lambda m, t, d, by: adjusting.ask_back(_row(Adjustment, m, t), comment=d["comment"], by=by),
        lambda: _("The lead organisation was told what is missing."),
    ),
    "supplement": _done(
        lambda m, t, d, by: adjusting.supplement(_row(Adjustment, m, t), comment=d["comment"], by=by),
        lambda: _("The department has it again."),
    ),
    "withdraw": _done(
        lambda m, t, _d, by: adjusting.withdraw_change(_row(Adjustment, m, t), by=by),
        lambda: _("The request was taken back."),
    ),
    "object": _done(
        lambda m, t, d, by: adjusting.object_to(_row(Adjustment, m, t), reason=d["comment"], by=by),
        lambda: _("The objection was noted; the mission is as before."),
    ),
    "announce": _done(
        lambda m, _t, d, by: inspecting.announce(m, by=by, **d), lambda: _("The lead organisation was told.")
    ),
    "conclude": _done(
        lambda m, t, d, by: inspecting.conclude(_row(Inspection, m, t), by=by, **d),
        lambda: _("The conclusion was entered."),
    ),
    "call-off": _done(
        lambda m, t, d, by: inspecting.call_off(_row(Inspection, m, t), reason=d["comment"], by=by),
        lambda: _("The inspection was called off."),
    ),
    "carry-over": _done(
        lambda m, _t, d, by: paying.carry_over(m, year=d["year"], by=by, **_decided(d)),
        lambda: _("The money was carried over."),
    ),
    "refund": _done(
        lambda m, _t, d, by: paying.demand_refund(m, reason=d["reason"], by=by, **_decided(d)),
        lambda: _("The refund was written down."),
    ),
    "pay-back": _done(
        lambda m, t, d, by: paying.pay_back(_row(Refund, m, t), amount=d["amount"], paid_on=d["paid_on"], by=by),
        lambda: _("The repayment was noted."),
    ),
    "say-paid": _done(
        lambda m, t, d, by: paying.say_paid(_row(Refund, m, t), comment=d["comment"], by=by),
        lambda: _("The department was told and confirms that it came."),
    ),
    "deny": _done(
        lambda m, t, d, by: paying.deny(_row(Refund, m, t), comment=d["comment"], by=by),
        lambda: _("The lead organisation was told that it did not come."),
    ),
    "take-back": _done(
        lambda m, t, d, by: paying.take_back(_row(Refund, m, t), reason=d["comment"], by=by),
        lambda: _("The demand was taken back; the lead organisation was told."),
    ),
    "suspend": _done(lambda m, _t, d, by: ending.suspend(m, reason=d["comment"], by=by), lambda: _("It is suspended.")),
    "resume": _done(lambda m, _t, d, by: ending.resume(m, reason=d["comment"], by=by), lambda: _("It goes on.")),
    "acceptance": _done(
        lambda m, _t, _d, by: accepting.open_acceptance(m, by=by), lambda: _("The acceptance file was begun.")
    ),
    "end": _done(lambda m, _t, _d, by: ending.end(m, by=by), lambda: _("It waits for its acceptance file.")),
    "terminate": _done(lambda m, _t, d, by: ending.terminate(m, by=by, **d), lambda: _("The contract was terminated.")),
    "division": _done(
        lambda m, _t, d, by: contracting.give_to_division(m, d["division"], by=by, reason=d["comment"]),
        lambda: _("The division follows the mission now."),
    ),
}  # fmt: skip


def filled(act: Act, mission: Mission, user: User, post: Any, files: Any) -> Form:
    """The form of an act with what was sent."""
    kind = type(act.form)
    more: dict[str, Any] = {}
    if kind in (book.ContractForm, book.SidesForm, book.AskForm):
        more["mission"] = mission
    if kind is book.DivisionForm:
        more["divisions"] = _divisions(user)
    return kind(post, files, **more)
