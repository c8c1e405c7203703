"""The sheet of a report as its page shows it: groups of rows, what is known beside each figure, how far it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from khue.indicators.models import IndicatorVersion
from khue.indicators.rules.checking import Finding, told
from khue.indicators.rules.sheet import Key, Line, Sheet


@dataclass(frozen=True, slots=True)
class Unkept:
    """What was typed into a figure and could not be kept, and why: it goes back onto the page."""

    key: str
    typed: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """A figure on the page: its line of the sheet, and what the checks say of it."""

    line: Line
    findings: list[Finding] = field(default_factory=list)
    unkept: Unkept | None = None
    """What was typed and could not be kept."""
    posted: Mapping[str, str] = field(default_factory=dict)
    """What was written beside the figures for an act that was refused."""

    @property
    def key(self) -> str:
        """What names the figure in the form: number of the indicator and of the category."""
        return key_of(self.line.key)

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the figure above it."""
        return not self.line.is_total

    @property
    def is_counted(self) -> bool:
        """Whether the system counts it."""
        return self.line.version.kind == IndicatorVersion.Kind.MEASURED

    @property
    def value(self) -> str:
        """The figure as it is written, also where it could not be kept; empty where there is none yet."""
        if self.unkept:
            return self.unkept.typed
        return "" if self.line.value is None else told(self.line.value)

    @property
    def right(self) -> str:
        """The right figure that was written beside it."""
        return self.posted.get(f"right-{self.key}", "")

    @property
    def mark(self) -> str:
        """The question that was written beside it."""
        there = self.line.observation
        return self.posted.get(f"mark-{there.pk}", "") if there else ""

    @property
    def is_known(self) -> bool:
        """Whether it has a figure, or a note that says why there is none."""
        there = self.line.observation
        return there is not None and (there.value is not None or bool(there.note))

    @property
    def is_overridden(self) -> bool:
        """Whether somebody said why a figure that a check warned of is right."""
        return bool(self.line.observation and self.line.observation.override)

    @property
    def warns(self) -> bool:
        """Whether a reason is asked for."""
        return self.is_overridden or any(one.level == "warning" for one in self.findings)


@dataclass(frozen=True, slots=True)
class Group:
    """The figures under one objective of the programme."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a report is."""

    asked: int
    known: int
    counted: int
    wrong: int
    unexplained: int

    @property
    def missing(self) -> int:
        """Figures that nobody gave yet."""
        return self.asked - self.known


def key_of(key: Key) -> str:
    """`12-1`: how a figure is named in a form."""
    return f"{key[0]}-{key[1]}"


def rows_of(
    sheet: Sheet, findings: Iterable[Finding], unkept: Iterable[Unkept] = (), posted: Mapping[str, str] | None = None
) -> list[Row]:
    """Every figure of the sheet with its findings, and with what was typed where that could not be kept."""
    lost = {one.key: one for one in unkept}
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(key_of((one.indicator, one.category)), []).append(one)
    return [Row(line, found.get(key := key_of(line.key), []), lost.get(key), posted or {}) for line in sheet.lines]


def groups_of(rows: list[Row]) -> list[Group]:
    """The rows under their objectives, each objective once, where the programme first comes to it."""
    groups: dict[str, Group] = {}
    for row in rows:
        objective = row.line.indicator.objective
        title = objective.title if objective else ""
        groups.setdefault(title, Group(title, [])).rows.append(row)
    return list(groups.values())


def progress_of(rows: list[Row]) -> Progress:
    """How many figures are there, counted by the system, wrong, or not explained."""
    whole = [row for row in rows if not row.is_part]
    return Progress(
        asked=len(whole),
        known=sum(row.is_known for row in whole),
        counted=sum(row.is_counted and row.is_known for row in whole),
        wrong=sum(any(one.level == "error" for one in row.findings) for row in rows),
        unexplained=sum(not row.is_overridden and any(one.level == "warning" for one in row.findings) for row in rows),
    )
