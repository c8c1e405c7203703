"""The mill and the market, for every test that asks."""

from copy import deepcopy

import pytest

from khue.missions.models import Selection
from khue.missions.tests.market import MONDAY, Market, market, on
from khue.missions.tests.mill import Mill, mill


@pytest.fixture(scope="module")
def world(kept: None) -> Mill:
    """A department and a lead organisation, built once a module; a module that goes on from there says so."""
    return mill()


@pytest.fixture
def here(world: Mill, put_back: None) -> Mill:
    """The world of the module, as it was built."""
    return deepcopy(world)


@pytest.fixture(scope="module")
def square(kept: None) -> Market:
    """An order that is not called for yet, built once a module."""
    with on(MONDAY):
        return market()


@pytest.fixture
def fair(square: Market, put_back: None) -> Market:
    """The market of the module, as it was built."""
    return deepcopy(square)


@pytest.fixture
def selection(fair: Market) -> Selection:
    """The order is called for."""
    with on(MONDAY):
        fair.called()
    return fair.selection()
