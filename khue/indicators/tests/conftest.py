"""The province, for every test that asks."""

from copy import deepcopy

import pytest

from khue.indicators.tests.province import Province, province


@pytest.fixture(scope="module")
def built(kept: None) -> Province:
    """The province, built once a module; a module that goes on from there says so."""
    return province()


@pytest.fixture
def here(built: Province, put_back: None) -> Province:
    """The province of the module, as it was built."""
    return deepcopy(built)
