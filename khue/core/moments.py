"""What several ask of the database in one moment is asked once, and forgotten when the moment is over."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

Answer = TypeVar("Answer")
_kept: "ContextVar[dict[Hashable, object] | None]" = ContextVar("moment", default=None)


@contextmanager
def moment() -> Iterator[None]:
    """While one question is put together: short, for what was asked before is never asked for anew in it."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer, kept until the moment is over; outside of one it is asked for every time."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    return cast("Answer", kept[key])
