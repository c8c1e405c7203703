"""The text parts of a report: what was written, or how the system begins them where nobody wrote yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from khue.indicators import texts
from khue.indicators.models import UnitReport
from khue.journal.models import Entry

WROTE = "unit-report.text"
"""What the journal calls it when somebody begins to write a text part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text part of a report on its page."""

    name: str
    label: str
    value: str
    begun: bool
    """Whether the words are those of the system, which nobody has looked at yet."""
    there: str = ""
    """What a colleague wrote meanwhile, where `value` was typed and could not be kept."""
    writer: str = ""
    """Who wrote that."""


def parts_of(report: UnitReport) -> list[Part]:
    """The text parts of a report, in the order of its set."""
    return [_part(report, told["name"], told["label"], told.get("from", "")) for told in report.cycle.report_set.texts]


def _part(report: UnitReport, name: str, label: str, source: str) -> Part:
    if name in report.texts or not report.is_open:
        return Part(name, label, report.texts.get(name, ""), begun=False)
    words = texts.begin(source, report.cycle.period, report.unit) if source else ""
    return Part(name, label, words, begun=bool(words))


def writers_of(report: UnitReport) -> dict[str, Entry]:
    """Who wrote each text part last, by its name: one query."""
    entries = Entry.objects.filter(dossier=report.dossier, verb=WROTE).order_by("sequence")
    return {str(entry.facts.get("name")): entry for entry in entries}


def contested(report: UnitReport, typed: Mapping[str, str]) -> list[Part]:
    """The parts with what was `typed` in them, and what a colleague wrote there meanwhile beside it."""
    wrote = writers_of(report)
    return [
        replace(part, value=typed[part.name], there=part.value, writer=wrote[part.name].actor_name)
        if part.name in typed and part.name in wrote
        else part
        for part in parts_of(report)
    ]
