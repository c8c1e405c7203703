"""A difficulty or a request of those below."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["difficulty", "request"]


@dataclass(frozen=True, slots=True)
class Petition:
    """A difficulty or a request, and who voiced it (nobody when the text does not say)."""

    start: int
    end: int
    text: str
    kind: Kind
    voiced_by: tuple[str, ...]
    confidence: float = 0.8
