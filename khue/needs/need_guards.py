"""Guards of the process `need-intake`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.asked import key
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.flow import guards
from khue.flow.models import Case
from khue.flow.rules import parties_of
from khue.needs.models import Need
from khue.needs.rules.needs import may_merge

Data = Mapping[str, Any] | None


@guards.register("need-to-merge-into")
def need_to_merge_into(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """The other need is there, was sent, and is not merged itself."""
    if data is None:
        return None
    kind, _colon, pk = str(data.get("into", "")).partition(":")
    if not case.dossier.startswith("need:"):
        return None
    into = Need.objects.filter(pk=key(pk)).first() if kind == "need" else None
    if into is None:
        sentence = _("There is no need «%(into)s». Search for the one it is to be merged into.")
        return Refusal("need.merge-unknown", sentence % {"into": data.get("into", "")})
    return _judged(case, into)


def _judged(case: Case, into: Need) -> Refusal | None:
    need = Need.objects.filter(pk=case.dossier.partition(":")[2]).first()
    return may_merge(need, into) if need is not None else None


@guards.register("need-has-an-author")
def need_has_an_author(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """Only somebody with an account can be asked back here."""
    if "author" in parties_of(case):
        return None
    sentence = _("Whoever wrote this has no account here. Ask by the contact given, and go on.")
    return Refusal("need.no-author", sentence)


@guards.register("need-answer-is-whole")
def need_answer_is_whole(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """What solves it is named, and something else; who is responsible instead is named, and somebody else."""
    if data is None:
        return None
    if data.get("kind") == "solved" and not data.get("solved_by"):
        return Refusal("need.solved-by-what", _("Name what solves it: search for the result, mission or need."))
    if data.get("kind") == "passed" and not data.get("passed_to"):
        return Refusal("need.passed-to-whom", _("Name the authority that it is passed to."))
    if data.get("kind") == "solved" and data.get("solved_by") == case.dossier:
        return Refusal("need.solved-by-itself", _("A need does not solve itself. Choose what does."))
    return _passed_to_itself(case, data) if data.get("kind") == "passed" else None


def _passed_to_itself(case: Case, data: Mapping[str, Any]) -> Refusal | None:
    keeper = parties_of(case)["department"].unit
    taken = Unit.objects.filter(pk=data["passed_to"]).first()
    if keeper is None or taken is None or (taken != keeper and taken.parent_id != keeper.pk):
        return None
    sentence = _("%(unit)s is with you: the need is yours to answer. Choose an authority outside.")
    return Refusal("need.passed-to-itself", sentence % {"unit": taken})
