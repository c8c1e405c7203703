"""The text parts of a report: what was written, or how the system begins them where nobody wrote yet."""

from dataclasses import dataclass

from khue.indicators import texts
from khue.indicators.models import UnitReport


@dataclass(frozen=True, slots=True)
class Part:
    """A text part of a report on its page."""

    name: str
    label: str
    value: str
    begun: bool
    """Whether the words are those of the system, which nobody has looked at yet."""


def parts_of(report: UnitReport) -> list[Part]:
    """The text parts of a report, in the order of its set."""
    return [_part(report, told["name"], told["label"], told.get("from", "")) for told in report.cycle.report_set.texts]


def _part(report: UnitReport, name: str, label: str, source: str) -> Part:
    if name in report.texts or not report.is_open:
        return Part(name, label, report.texts.get(name, ""), begun=False)
    words = texts.begin(source, report.cycle.period, report.unit_id) if source else ""
    return Part(name, label, words, begun=bool(words))
