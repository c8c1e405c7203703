"""The commune, built once a module, on a Monday."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from khue.core.clock import at
from khue.initiatives.tests.town import DAY, Commune, build


@pytest.fixture(scope="module")
def built(kept: None) -> Commune:
    """The commune of the module."""
    with at(DAY):
        return build()


@pytest.fixture
def here(built: Commune, put_back: None) -> Iterator[Commune]:
    """The commune, as it was built."""
    with at(DAY):
        yield deepcopy(built)
