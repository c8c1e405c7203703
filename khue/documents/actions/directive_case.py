"""The case of a directive in the process `directive-follow-up`, and who is told what happened."""

from collections.abc import Sequence

from django.core.files import File as Upload

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.directory.models import Unit
from khue.documents.models import Directive


def open_for(directive: Directive, *, by: Actor) -> None:
    """Open the case of a new directive."""


def step(directive: Directive, move: str, *, by: Actor, comment: str = "") -> None:
    """Make the move in the case; the caller writes the directive's own columns."""


def set_due(directive: Directive, *, by: Actor, reason: str) -> None:
    """Carry a new deadline into the case."""


def set_lead(directive: Directive, *, by: Actor, reason: str) -> None:
    """Carry a new lead unit into the case."""


def tell(directive: Directive, unit: Unit, what: str, *, by: Actor) -> None:
    """Tell the people who work on it in `unit`."""


def keep_evidence(directive: Directive, uploads: Sequence[Upload[bytes]], *, by: User) -> None:
    """Attach evidence to the directive."""
