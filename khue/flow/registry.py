"""Guards and effects by name: data names code, never contains it."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.flow.models import Case


class Guard(Protocol):
    """Why a case may not take a move just now, or None. `data` is None while the move is only being offered."""

    def __call__(self, case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None: ...


class Effect(Protocol):
    """What a move does besides: runs inside the move's transaction when the case stands at the new step and
    before somebody holds it there, so that an effect may choose who and until when."""

    def __call__(self, case: Case, *, by: Actor, data: Mapping[str, Any]) -> None: ...


F = TypeVar("F", Guard, Effect)


class Registry(Generic[F]):
    """Functions by permanent name."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._known: dict[str, F] = {}

    def register(self, name: str) -> Callable[[F], F]:
        """Decorator; raises ValueError when another function already has the name."""

        def keep(function: F) -> F:
            if self._known.get(name, function) is not function:
                raise ValueError(f"the {self.kind} {name} is registered twice")
            self._known[name] = function
            return function

        return keep

    def get(self, name: str) -> F:
        """The function called `name`; raises KeyError (the shelf check forbids unknown names)."""
        return self._known[name]

    def names(self) -> frozenset[str]:
        """Every registered name."""
        return frozenset(self._known)
