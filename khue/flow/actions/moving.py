"""Moving a case along its process."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.flow import effects
from khue.flow.actions import placing
from khue.flow.answers import checked
from khue.flow.models import Case, CaseParty, Data, Holding, StepRecord
from khue.flow.parts import parts_of
from khue.flow.people import people_of
from khue.flow.rules import may_move, parties_of, standing
from khue.flow.shelf.values import Move, Step
from khue.journal.actions import Act, record, record_many
from khue.notices.actions import Telling, notify, notify_many, saying


@dataclass(slots=True)
class _Turn:
    """One case that makes a move, checked and not made yet."""

    case: Case
    move: Move
    origin: Step
    target: Step
    acting_for: str
    comment: str
    answers: Data
    said: StepRecord | None = None
    held: Holding | None = None


@transaction.atomic
def move(
    case: Case,
    move: str,  # the contract's word for it
    *,
    by: Actor,
    comment: str = "",
    data: Mapping[str, Any] | None = None,
    expected_step: str = "",
) -> Case:
    """Make the move called `move`; returns the case as it is then, and sets `case` likewise.

    With `expected_step`, a case that somebody moved since the page was shown is left alone. Raises Refused with the
    rule's refusal, `flow.moved-meanwhile`, `flow.comment-missing` or `flow.answer`.
    """
    current = placing.locked(case)
    if expected_step and current.step != expected_step:
        raise Refused(_moved_meanwhile(current))
    turn = _turn(current, move, by, comment, data)
    _make([turn], by=by)
    if turn.move.effects:  # they may have written the case by another name
        case.refresh_from_db()
    else:
        placing.follow(case, current)
    return current


@transaction.atomic
def move_those_ready(cases: Iterable[Case], move: str, *, by: Actor, comment: str = "") -> list[Case]:
    """Make the move in those of `cases` that stand at a step which it leaves; the others stay where they are. Returns
    those that moved. The number of queries does not grow with them. Raises Refused as `move` does."""
    locked = placing.all_locked(cases)
    ready = [one for one in locked if one.closed_at is None and one.step in one.definition.moves[move].sources]
    if ready:
        _make([_turn(one, move, by, comment, None) for one in ready], by=by)
    return ready


def _turn(case: Case, move: str, by: Actor, comment: str, data: Mapping[str, Any] | None) -> _Turn:
    """The move, if `by` may make it; raises Refused otherwise."""
    process = case.definition
    found = process.moves.get(move)
    answers = checked(process.forms.get(found.form) if found else None, data)
    require(may_move(by, case, move, answers))
    assert found is not None  # noqa: S101 - may_move refuses unknown moves
    require(_explained(found, comment))
    on_behalf = standing(by, case, found)
    origin, target = process.steps[case.step], process.steps[found.goes_to(case.step)]
    return _Turn(case, found, origin, target, on_behalf.acting_for if on_behalf else "", comment.strip(), answers)


def _make(turns: Sequence[_Turn], *, by: Actor) -> None:
    """Make the moves: everything is written once for all of them."""
    _leave(turns)
    for turn in turns:
        turn.said = placing.step_record(
            turn.case, turn.origin.name, turn.move.name, by=by, comment=turn.comment, data=turn.answers
        )
    StepRecord.objects.bulk_create([turn.said for turn in turns if turn.said])
    record_many([_act(turn) for turn in turns], by=by)
    for turn in turns:
        for name in turn.move.effects:
            effects.get(name)(turn.case, by=by, data=turn.answers)
    for turn in turns:
        if turn.move.target and not turn.target.terminal:
            turn.held = placing.holding_now(turn.case, turn.target, since_day=today())
    Holding.objects.bulk_create([turn.held for turn in turns if turn.held])
    notify_many((telling for turn in turns for telling in _tellings(turn)), by=by)
    for turn in turns:
        if turn.target.terminal and turn.case.parent_id is not None:
            _roll_up(turn.case.parent_id, by=by)


def _leave(turns: Sequence[_Turn]) -> None:
    leaving: dict[str, list[_Turn]] = defaultdict(list)
    for turn in turns:
        if turn.move.target:
            leaving[f"{turn.target.name} {turn.target.terminal}"].append(turn)
    for together in leaving.values():
        placing.leave([turn.case for turn in together], together[0].target)


def _act(turn: _Turn) -> Act:
    facts = {
        "move": turn.move.name,
        "move_label": turn.move.label.vi,
        "from_step": turn.origin.name,
        "from_label": turn.origin.staff.vi,
        "to_step": turn.target.name,
        "to_label": turn.target.staff.vi,
        "comment": turn.comment,
        "data": turn.answers,
    }
    return Act(turn.case.dossier, "flow.moved" if turn.move.target else "flow.acted", facts, turn.acting_for)


def _explained(move: Move, comment: str) -> Refusal | None:
    if not move.needs_comment or comment.strip():
        return None
    sentence = _("«%(move)s» needs a word of explanation. Write why, so that others can act on it.")
    return Refusal("flow.comment-missing", sentence % {"move": move.label})


def _tellings(turn: _Turn) -> Iterator[Telling]:
    """The notices that the process file asks for."""
    case, said = turn.case, turn.said
    if not turn.move.tell or said is None:
        return
    parties = parties_of(case)
    rows = [_holder(turn) if name == "holder" else parties.get(name) for name in turn.move.tell]
    step = case.step_now
    what = turn.move.label if turn.origin.name == turn.target.name else step.staff  # what is new about it
    yield Telling(
        [user for row in rows if row for user in _people(row)],
        key=f"flow:{case.pk}:{said.pk}",
        subject=saying("%(what)s: %(title)s", what=what, title=case.title),
        body=said.comment or saying("%(next)s", next=step.next),
        url=case.url,
        dossier=case.dossier,
    )


def _people(row: Holding | CaseParty) -> Iterable[User]:
    """Those behind a row; a person stands there already."""
    return [row.user] if row.user is not None else people_of(row)


def _holder(turn: _Turn) -> Holding | None:
    """Who has it after the move; where it stayed, who had it before."""
    return turn.held or Holding.objects.current().filter(case=turn.case).first()


def _roll_up(parent_id: int, *, by: Actor) -> None:
    """When the last part of a case closes, whoever holds the whole is told that it may go on."""
    whole = placing.locked(Case(pk=parent_id))
    holding = Holding.objects.current().filter(case=whole).first()
    parts = parts_of(whole)
    if holding is None or parts.state != "closed" or holding.rests:  # what rests does not wait for its parts
        return
    record(whole.dossier, "flow.parts-closed", by=by, done=parts.done, cancelled=parts.cancelled)
    notify(
        people_of(holding),
        key=f"flow:{whole.pk}:parts:{parts.total}",
        subject=saying(gettext_lazy("All parts are closed: %(title)s"), title=whole.title),
        body=saying("%(next)s", next=whole.step_now.next),
        url=whole.url,
        dossier=whole.dossier,
        by=by,
    )


def _moved_meanwhile(case: Case) -> Refusal:
    last = case.records.order_by("-pk").first()
    sentence = _("«%(title)s» has moved on meanwhile: %(who)s brought it to «%(step)s». Reload the page.")
    who = last.by_name if last else ""
    return Refusal("flow.moved-meanwhile", sentence % {"title": case.title, "who": who, "step": case.step_now.staff})
