"""The mill and the market, for every test that asks."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from khue.missions.models import Application, Selection
from khue.missions.tests.market import Market, applied, called, on_monday
from khue.missions.tests.mill import Mill, mill
from tests.worlds import Worlds


@pytest.fixture(scope="module")
def world(kept: None) -> Mill:
    """A department and a lead organisation, built once a module; a module that goes on from there says so."""
    return mill()


@pytest.fixture
def here(world: Mill, put_back: None) -> Mill:
    """The world of the module, as it was built."""
    return deepcopy(world)


@pytest.fixture
def fair(worlds: Worlds, request: pytest.FixtureRequest) -> Iterator[Market]:
    """An order that is not called for yet, unless the test asks for what comes after that."""
    with worlds.for_test(request, on_monday, selection=called, sealed=applied) as made:
        yield made


@pytest.fixture
def selection(fair: Market) -> Selection:
    """The order is called for."""
    return fair.selection()


@pytest.fixture
def sealed(fair: Market) -> Application:
    """The first institute has applied."""
    return Application.objects.get()
