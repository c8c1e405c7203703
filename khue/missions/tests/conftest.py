"""The mill, for every test that asks."""

import pytest

from khue.missions.tests.mill import Mill, mill


@pytest.fixture
def here(db: None) -> Mill:
    """A department and a lead organisation."""
    return mill()
