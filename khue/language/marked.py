"""What words say that a person marked as one directive, whether or not the reader would have seen an order in them."""

import re
from datetime import date

from khue.language.dates import Period, periods
from khue.language.directives.model import Directive, Due
from khue.language.directives.task import Tasks
from khue.language.offices import Assignee, Offices, Role
from khue.language.source import SourceText
from khue.language.structure import Page, read

_HELPED = re.compile(r"(?:phối hợp|cùng)(?:\s+chặt chẽ)?(?:\s+(?:với|cùng))?\s+$")
_ADDRESSED = re.compile(r"(?:báo cáo|trình|gửi|về|với|cho|của|tham mưu(?: giúp)?)\s+$")
_SURE = 1.0


def marked(source: SourceText, on: date | None) -> Directive:
    """Units and deadline of a marked passage; the first office that acts leads, those "phối hợp với" support."""
    page = read(source)
    due = _due(page, on)
    return Directive(
        start=0,
        end=len(page.text),
        text=page.text,
        assignees=tuple(_assignees(page)),
        action=page.text,
        due=Due(page.text[due.start : due.end], due.first, due.last) if due else None,
        priority="normal",
        confidence=_SURE,
        modality="ordered",
        recurrence=due.recurrence if due else None,
    )


def gone(source: SourceText, on: date) -> Due | None:
    """A day that a passage names like a deadline though it lies before `on`, the day of the document."""
    page = read(source)
    tasks = Tasks(page, Offices(page), on)
    period = tasks.gone(0, len(page.text))
    return tasks.due(period) if period else None


def _assignees(page: Page) -> list[Assignee]:
    offices, stop = Offices(page), 0
    found: dict[str, Role] = {}
    for word in re.finditer(r"(?<!\w)\w", page.plain):
        if word.start() < stop:
            continue
        names, after = offices.listed(word.start(), len(page.plain))
        before = page.low[: word.start()]
        if not names or (_ADDRESSED.search(before) and not _HELPED.search(before)):
            continue
        role: Role = "support" if _HELPED.search(before) else "lead"
        if role == "lead" and "lead" in found.values():
            continue
        found.update({name: role for name in names if name not in found})
        stop = after
    return [Assignee(name, role) for name, role in found.items()]


def _due(page: Page, on: date | None) -> Period | None:
    named = list(periods(page.low, 0, len(page.low), on))
    wanted = [one for one in named if one.role == "deadline" or one.recurrence] or named
    return wanted[0] if wanted else None
