"""What the language part of Khuê finds in a text, in the terms of proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from khue.language.dates import next_round
from khue.language.directives.model import Directive as Read
from khue.language.extract import Extraction
from khue.language.marked import marked
from khue.language.source import Line, SourceText

EVERY = {"month": "month", "quarter": "quarter", "half-year": "half", "year": "year"}
"""Rounds that come back as occurrences; daily and weekly work is followed as one directive."""


@dataclass(frozen=True, slots=True)
class Found:
    """One directive as it stands in the text. `assignees` are (name, part)."""

    start: int
    end: int
    assignees: tuple[tuple[str, str], ...] = ()
    due_on: date | None = None
    due_text: str = ""
    recurs: str = ""
    priority: str = "normal"
    confidence: float = 1.0


def source_of(text: str, lines: Sequence[Sequence[Any]]) -> SourceText:
    """The text as the readers of files give it; without lines, each line of the text is one."""
    if lines:
        return SourceText(text, tuple(Line(*line) for line in lines), "txt")
    made, start = [], 0
    for words in text.split("\n"):
        made.append(Line(start, start + len(words)))
        start += len(words) + 1
    return SourceText(text, tuple(made), "txt")


def directives_of(read: Extraction, on: date | None) -> list[Found]:
    """The directives that were read in a text; `on` is the document's date."""
    return [_found(one, on) for one in read.directives if one.end > one.start]


def heard(words: str, on: date | None) -> Found:
    """What words say that a person marked as one directive: for whom and by when, as far as they say so."""
    return _found(marked(source_of(words, []), on), on)


def _found(read: Read, on: date | None) -> Found:
    due_on = (read.due.last or read.due.first) if read.due else None
    if read.recurrence and on and due_on is None:
        due_on = next_round(read.recurrence, on)
    return Found(
        start=read.start,
        end=read.end,
        assignees=tuple(dict.fromkeys((one.name, one.role) for one in read.assignees)),
        due_on=due_on,
        due_text=read.due.text if read.due else "",
        recurs=EVERY.get(read.recurrence.every, "") if read.recurrence else "",
        priority=read.priority,
        confidence=min(max(read.confidence, 0.0), 1.0),
    )
