"""The cast, for every test that asks."""

import pytest

from khue.flow.tests.cast import Cast, gather


@pytest.fixture
def cast(db: None) -> Cast:
    """The usual people."""
    return gather()
