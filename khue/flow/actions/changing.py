"""Changes to a case that are no move: its due day, its parties, the version it is pinned to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.flow.actions import placing
from khue.flow.models import Case, Holding, ProcessVersion, name_of
from khue.flow.past import DUE_DROPPED, DUE_GIVEN, DUE_SET
from khue.flow.rules import may_change, parties_of
from khue.flow.shelf.values import Step
from khue.journal.actions import Act, record, record_many


@transaction.atomic
def set_due(case: Case, due_on: date | None, *, by: Actor, reason: str) -> Case:
    """Give the case another due day; a step that is due with the case follows. Raises Refused: `flow.due-past`,
    `flow.reason-missing`, `flow.closed`."""
    current = placing.locked(case)
    _set_due([current], due_on, by=by, reason=reason)
    placing.follow(case, current)
    return current


@transaction.atomic
def set_due_of_all(cases: Iterable[Case], due_on: date | None, *, by: Actor, reason: str) -> None:
    """What `set_due` does, for several cases in a constant number of queries. Raises Refused as it does."""
    if found := placing.all_locked(cases):
        _set_due(found, due_on, by=by, reason=reason)


def _set_due(cases: Sequence[Case], due_on: date | None, *, by: Actor, reason: str) -> None:
    for case in cases:
        require(may_change(case) or _needs_reason(reason))
    if due_on is not None and due_on < today():
        sentence = _("The due day %(day)s has passed already. Choose today or a later day.")
        raise Refused(Refusal("flow.due-past", sentence % {"day": f"{due_on:%d/%m/%Y}"}))
    facts = {"due": _iso(due_on), "reason": reason.strip()}
    acts = [Act(case.dossier, _changed(case.due_on, due_on), {"before": _iso(case.due_on), **facts}) for case in cases]
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(due_on=due_on)
    for case in cases:
        case.due_on = due_on
    if with_case := [case for case in cases if (deadline := case.step_now.deadline) and deadline.unit == "due"]:
        Holding.objects.filter(case__in=with_case, until=None).update(due_on=due_on)
    record_many(acts, by=by)


def _changed(before: date | None, due_on: date | None) -> str:
    """The verb that tells of it."""
    return DUE_DROPPED if due_on is None else DUE_SET if before else DUE_GIVEN


def let_rest(cases: Iterable[Case], resting: bool) -> None:
    """Let who has these cases be asked for nothing, or be asked again: something else says what comes next."""
    held = Holding.objects.filter(case__in={case.pk for case in cases}, until=None)
    held.filter(rests=not resting).update(rests=resting)


@transaction.atomic
def set_party(case: Case, party: str, unit_or_user: Unit | User, *, by: Actor, reason: str) -> Case:
    """Put another unit or person in the place of `party`; what the party holds goes over with its due day. Raises
    Refused: `flow.party-unknown`, `flow.reason-missing`, `flow.closed`."""
    current = placing.locked(case)
    require(may_change(current) or _needs_reason(reason))
    known = current.definition.parties.get(party)
    if known is None:
        sentence = _("The process %(process)s knows no part %(party)s.")
        raise Refused(Refusal("flow.party-unknown", sentence % {"process": current.definition.id, "party": party}))
    before = parties_of(current).get(party)
    placing.set_row(current, party, unit_or_user)
    step = current.step_now
    if step.holder and step.holder.party == party:
        _hand_over(current, step)
    record(
        current.dossier,
        "flow.party-set" if before else "flow.party-given",
        by=by,
        party=party,
        party_label=known.label.vi,
        before=name_of(before.unit or before.user or by) if before else "",
        after=name_of(unit_or_user),
        reason=reason.strip(),
    )
    placing.follow(case, current)
    return current


def _hand_over(case: Case, step: Step) -> None:
    """The new holder gets the rest of the time, not all of it anew."""
    held = Holding.objects.filter(case=case, until=None).first()
    if held is None:  # a move is on its way and will place it
        return
    Holding.objects.filter(pk=held.pk).update(until=now())
    holding = placing.hold(case, step, since_day=today())
    Holding.objects.filter(pk=holding.pk).update(due_on=held.due_on)


@transaction.atomic
def change_version(case: Case, version: date, step_map: Mapping[str, str], *, by: Actor, reason: str) -> Case:
    """Pin the case to the version of its process of that day. `step_map` says, for its step if the name is another,
    at which step it stands then. Holder and due day follow the new version's step. Raises Refused:
    `flow.no-version`, `flow.step-unknown`, `flow.party-missing`, `flow.reason-missing`, `flow.closed`."""
    current = placing.locked(case)
    require(may_change(current) or _needs_reason(reason))
    found = ProcessVersion.objects.filter(process=current.process_version.process, version=version).first()
    if found is None:
        sentence = _("The process %(process)s has no version of %(day)s.")
        told = sentence % {"process": current.process_version.process, "day": f"{version:%d/%m/%Y}"}
        raise Refused(Refusal("flow.no-version", told))
    before = current.step_now
    step = found.definition.steps.get(step_map.get(before.name, before.name))
    if step is None or step.terminal:
        sentence = _("Say at which step of the new version a case at «%(step)s» stands.")
        raise Refused(Refusal("flow.step-unknown", sentence % {"step": before.staff}))
    old = current.process_version
    current.process_version = found
    current.save(update_fields=["process_version"])
    since = _began(current)
    placing.leave([current], step)
    placing.hold(current, step, since_day=since)
    placing.note(current, before.name, "", by=by, comment=reason.strip())
    record(
        current.dossier,
        "flow.version-changed",
        by=by,
        before=str(old.version),
        after=str(found.version),
        from_label=before.staff.vi,
        to_label=step.staff.vi,
        reason=reason.strip(),
    )
    placing.follow(case, current)
    return current


def _began(case: Case) -> date:
    """The day on which the present step began: the time already used counts under the new version too."""
    held = Holding.objects.filter(case=case, until=None).first()
    return held.since.date() if held else today()


def _needs_reason(reason: str) -> Refusal | None:
    if reason.strip():
        return None
    return Refusal("flow.reason-missing", _("Write why, so that others understand the change later."))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
