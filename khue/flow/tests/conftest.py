"""The cast, for every test that asks."""

from copy import deepcopy

import pytest

from khue.flow.tests.cast import Cast, gather


@pytest.fixture(scope="module")
def gathered(kept: None) -> Cast:
    """The usual people, made once a module."""
    return gather()


@pytest.fixture
def cast(gathered: Cast, put_back: None) -> Cast:
    """The usual people, as they were made."""
    return deepcopy(gathered)
