"""Lines that say who does the task above them, with whom and by when: "Cơ quan chủ trì: …", "Thời hạn: …"."""

import re
from collections.abc import Iterable
from dataclasses import replace

from khue.language.directives.model import Directive
from khue.language.directives.task import Tasks
from khue.language.offices import Assignee, Offices
from khue.language.structure import Span

_CONCERNED = re.compile(
    r"(?:các )?(?:sở|bộ|ban|ngành|cơ quan|đơn vị|địa phương|tổ chức|cá nhân)(?:[ ,]|\w)*(?:liên|hữu) quan"
)


def attributed(task: Directive, found: re.Match[str], end: int, offices: Offices, tasks: Tasks) -> Directive:
    """The task with what an attribute line (a match of `triggers.ATTRIBUTE`) says of it."""
    if found["due"]:
        period = tasks.deadline(found.start(), end, bygone=True)
        return replace(task, due=tasks.due(period) if period else task.due)
    names, _ = offices.listed(found.end(), end)
    if not names:
        return task
    lead = tuple(a for a in task.assignees if a.role == "lead")
    support = tuple(a for a in task.assignees if a.role == "support")
    if found["lead"]:
        lead = tuple(Assignee(name, "lead") for name in names)
    else:
        support = tuple(Assignee(name, "support") for name in names)
    return replace(task, assignees=lead + support, confidence=max(task.confidence, 0.85))


def charged(names: Iterable[str]) -> tuple[Assignee, ...]:
    """Those named lead the work; "các cơ quan liên quan", last among others, help."""
    told = list(names)
    helps = len(told) > 1 and _CONCERNED.fullmatch(told[-1].lower()) is not None
    return tuple(Assignee(name, "support" if helps and name == told[-1] else "lead") for name in told)


def told_of(given: list[Directive], before: tuple[int, int], floor: int) -> int:
    """The first of the tasks that a line on unit or time tells of: those of the line `before`, where none came since;
    else the last one, with those of nobody above it since that line and since the heading (`floor`)."""
    if before[1] == len(given):
        return before[0]
    first = max(len(given) - 1, 0)
    while first > max(before[1], floor) and not any(one.role == "lead" for one in given[first - 1].assignees):
        first -= 1
    return first


def dated(given: list[Directive], floor: int, span: Span, tasks: Tasks) -> bool:
    """Give the day that a sentence is made of to the tasks from `floor` on that have none; false where it is none."""
    period = tasks.deadline(*span, bygone=True)
    told = [at for at, one in enumerate(given) if one.start >= floor and one.due is None]
    if period is None or span[1] - period.end > 3:
        return False
    for at in told:
        given[at] = replace(given[at], due=tasks.due(period), recurrence=period.recurrence)
    return bool(told)
