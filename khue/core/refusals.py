"""A refusal explains itself: a page shows its sentence, the API answers with its code, nobody sees a traceback."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done. `code` is permanent, for programs; `sentence` says which rule and what to do."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class Refused(Exception):
    """Raised by an action whose rule refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def require(refusal: Refusal | None) -> None:
    """Raise `Refused` if a rule refused."""
    if refusal is not None:
        raise Refused(refusal)
