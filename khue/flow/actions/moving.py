"""Moving a case along its process."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.flow import effects
from khue.flow.actions import placing
from khue.flow.answers import checked
from khue.flow.models import Case, Holding, StepRecord
from khue.flow.parts import parts_of
from khue.flow.people import people_of
from khue.flow.rules import may_move, parties_of, standing
from khue.flow.shelf.values import Move
from khue.journal.actions import record
from khue.notices.actions import notify


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
    process = current.definition
    found = process.moves.get(move)
    answers = checked(process.forms.get(found.form) if found else None, data)
    require(may_move(by, current, move, answers))
    assert found is not None  # noqa: S101 - may_move refuses unknown moves
    require(_explained(found, comment))
    on_behalf = standing(by, current, found)
    before = process.steps[current.step]
    target = process.steps[found.goes_to(current.step)]
    if found.target:
        placing.leave(current, target)
    said = placing.note(current, before.name, move, by=by, comment=comment.strip(), data=answers)
    record(
        current.dossier,
        "flow.moved" if found.target else "flow.acted",
        by=by,
        acting_for=on_behalf.acting_for if on_behalf else "",
        move=move,
        move_label=found.label.vi,
        from_step=before.name,
        from_label=before.staff.vi,
        to_step=target.name,
        to_label=target.staff.vi,
        comment=comment.strip(),
        data=answers,
    )
    for name in found.effects:
        effects.get(name)(current, by=by, data=answers)
    if found.target and not target.terminal:
        placing.hold(current, target, since_day=today())
    _tell(current, found, said, by=by)
    if target.terminal and current.parent_id is not None:
        _roll_up(current.parent_id, by=by)
    case.refresh_from_db()
    return current


def _explained(move: Move, comment: str) -> Refusal | None:
    if not move.needs_comment or comment.strip():
        return None
    sentence = _("«%(move)s» needs a word of explanation. Write why, so that others can act on it.")
    return Refusal("flow.comment-missing", sentence % {"move": move.label})


def _tell(case: Case, move: Move, said: StepRecord, *, by: Actor) -> None:
    """The notices that the process file asks for."""
    if not move.tell:
        return
    parties = parties_of(case)
    held = Holding.objects.current().filter(case=case).first()
    rows = [held if name == "holder" else parties.get(name) for name in move.tell]
    step = case.step_now
    notify(
        [user for row in rows if row for user in people_of(row)],
        key=f"flow:{case.pk}:{said.pk}",
        subject=f"{step.staff.vi}: {case.title}",
        body=said.comment or step.next.vi,
        url=case.url,
        dossier=case.dossier,
        by=by,
    )


def _roll_up(parent_id: int, *, by: Actor) -> None:
    """When the last part of a case closes, whoever holds the whole is told that it may go on."""
    whole = placing.locked(Case(pk=parent_id))
    holding = Holding.objects.current().filter(case=whole).first()
    parts = parts_of(whole)
    if holding is None or parts.state != "closed":
        return
    record(whole.dossier, "flow.parts-closed", by=by, done=parts.done, cancelled=parts.cancelled)
    notify(
        people_of(holding),
        key=f"flow:{whole.pk}:parts:{parts.total}",
        subject=_("All parts are closed: %(title)s") % {"title": whole.title},
        body=whole.step_now.next.vi,
        url=whole.url,
        dossier=whole.dossier,
        by=by,
    )


def _moved_meanwhile(case: Case) -> Refusal:
    last = case.records.order_by("-pk").first()
    sentence = _("«%(title)s» has moved on meanwhile: %(who)s brought it to «%(step)s». Reload the page.")
    who = last.by_name if last else ""
    return Refusal("flow.moved-meanwhile", sentence % {"title": case.title, "who": who, "step": case.step_now.staff})
