"""Lines that say who does the task above them, with whom and by when: "Cơ quan chủ trì: …", "Thời hạn: …"."""

import re
from dataclasses import replace

from khue.language.directives.model import Directive
from khue.language.directives.task import Tasks
from khue.language.offices import Assignee, Offices


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
