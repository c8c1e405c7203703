"""A sentence as the rules left it, for what looks at sentences once all of them are read."""

from dataclasses import dataclass

from khue.language.voice import Voice


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body, and what was going on when it was read."""

    start: int
    end: int
    voice: Voice | None
    ordering: bool
    speaking: bool
    troubled: bool
    """Troubles were being told when it began."""
    asked: bool
    """Something was asked in the sentence before."""
    answering: bool
    asks: str
    claimed: bool
    """Someone below asks someone above in it."""
    ordered: bool
    """It gave a directive."""
    head: bool
    """It opens a paragraph."""
    inherited: tuple[str, ...] = ()
    """Those named above it, to whom work without a name would go."""
    listed: bool = False
    """It stands in a list of orders."""
