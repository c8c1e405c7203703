"""The office, and the city that is given directives, for every test that asks."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.core.cache import cache

from khue.core.clock import at
from khue.documents.models import Document
from khue.documents.tests.city import Office, office
from khue.documents.tests.directive_city import DAY, City
from khue.documents.tests.reading import document


@pytest.fixture(scope="module")
def built(kept: None) -> Office:
    """The office, built once a module; a module that goes on from there says so."""
    return office()


@pytest.fixture
def here(built: Office, put_back: None) -> Office:
    """The office of the module, as it was built."""
    return deepcopy(built)


@pytest.fixture(scope="module")
def founded(kept: None) -> City:
    """The city, founded once a module."""
    return City()


@pytest.fixture
def city(founded: City, put_back: None) -> City:
    """The city of the module, as it was founded."""
    cache.clear()  # boards are remembered by unit, and the units stay
    return deepcopy(founded)


@pytest.fixture
def notice(city: City) -> Document:
    """A registered notice of the city."""
    return document(city.office, city.clerk)


@pytest.fixture
def day() -> Iterator[None]:
    """The day of the city."""
    with at(DAY):
        yield
