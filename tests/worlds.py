"""Worlds that are dear to build and grow from one another: each is built when the first test asks for it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from copy import deepcopy
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction

Step = Callable[..., Any]


class _Made(NamedTuple):
    step: Step
    world: Any
    rows: ExitStack


class Worlds:
    """The steps that were gone last, and a copy of where they led to for each test. A test that goes other steps has
    those taken back that it does not go, and finds nothing of them."""

    def __init__(self) -> None:
        self._made: list[_Made] = []

    @contextmanager
    def copy(self, first: Step, *further: Step) -> Iterator[Any]:
        """What the last step makes: the first is given nothing, each further one what the one before it made. Nothing
        that the test writes into it stays."""
        steps = (first, *further)
        while tuple(made.step for made in self._made) != steps[: len(self._made)]:
            self._take_back()
        for step in steps[len(self._made) :]:
            self._go(step)
        with taken_back():
            yield deepcopy(self._made[-1].world)

    def for_test(self, request: pytest.FixtureRequest, first: Step, **further: Step) -> AbstractContextManager[Any]:
        """A copy of how far the test needs it: up to the last step that bears the name of a fixture it asks for."""
        asked = [number for number, name in enumerate(further, 1) if name in request.fixturenames]
        return self.copy(first, *list(further.values())[: max(asked, default=0)])

    def _go(self, step: Step) -> None:
        before = [deepcopy(made.world) for made in self._made[-1:]]
        with ExitStack() as rows:
            rows.enter_context(taken_back())
            self._made.append(_Made(step, step(*before), rows.pop_all()))

    def _take_back(self) -> None:
        self._made.pop().rows.close()

    def leave(self) -> None:
        """Take all of them back."""
        while self._made:
            self._take_back()


@contextmanager
def taken_back() -> Iterator[None]:
    """Nothing that is written stays; promises that the database asks for only at the end are asked for before."""
    with transaction.atomic():
        yield
        if not transaction.get_rollback():
            connection.check_constraints()
        transaction.set_rollback(True)
