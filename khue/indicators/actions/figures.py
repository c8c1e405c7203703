"""Writing figures of a report: what is new, what changed, and what a colleague changed meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.cells import number
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused
from khue.indicators.models import Category, Indicator, Observation, UnitReport
from khue.indicators.rules.checking import Figure, Finding, range_of
from khue.indicators.rules.sheet import Key, Line, Sheet

COLUMNS = ["value", "note", "proof", "override", "author", "at", "revision", "state"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure that somebody writes. `seen` is the revision that the person saw there; 0 where there was none."""

    indicator: Indicator | str
    value: Decimal | None
    category: int = Category.TOTAL
    note: str = ""
    proof: str = ""
    override: str = ""
    seen: int = 0

    @property
    def figure(self) -> Figure:
        """As the checks take it."""
        return Figure(self.value, self.note, self.proof, self.override)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that was not written, because somebody else wrote another one meanwhile."""

    entry: Entry
    there: Observation


@dataclass(slots=True)
class Saved:
    """What became of a draft."""

    report: UnitReport
    saved: list[Observation] = field(default_factory=list)
    """Figures that were written now."""
    conflicts: list[Conflict] = field(default_factory=list)
    contested: list[str] = field(default_factory=list)
    """Names of text parts that were not written, because somebody else changed them meanwhile."""
    findings: list[Finding] = field(default_factory=list)


def read_number(text: str, decimals: int) -> Decimal | None:
    """A figure as somebody typed it; None for an empty field. Raises Refused `figure.not-a-number`."""
    if not text.strip():
        return None
    try:
        found: Decimal = number(decimals)(text)
    except ValueError as wrong:
        raise Refused(Refusal("figure.not-a-number", str(wrong))) from wrong
    return found


def keyed(sheet: Sheet, entries: Iterable[Entry]) -> dict[Key, Entry]:
    """Entries by their line. Raises Refused: `figure.unknown` (not of this report), `figure.range`."""
    codes = {line.indicator.code: line.indicator.pk for line in sheet.lines}
    found: dict[Key, Entry] = {}
    for entry in entries:
        code = entry.indicator if isinstance(entry.indicator, str) else entry.indicator.code
        key = (codes.get(code, 0), entry.category)
        line = sheet.line(key)
        if line is None:
            sentence = _("“%(code)s” is not reported by %(unit)s in %(period)s.")
            told = {"code": code, "unit": sheet.report.unit.name, "period": sheet.period.called}
            raise Refused(Refusal("figure.unknown", sentence % told))
        if entry.value is not None and (wrong := range_of(line.version, entry.value)):
            raise Refused(Refusal("figure.range", f"{line.version.name}: {wrong}"))
        found[key] = entry
    return found


def write(sheet: Sheet, entries: Mapping[Key, Entry], *, by: Actor, state: str, checked: bool = True) -> Saved:
    """Write what differs; with `checked`, a figure whose revision is newer than the one seen is left as it is.

    New figures and changed ones are two statements: the sums above them follow each statement by itself.
    """
    saved = Saved(sheet.report)
    new: list[Observation] = []
    changed: list[Observation] = []
    for key, entry in entries.items():
        line = sheet.line(key)
        there = line.observation if line else None
        if line is None or (there is None and _empty(entry)) or (there and _same(there, entry)):
            continue
        if checked and there and there.revision != entry.seen:
            saved.conflicts.append(Conflict(entry, there))
            continue
        (changed if there else new).append(_written(line, there, entry, sheet, by, state))
    Observation.objects.bulk_create(new)
    Observation.objects.bulk_update(changed, COLUMNS)
    saved.saved = [*new, *changed]
    return saved


def _empty(entry: Entry) -> bool:
    return entry.value is None and not (entry.note or entry.proof or entry.override)


def _same(there: Observation, entry: Entry) -> bool:
    before = (there.value, there.note, there.proof, there.override)
    return before == (entry.value, entry.note.strip(), entry.proof.strip(), entry.override.strip())


def _written(line: Line, there: Observation | None, entry: Entry, sheet: Sheet, by: Actor, state: str) -> Observation:
    one = there or Observation(
        period=sheet.period, indicator=line.indicator, unit=sheet.report.unit, category=line.category, revision=0
    )
    one.value, one.state, one.at = entry.value, state, now()
    one.note, one.proof, one.override = (
        entry.note.strip()[:400],
        entry.proof.strip()[:300],
        entry.override.strip()[:400],
    )
    one.author = by if isinstance(by, User) else None
    one.revision += 1
    return one


def move_figures(report: UnitReport, state: str, indicators: Sequence[int]) -> None:
    """Carry all figures of a report to a state, in one statement."""
    Observation.objects.filter(period=report.cycle.period_id, unit=report.unit_id, indicator__in=indicators).exclude(
        state=state
    ).update(state=state)
