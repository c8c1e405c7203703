"""The hall, for every test that asks."""

from collections.abc import Iterator

import pytest

from khue.core import clock
from khue.councils import owners
from khue.councils.tests.hall import MONDAY, Hall, hall


@pytest.fixture
def _monday() -> Iterator[None]:
    with clock.at(MONDAY):
        yield


@pytest.fixture
def here(db: None, _monday: None) -> Hall:
    """A department and its experts, on a Monday in 2024."""
    return hall()


@pytest.fixture(autouse=True)
def _nobody_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """The apps above tell of their own dossiers; the things judged here are nobody's, unless a test says whose."""
    monkeypatch.setattr(owners, "_owners", {})
