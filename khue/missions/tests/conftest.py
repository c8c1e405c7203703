"""The mill and the market, for every test that asks."""

from collections.abc import Iterator

import pytest

from khue.missions.models import Application, Mission, Selection
from khue.missions.tests.market import Market, applied, called, on_monday
from khue.missions.tests.mill import Mill, carrying, mill
from tests.worlds import Worlds


@pytest.fixture
def here(worlds: Worlds, request: pytest.FixtureRequest) -> Iterator[Mill]:
    """A department and a lead organisation, and a mission that runs if the test asks for one."""
    with worlds.for_test(request, mill, mission=carrying) as made:
        yield made


@pytest.fixture
def mission(here: Mill) -> Mission:
    """The only one, as the next request loads it; a module whose own is another one builds it with `here`."""
    return Mission.objects.get()


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
