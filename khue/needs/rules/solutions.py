"""What solves a need, as an answer names it: a result, a mission, another need."""

from dataclasses import dataclass

from khue.accounts.models import User
from khue.core.asked import key
from khue.matching.models import Entry
from khue.matching.rules import sees
from khue.matching.sources import every
from khue.needs.models import Answer


@dataclass(frozen=True, slots=True)
class Solution:
    """A record by its title; `url` is empty for whoever may not open it."""

    title: str
    url: str


def solution(answer: Answer, user: User) -> Solution | None:
    """What `answer.solved_by` names, from what search knows; None where it names nothing that is there."""
    kind, _, pk = answer.solved_by.partition(":")
    entry = Entry.objects.filter(kind=kind, record=key(pk)).first()
    if entry is None:
        return None
    may_open = any(source.kind == kind for source in every()) and sees(user, kind, entry.record)
    return Solution(entry.title, entry.url if may_open else "")
