"""The hall, for every test that asks."""

from collections.abc import Iterator

import pytest

from khue.core import clock
from khue.councils import owners
from khue.councils.tests.hall import MONDAY, Hall, Sitting, about_one, about_two, hall, opened
from tests.worlds import Worlds


@pytest.fixture
def _monday() -> Iterator[None]:
    with clock.at(MONDAY):
        yield


@pytest.fixture
def here(worlds: Worlds, _monday: None) -> Iterator[Hall]:
    """A department and its experts, on a Monday in 2024."""
    with worlds.copy(hall) as made:
        yield made


@pytest.fixture
def reading(worlds: Worlds, _monday: None) -> Iterator[Sitting]:
    """A council about one thing whose members have the documents."""
    with worlds.copy(hall, about_one) as made:
        yield made


@pytest.fixture
def sitting(worlds: Worlds, _monday: None) -> Iterator[Sitting]:
    """A council in session about one thing."""
    with worlds.copy(hall, about_one, opened) as made:
        yield made


@pytest.fixture
def sitting_on_two(worlds: Worlds, _monday: None) -> Iterator[Sitting]:
    """A council in session about two things."""
    with worlds.copy(hall, about_two, opened) as made:
        yield made


@pytest.fixture(autouse=True)
def _nobody_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """The apps above tell of their own dossiers; the things judged here are nobody's, unless a test says whose."""
    monkeypatch.setattr(owners, "_owners", {})
