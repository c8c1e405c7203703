"""A programme as its file tells it. Field names are those of the tables, so that loading is plain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ObjectiveText:
    """What is wanted."""

    code: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class SetText:
    """Figures reported together, and by whom."""

    code: str
    label: str
    every: str
    levels: tuple[str, ...]
    named: tuple[str, ...]
    approvals: tuple[str, ...]
    texts: tuple[Mapping[str, str], ...]
    basis: str
    verified: bool


@dataclass(frozen=True, slots=True)
class TargetText:
    """A number promised for the city and a year."""

    year: int
    bound: str
    value: Decimal
    value_to: Decimal | None
    words: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """What an indicator means."""

    code: str
    number: int
    objective: str
    report_set: str
    breakdowns: tuple[str, ...]
    targets: tuple[TargetText, ...]
    meaning: Mapping[str, object]
    """Columns of `IndicatorVersion`, apart from its days."""

    @property
    def formula(self) -> str:
        """Its formula; empty where it is reported or counted."""
        return str(self.meaning["formula"])


@dataclass(frozen=True, slots=True)
class DimensionText:
    """A breakdown and its categories."""

    code: str
    label: str
    categories: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProgrammeText:
    """One version of a programme, whole."""

    code: str
    version: date
    facts: Mapping[str, object]
    """Columns of `Programme`."""
    lead: str
    objectives: tuple[ObjectiveText, ...]
    sets: tuple[SetText, ...]
    indicators: tuple[IndicatorText, ...]
    dimensions: tuple[DimensionText, ...]
