"""The office and the ward, built once a module; on a Monday."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date

import pytest

from khue.core import clock
from khue.petitions.tests.ward import Ward, build

MONDAY = date(2026, 3, 9)


@pytest.fixture(scope="module")
def built(kept: None) -> Ward:
    """The ward, built once a module."""
    with clock.at(MONDAY):
        return build()


@pytest.fixture
def ward(built: Ward, put_back: None) -> Iterator[Ward]:
    """The ward of the module, as it was built."""
    with clock.at(MONDAY):
        yield deepcopy(built)
