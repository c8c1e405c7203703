"""The effect `need-columns`: a need repeats in columns what its case says; questions and answers become records.

Whatever way a move was made (a page, the desk, the API), the need, its author and the search know of it.
"""

from collections.abc import Mapping
from typing import Any

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import now, today
from khue.core.refusals import require
from khue.directory.models import Unit
from khue.flow import effects
from khue.flow.models import Case, StepRecord
from khue.journal.actions import record
from khue.matching.actions import changed_many, judge
from khue.matching.models import Feedback
from khue.matching.rules import may_judge
from khue.needs.actions.telling import tell_authority, tell_of_merger, tell_those_merged, tell_those_taken_along
from khue.needs.models import Answer, Need, Question
from khue.needs.models.need import CLOSED_STATES
from khue.needs.rules.needs import may_leave


def locked(pk: int) -> Need:
    """The need as it is now, locked to the end of the transaction."""
    return _NEED.get(pk)


RELATED = ("author", "unit", "case__process_version")
_NEED = ByNumber(lambda: Need.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(pk=NUMBER))


@effects.register("need-columns")
def follow(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:
    """Write the step into the need, keep what was asked, replied and answered, tell whom it concerns."""
    kind, _, number = case.dossier.partition(":")
    if kind != "need" or not number.isdigit() or not Need.objects.filter(pk=number).exists():
        return
    need = locked(int(number))
    said = case.records.order_by("-pk")[0]
    need.state, need.changed_at = Need.State(case.step), now()
    need.closed_on = today() if case.step in CLOSED_STATES else None
    if case.step == "merged":
        need.merged_into = Need.objects.get(pk=int(str(data["into"]).partition(":")[2]))
    elif case.step == "withdrawn":
        require(may_leave(need))
    need.save()
    _keep(need, said, by=by, data=data)
    moved = _take_along(need, by=by) if need.merged_into is not None else []
    # What a need was merged into is for its author and unit to see from now on.
    changed_many("need", [pk for pk in (need.pk, need.merged_into_id, *moved) if pk])


def _take_along(need: Need, *, by: Actor) -> list[int]:
    """What was merged into a need goes on where that goes on, so that every author sees the one that is answered."""
    assert need.merged_into is not None  # noqa: S101 - asked before
    along = list(need.merged.select_related("author"))
    for one in along:
        one.merged_into, one.changed_at = need.merged_into, now()
        one.save()
        record(one.dossier, "need.taken-along", by=by, through=need.code, into=need.merged_into.code)
    tell_those_taken_along(along, need.merged_into, by=by)
    return [one.pk for one in along]


def _keep(need: Need, said: StepRecord, *, by: Actor, data: Mapping[str, Any]) -> None:
    person = by if isinstance(by, User) else None
    if said.move == "ask-back" and person is not None:
        Question.objects.create(need=need, text=said.comment, asked_by=person, asked_at=said.at)
    elif said.move == "reply" and person is not None:
        _reply(need, said, person)
    elif said.move == "answer":
        passed = _answer(need, said, person, data)
        tell_those_merged(need, said, by=by)
        if passed is not None:
            tell_authority(need, passed, said, by=by)
    elif said.move == "merge":
        assert need.merged_into is not None  # noqa: S101 - written just above
        Answer.objects.create(need=need, kind=Answer.Kind.MERGED, reasons=said.comment, by=person, at=said.at)
        told = {"need": need.code, "title": need.title, "author": need.author_name}
        record(need.merged_into.dossier, "need.took-up", by=by, **told)
        tell_of_merger(need, need.merged_into, said, by=by)
        pair = ("need", need.pk), ("need", need.merged_into.pk)
        if person is not None and may_judge(person, *pair) is None:
            judge(*pair, Feedback.Verdict.SAME, by=person, note=said.comment)


def _reply(need: Need, said: StepRecord, by: User) -> None:
    """The reply stands beside the last question; open ones before it were asked in one breath with it."""
    for question in need.questions.filter(answered_at=None):
        question.answer, question.answered_by, question.answered_at = said.comment, by, said.at
        question.save()


def _answer(need: Need, said: StepRecord, by: User | None, data: Mapping[str, Any]) -> Unit | None:
    """Keep the answer; returns the authority that the need is passed to."""
    passed = Unit.objects.filter(pk=data["passed_to"]).first() if data.get("passed_to") else None
    Answer.objects.create(
        need=need, kind=data["kind"], reasons=said.comment, solved_by=str(data.get("solved_by", ""))[:80],
        passed_to=passed, by=by, at=said.at,
    )  # fmt: skip
    return passed
