"""What a directive is once it is read."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from khue.language.dates import Recurrence
from khue.language.offices import Assignee

Priority = Literal["urgent", "normal"]
Modality = Literal["ordered", "requested", "planned"]


@dataclass(frozen=True, slots=True)
class Due:
    """By when, as printed, and the days it means; `None` where an end is open or depends on an event."""

    text: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Directive:
    """One instruction, request of a higher authority or planned key task, to one set of assignees."""

    start: int
    end: int
    text: str
    assignees: tuple[Assignee, ...]
    action: str
    due: Due | None
    priority: Priority
    confidence: float
    """How sure the reading is, 0 to 1. Below 0.6 a person should look twice."""
    modality: Modality
    recurrence: Recurrence | None = None
