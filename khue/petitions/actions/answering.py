"""What the unit that has to answer, and the one that waits for it, do; each is a move of the process `petition`."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from khue.accounts.models import User
from khue.core.refusals import require
from khue.directory.models import Unit
from khue.documents.models import Directive, Document
from khue.documents.rules.directive import may_see as may_see_directive
from khue.documents.rules.visibility import may_see
from khue.flow.actions import move
from khue.petitions.actions.columns import locked
from khue.petitions.models import Petition


@transaction.atomic
def act(
    petition: Petition, name: str, *, by: User, comment: str = "", data: Mapping[str, Any] | None = None
) -> Petition:
    """Make a move of the process. Raises Refused with the process's own sentence."""
    taken = locked(petition.pk)
    assert taken.case is not None  # noqa: S101 - only NULL while it is opened
    move(taken.case, name, by=by, comment=comment, data=data)
    return locked(petition.pk)


def take_up(petition: Petition, *, by: User) -> Petition:
    """An officer begins to look at it."""
    return act(petition, "take-up", by=by)


def ask_back(petition: Petition, question: str, *, by: User) -> Petition:
    """Ask the unit that voices it; the days until it replies do not count."""
    return act(petition, "ask-back", by=by, comment=question)


def reply(petition: Petition, text: str, *, by: User) -> Petition:
    """The unit replies to what was asked."""
    return act(petition, "reply", by=by, comment=text)


def pass_on(petition: Petition, to: Unit, reason: str, *, by: User) -> Petition:
    """Another unit is to answer. Raises Refused: `petition.passed-to-itself`, `petition.passed-back`, …"""
    return act(petition, "pass-on", by=by, comment=reason, data={"unit": to})


def answer(
    petition: Petition, text: str, *, by: User, document: Document | None = None, directive: Directive | None = None
) -> Petition:
    """Answer it, with the document that says so, or the directive by which it is being done, where there is one."""
    if document is not None:
        require(may_see(by, document))
    if directive is not None:
        require(may_see_directive(by, directive))
    data = {"document": document.pk if document else None, "directive": directive.pk if directive else None}
    return act(petition, "answer", by=by, comment=text, data=data)


def decline(petition: Petition, reason: str, *, by: User) -> Petition:
    """Say that nothing can be done, and why."""
    return act(petition, "decline", by=by, comment=reason)


def withdraw(petition: Petition, reason: str, *, by: User) -> Petition:
    """The author, or the unit, takes it back."""
    return act(petition, "withdraw", by=by, comment=reason)
