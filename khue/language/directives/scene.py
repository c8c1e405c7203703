"""What is known when a clause is read, and what its opening tells."""

from dataclasses import dataclass

from khue.language.directives.model import Modality
from khue.language.voice import Voice


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known when a clause is read."""

    press: bool
    ordering: bool
    """Someone above speaks, or the document itself orders here."""
    inherited: tuple[str, ...]
    voice: Voice | None
    modality: Modality = "ordered"
    listed: bool = False
    """The clause stands in a list under a lead-in."""
    asking: bool = False
    """The clause stands in a section of requests."""
    rank: float = 4.0
    """The rank of the body that issued a formal document."""
    chained: bool = False
    """The clause before it in the same sentence is an order."""
    headed: bool = False
    """The inherited names are those of a heading, so its items tell what that unit does."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A clause that carries work: where its span and its work begin, and who is to do it."""

    start: int
    work: int
    names: tuple[str, ...]
    modality: Modality
    confidence: float
    own: bool = True
    """The clause names its assignees itself."""
    bare: bool = False
    """Nothing but a verb of work says that this is an order."""
