"""Changes to a mission: asked for by the lead organisation, answered by the department, or made and objected to."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Person, Unit
from khue.flow.shelf.words import label_in
from khue.journal.actions import record
from khue.matching import actions as matching
from khue.missions.actions.carry.adjusted_plans import apply, before_of, take_back
from khue.missions.actions.owed import carry
from khue.missions.actions.standing import locked, refreshed, step
from khue.missions.models import Adjustment, Mission
from khue.missions.rules.carry.adjusting import CHANGES, STOPS, Wish, fits, matrix, may_ask, object_until
from khue.missions.rules.carry.carrying import case_of, may_write_for_host

State = Adjustment.State


@transaction.atomic
def ask_change(mission: Mission, wish: Wish, *, by: Actor) -> Adjustment:
    """Ask for a change; one that the lead organisation decides itself is made at once, and the department may object.

    Raises Refused: `adjustment-never`, `adjustment-ground`, `adjustment-council`, `adjustment-orderer`,
    `adjustment-open`, `extension-times`, `extension-late`, `extension-long`, `shortening-early`,
    `investigator-leads`, `lead-no-merger` …, each naming the rule, or what the process says.
    """
    mission = locked(mission)
    require(may_ask(by, mission, wish))
    decides = matrix(mission)[wish.kind]
    days = case_of(mission).definition.number("adjust-answer")
    made = Adjustment.objects.create(
        mission=mission, kind=wish.kind, ground=wish.ground, reason=wish.reason.strip(),
        consents=dict(wish.consents), before=before_of(mission, wish.kind), after=_kept(wish), decides=decides,
        asked_on=today(), asked_by=by if isinstance(by, User) else None,
        answer_due_on=today() + timedelta(days=days) if decides == "head" else None, plan_before=mission.plan,
    )  # fmt: skip
    step(mission, "ask-adjustment", by=by, comment=f"{label(made)}: {made.reason}")
    record(f"mission:{mission.pk}", "mission.adjustment-asked", by=by, kind=label(made))
    if decides == "host":
        _make(locked(mission), made, State.NOTED, by=by)
    return made


def _kept(wish: Wish) -> dict[str, Any]:
    """What is asked for, as JSON, with the name of whoever takes a place."""
    what = CHANGES.get(wish.kind, "text")
    value = wish.after.get(what, "")
    if isinstance(value, date):
        return {what: value.isoformat()}
    if what == "investigator":
        return {what: int(value), "name": str(Person.objects.get(pk=value))}
    if what == "lead":
        return {what: int(value), "name": Unit.objects.get(pk=value).name}
    return {what: str(value).strip()}


def label(change: Adjustment) -> str:
    """What kind of change it is, for people."""
    return label_in("adjustments", change.kind)


def told(values: dict[str, Any]) -> str:
    """One side of a change, for people."""
    if "name" in values:
        return str(values["name"])
    if values.get("end"):
        return f"{date.fromisoformat(values['end']):%d/%m/%Y}"
    return str(next(iter(values.values()), ""))


def _make(mission: Mission, change: Adjustment, state: str, *, by: Actor) -> None:
    if change.kind not in STOPS:
        change.plan_after = apply(mission, change, by=by)
    change.state = state
    change.save()
    both = {"before": told(change.before), "after": told(change.after)}
    record(f"mission:{mission.pk}", "mission.adjusted", by=by, kind=label(change), **both)
    matching.changed("mission", mission.pk)
    refreshed(mission)


@transaction.atomic
def answer_change(
    change: Adjustment, *, granted: bool, decision_sign: str, decided_on: date, answer: str, by: Actor
) -> Adjustment:
    """Grant or refuse a change; the paper becomes part of the contract. A granted suspension or termination suspends
    the mission first. Raises Refused: `adjustment-answered`, `adjustment-day`, or what the rules and the process say.
    """
    change = _open(change)
    mission = locked(change.mission)
    if not change.asked_on <= decided_on <= today():
        raise Refused(Refusal("adjustment-day", _("The answer lies between the request and today.")))
    if granted:
        require(fits(mission, _wish(change)) if change.kind not in ("extension",) else _still_later(mission, change))
    data = {"granted": granted, "decision_sign": decision_sign, "decided_on": decided_on}
    carry(change, "grant" if granted else "refuse", by=by, comment=answer)
    step(mission, "answer-adjustment", by=by, comment=answer, data=data)
    change.decision_sign, change.decided_on, change.answer = decision_sign.strip(), decided_on, answer.strip()
    change.decided_by = by if isinstance(by, User) else None
    if not granted:
        change.state = State.REFUSED
        change.save()
        record(f"mission:{mission.pk}", "mission.adjustment-refused", by=by, kind=label(change))
        return change
    _make(locked(mission), change, State.GRANTED, by=by)
    if change.kind in STOPS:
        step(mission, "suspend", by=by, comment=f"{label(change)}: {change.reason}")
    return change


def _wish(change: Adjustment) -> Wish:
    return Wish(change.kind, change.after, change.reason, change.ground, change.consents)


def _still_later(mission: Mission, change: Adjustment) -> Refusal | None:
    """What an extension had to keep to when it was asked for was looked at then."""
    end = _wish(change).end
    if end is not None and mission.ends_on is not None and end > mission.ends_on:
        return None
    return Refusal("extension-end", _("The new end is no longer after the present one."))


@transaction.atomic
def object_to(change: Adjustment, *, reason: str, by: Actor) -> Adjustment:
    """The department objects to what the lead organisation changed itself; the mission is as before. Raises Refused:
    `object-late`, `object-nothing`, or what the process says."""
    row = _locked(change)
    if row.state != State.NOTED:
        raise Refused(Refusal("object-nothing", _("Only a change that the lead organisation made is objected to.")))
    until = object_until(row)
    if today() > until:
        sentence = _("An objection was possible until %(day)s.")
        raise Refused(Refusal("object-late", sentence % {"day": f"{until:%d/%m/%Y}"}))
    mission = locked(row.mission)
    data = {"granted": False, "decision_sign": _("objection"), "decided_on": today()}
    step(mission, "answer-adjustment", by=by, comment=reason, data=data)
    take_back(locked(mission), row, by=by)
    row.state, row.answer, row.decided_on = State.OBJECTED, reason.strip(), today()
    row.decided_by = by if isinstance(by, User) else None
    row.save()
    record(f"mission:{mission.pk}", "mission.adjustment-objected", by=by, kind=label(row))
    refreshed(mission)
    return row


@transaction.atomic
def ask_back(change: Adjustment, *, comment: str, by: Actor) -> Adjustment:
    """Ask the lead organisation for what its request lacks. Raises Refused: `adjustment-answered`, or what the process
    says."""
    return _between(change, "ask-back", "mission.adjustment-asked-back", comment, by=by)


@transaction.atomic
def supplement(change: Adjustment, *, comment: str, by: Actor) -> Adjustment:
    """Add what the department asked for. Raises Refused: `adjustment-answered`, or what the process says."""
    return _between(change, "supplement", "mission.adjustment-supplemented", comment, by=by)


def _between(change: Adjustment, name: str, verb: str, comment: str, *, by: Actor) -> Adjustment:
    row = _open(change)
    carry(row, name, by=by, comment=comment)
    record(f"mission:{row.mission_id}", verb, by=by, kind=label(row), comment=comment.strip())
    refreshed(row.mission)
    return row


@transaction.atomic
def withdraw_change(change: Adjustment, *, by: Actor) -> Adjustment:
    """The lead organisation takes its request back. Raises Refused: `adjustment-answered`, or the rule's."""
    row = _open(change)
    require(may_write_for_host(by, row.mission))
    carry(row, "withdraw", by=by)
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])
    refreshed(row.mission)
    record(f"mission:{row.mission_id}", "mission.adjustment-withdrawn", by=by, kind=label(row))
    return row


def _open(change: Adjustment) -> Adjustment:
    row = _locked(change)
    if row.state != State.ASKED:
        sentence = _("This request does not wait for an answer any more (%(state)s).")
        raise Refused(Refusal("adjustment-answered", sentence % {"state": row.get_state_display()}))
    return row


def _locked(change: Adjustment) -> Adjustment:
    rows = Adjustment.objects.select_for_update(of=("self",)).select_related("mission__case__process_version")
    return rows.get(pk=change.pk)
