"""The mill, for every test that asks."""

from copy import deepcopy

import pytest

from khue.missions.tests.mill import Mill, mill


@pytest.fixture(scope="module")
def world(kept: None) -> Mill:
    """A department and a lead organisation, built once a module; a module that goes on from there says so."""
    return mill()


@pytest.fixture
def here(world: Mill, put_back: None) -> Mill:
    """The world of the module, as it was built."""
    return deepcopy(world)
