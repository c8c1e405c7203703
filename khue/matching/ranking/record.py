"""What is ranked, and what ranking answers."""

from dataclasses import dataclass, field
from enum import StrEnum


class Purpose(StrEnum):
    """What is asked: what says the same, or what helps with a problem told in plain words."""

    DUPLICATE = "duplicate"
    NEED = "need"


class Band(StrEnum):
    """How near a match is. `same`: a council would refuse it as a duplicate."""

    SAME = "same"
    RELATED = "related"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a corpus, as far as ranking looks at it."""

    id: str
    title: str
    summary: str = ""
    host: str = ""
    place: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One answer: the item's place in the corpus, how near it is (0 to 1), in which band, and why."""

    position: int
    score: float
    band: Band
    why: list[str] = field(default_factory=list)
