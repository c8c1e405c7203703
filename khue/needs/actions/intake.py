"""What the department and the author do with a need that was sent; each is a move of the process `need-intake`."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.flow.actions import move
from khue.flow.rules import may_move
from khue.flow.shelf.words import words
from khue.journal.actions import record
from khue.matching.actions import changed
from khue.needs.actions.columns import locked
from khue.needs.models import Need


@transaction.atomic
def act(need: Need, name: str, *, by: User, comment: str = "", data: Mapping[str, Any] | None = None) -> Need:
    """Make a move of the process. Raises Refused with the process's own sentence, `need.draft` for a draft."""
    taken = locked(need.pk)
    if taken.case is None:
        raise Refused(Refusal("need.draft", _("This is a draft yet; its author has to send it first.")))
    move(taken.case, name, by=by, comment=comment, data=data)
    return locked(need.pk)


def take_up(need: Need, *, by: User) -> Need:
    """An officer begins to look at it."""
    return act(need, "take-up", by=by)


def ask_back(need: Need, question: str, *, by: User) -> Need:
    """Ask the author; the question is kept with its reply."""
    return act(need, "ask-back", by=by, comment=question)


def reply(need: Need, text: str, *, by: User) -> Need:
    """The author, or somebody of the author's unit, replies to what was asked."""
    return act(need, "reply", by=by, comment=text)


def answer(
    need: Need, kind: str, reasons: str, *, by: User, solved_by: str = "", passed_to: Unit | None = None
) -> Need:
    """Give the author an answer: `solved` (by `mission:12`, `result:3` or `need:5`), `ordered`, `passed` (to a
    unit), `declined`; always with reasons."""
    data = {"kind": kind, "solved_by": solved_by or None, "passed_to": passed_to}
    return act(need, "answer", by=by, comment=reasons, data=data)


def merge(need: Need, into: Need, reasons: str, *, by: User) -> Need:
    """Handle a need together with another one: both stay, with their authors, files and links."""
    return act(need, "merge", by=by, comment=reasons, data={"into": into.dossier})


def withdraw(need: Need, reasons: str, *, by: User) -> Need:
    """The author, or the unit, takes it back."""
    return act(need, "withdraw", by=by, comment=reasons)


@transaction.atomic
def mark(
    need: Need, *, by: User, urgency: str | None = None, livelihood: bool | None = None, field: str | None = None
) -> Need:
    """Correct how a need is classed, which decides its place on the board.

    Raises:
        Refused: `need.not-yours-to-class`, `need.field-unknown`.
    """
    taken = locked(need.pk)
    require(may_class(by, taken))
    before = {"urgency": taken.urgency, "livelihood": taken.livelihood, "field": taken.field}
    if urgency in Need.Urgency.values:
        taken.urgency = Need.Urgency(urgency)
    if field is not None:
        if field and field not in words("fields"):
            raise Refused(Refusal("need.field-unknown", _("There is no field “%(field)s”.") % {"field": field}))
        taken.field = field
    taken.livelihood = taken.livelihood if livelihood is None else livelihood
    after = {"urgency": taken.urgency, "livelihood": taken.livelihood, "field": taken.field}
    if after != before:
        taken.changed_at = now()
        taken.save()
        record(taken.dossier, "need.classed", by=by, before=before, after=after)
        changed("need", taken.pk)
    return taken


def may_class(by: User, need: Need) -> Refusal | None:
    """Whoever may answer it may class it."""
    if need.case is None or may_move(by, need.case, "answer") is not None:
        return Refusal("need.not-yours-to-class", _("Officers of the department class needs while they are open."))
    return None


# ------------------------------------------------------------------ many at once: all or none


@transaction.atomic
def take_up_many(needs: Collection[Need], *, by: User) -> list[Need]:
    """Take up those that nobody has taken up yet."""
    return [take_up(one, by=by) for one in _in_order(needs) if one.state == Need.State.SUBMITTED]


@transaction.atomic
def answer_many(needs: Collection[Need], kind: str, reasons: str, *, by: User, solved_by: str = "") -> list[Need]:
    """The same answer, with the same reasons, to each author."""
    return [answer(one, kind, reasons, by=by, solved_by=solved_by) for one in _in_order(needs)]


@transaction.atomic
def merge_many(needs: Collection[Need], into: Need, reasons: str, *, by: User) -> list[Need]:
    """Merge all of them into one of them, or into another."""
    return [merge(one, into, reasons, by=by) for one in _in_order(needs) if one.pk != into.pk]


def _in_order(needs: Collection[Need]) -> list[Need]:
    """In the order of their numbers, so that two who do the same wait for each other instead of blocking."""
    return sorted(needs, key=lambda one: one.pk)
