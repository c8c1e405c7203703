"""The office and the city, for every test that asks; on a Monday under the rules of G3."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date

import pytest

from khue.core import clock
from khue.needs.tests.city import City, build
from khue.needs.tests.office import Office, office

MONDAY = date(2026, 3, 9)


@pytest.fixture
def _monday() -> Iterator[None]:
    with clock.at(MONDAY):
        yield


@pytest.fixture(scope="module")
def world(kept: None) -> Office:
    """The office, built once a module; a module that goes on from there says so."""
    with clock.at(MONDAY):
        return office()


@pytest.fixture
def here(world: Office, put_back: None, _monday: None) -> Office:
    """The world of the module, as it was built."""
    return deepcopy(world)


@pytest.fixture(scope="module")
def built(kept: None) -> City:
    """The city, built once a module."""
    with clock.at(MONDAY):
        return build()


@pytest.fixture
def city(built: City, put_back: None, _monday: None) -> City:
    """The city of the module, as it was built."""
    return deepcopy(built)
