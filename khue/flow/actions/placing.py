"""Puts a case at a step: who holds it from now on and until when it is due."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.calendar import add_working_days
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Unit
from khue.flow.divisions import work_there
from khue.flow.models import Case, CaseParty, Data, Holding, StepRecord
from khue.flow.rules import parties_of
from khue.flow.shelf.values import Deadline, Step


def locked(case: Case) -> Case:
    """`case` as it is now, locked until the transaction ends. Raises Case.DoesNotExist."""
    return _with_parties(_CASE.get(case.pk))


def all_locked(cases: Iterable[Case]) -> list[Case]:
    """Several of them, in one order: two who want the same cases wait for each other and never for ever."""
    numbers = {case.pk for case in cases}
    if len(numbers) == 1:
        return [_with_parties(found) for found in _CASE.all(*numbers)]
    return list(_now().filter(pk__in=numbers).prefetch_related(Prefetch("parties", _parties())).order_by("pk"))


def _now() -> QuerySet[Case]:
    return Case.objects.select_for_update(of=("self",)).select_related("process_version")


def _parties() -> QuerySet[CaseParty]:
    return CaseParty.objects.select_related("unit", "user")


_CASE = ByNumber(lambda: _now().filter(pk=NUMBER))
_PARTIES = ByNumber(lambda: _parties().filter(case=NUMBER))


def _with_parties(case: Case) -> Case:
    """`case` with its parties, as if they had been prefetched."""
    rows, found = case.parties.all(), _PARTIES.all(case.pk)
    for party in found:
        party.case = case
    rows._result_cache, rows._prefetch_done = found, True  # type: ignore[attr-defined]
    case._prefetched_objects_cache = {"parties": rows}  # type: ignore[attr-defined]
    return case


def follow(case: Case, current: Case) -> None:
    """Let the caller's `case` say what its locked row says: nobody else can have written it meanwhile."""
    for field in Case._meta.concrete_fields:
        setattr(case, field.attname, getattr(current, field.attname))
    case.__dict__.pop("_prefetched_objects_cache", None)
    case.process_version = current.process_version


def due_day(deadline: Deadline | None, case_due: date | None, start: date) -> date | None:
    """The day a step that began on `start` is due; None without a deadline. One that falls on a day off moves to
    the next working day (Civil Code 91/2015/QH13, article 148)."""
    if deadline is None:
        return None
    if deadline.unit == "due":
        return case_due
    if deadline.unit == "days":
        return add_working_days(start + timedelta(days=deadline.count), 0)
    return add_working_days(start, deadline.count)


def leave(cases: Sequence[Case], to: Step) -> None:
    """Close what is held of them and stand at `to`; at a terminal step they end."""
    stands: dict[str, Any] = {"step": to.name}
    if to.terminal:
        stands |= {"closed_at": now(), "outcome": to.terminal}
    values = {"cases": [case.pk for case in cases], "until": now(), "closed_at": None, "outcome": None, **stands}
    with connection.cursor() as cursor:
        cursor.execute(_LEAVE, values)
    for case in cases:
        for name, value in stands.items():
            setattr(case, name, value)


_LEAVE = """
    WITH gone AS (UPDATE flow_holding SET until = %(until)s WHERE case_id = ANY(%(cases)s) AND until IS NULL)
    UPDATE flow_case
    SET step = %(step)s, closed_at = coalesce(%(closed_at)s, closed_at), outcome = coalesce(%(outcome)s, outcome)
    WHERE id = ANY(%(cases)s)
"""
"""Every move leaves a step: both tables in one statement."""


def hold(case: Case, step: Step, *, since_day: date) -> Holding:
    """Open the holding of `step` for the party that holds it. Raises Refused when that part is not filled."""
    opened = holding_now(case, step, since_day=since_day)
    opened.save(force_insert=True)
    return opened


def holding_now(case: Case, step: Step, *, since_day: date) -> Holding:
    """What `hold` opens, not saved yet."""
    assert step.holder is not None  # noqa: S101 - the shelf check
    return holding(case, step, parties_of(case).get(step.holder.party), since_day=since_day)


def holding(case: Case, step: Step, row: CaseParty | None, *, since_day: date) -> Holding:
    """The holding of `step`, not saved yet, for `row`, its party. Raises Refused when that part is not filled."""
    assert step.holder is not None  # noqa: S101 - the shelf check
    if row is None:
        party = case.definition.parties[step.holder.party].label
        sentence = _("«%(step)s» needs somebody as «%(party)s». Choose who it is first.")
        raise Refused(Refusal("flow.party-missing", sentence % {"step": step.staff, "party": party}))
    return Holding(
        case=case,
        step=step.name,
        unit=row.unit,
        user=row.user,
        roles=list(step.holder.roles) if row.unit_id else [],
        divisions=row.unit_id is not None
        and work_there(case.definition.parties.get(step.holder.party), step.holder.roles),
        since=now(),
        due_on=due_day(step.deadline, case.due_on, since_day),
        rests=case.definition.rests_at(step.name),
    )


def note(
    case: Case, from_step: str, move: str, *, by: Actor, comment: str = "", data: Data | None = None
) -> StepRecord:
    """Keep that the case came from `from_step` to where it is."""
    said = step_record(case, from_step, move, by=by, comment=comment, data=data)
    said.save(force_insert=True)
    return said


def step_record(
    case: Case, from_step: str, move: str, *, by: Actor, comment: str = "", data: Data | None = None
) -> StepRecord:
    """What `note` keeps, not saved yet."""
    return StepRecord(
        case=case,
        from_step=from_step,
        to_step=case.step,
        move=move,
        by=by if isinstance(by, User) else None,
        by_name=by.actor_name,
        at=now(),
        comment=comment,
        data=data or {},
    )


def set_row(case: Case, party: str, holder: Unit | User) -> None:
    """Make `holder` the `party` of `case`."""
    row = party_row(case, party, holder)
    CaseParty.objects.update_or_create(case=case, party=party, defaults={"unit": row.unit, "user": row.user})
    getattr(case, "_prefetched_objects_cache", {}).pop("parties", None)


def party_row(case: Case, party: str, holder: Unit | User) -> CaseParty:
    """That `holder` is the `party` of `case`, not saved yet."""
    unit, user = (holder, None) if isinstance(holder, Unit) else (None, holder)
    return CaseParty(case=case, party=party, unit=unit, user=user)
