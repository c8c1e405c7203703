"""What a process loads at its start stays as long as it lives."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def for_good() -> Iterator[None]:
    """Nothing that is loaded inside is ever looked through for garbage.

    While all grows and nothing is let go, the collector goes over it again and again: an eighth of every start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
