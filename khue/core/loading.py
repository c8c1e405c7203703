"""What a process loads at its start stays as long as it lives."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def for_good() -> Iterator[None]:
    """Nothing that is loaded inside is ever looked through for garbage, and what comes later less often.

    While all grows and nothing is let go, the collector goes over it again and again: an eighth of every start. Going
    over what was loaded would take several milliseconds of many a page.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()
