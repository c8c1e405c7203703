"""Worlds that are dear to build, and do not go together: one stands at a time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from typing import Any, TypeVar

from django.db import connection, transaction

World = TypeVar("World")


class Worlds:
    """The world that was built last, and a copy of it for each test; a test of another world has that one built."""

    def __init__(self) -> None:
        self._key: tuple[Any, ...] = ()
        self._made: Any = None
        self._rows = ExitStack()

    @contextmanager
    def copy(self, build: Callable[..., World], *how: Any) -> Iterator[World]:
        """What `build(*how)` makes; nothing that the test writes into it stays."""
        if self._key != (build, *how):
            self.leave()
            self._rows.enter_context(taken_back())
            self._made = build(*how)
            self._key = (build, *how)
        with taken_back():
            yield deepcopy(self._made)

    def leave(self) -> None:
        """Take the rows of the world back."""
        self._key, self._made = (), None
        self._rows.close()


@contextmanager
def taken_back() -> Iterator[None]:
    """Nothing that is written stays; promises that the database asks for only at the end are asked for before."""
    with transaction.atomic():
        yield
        if not transaction.get_rollback():
            connection.check_constraints()
        transaction.set_rollback(True)
