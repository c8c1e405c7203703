"""The office, for every test that asks; on a Monday under the rules of G3."""

from collections.abc import Iterator
from datetime import date

import pytest

from khue.core import clock
from khue.needs.tests.office import Office, office

MONDAY = date(2026, 3, 9)


@pytest.fixture
def _monday() -> Iterator[None]:
    with clock.at(MONDAY):
        yield


@pytest.fixture
def here(db: None, _monday: None) -> Office:
    return office()
