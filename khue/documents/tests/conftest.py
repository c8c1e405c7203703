"""The office, for every test that asks."""

from copy import deepcopy

import pytest

from khue.documents.tests.city import Office, office


@pytest.fixture(scope="module")
def built(kept: None) -> Office:
    """The office, built once a module; a module that goes on from there says so."""
    return office()


@pytest.fixture
def here(built: Office, put_back: None) -> Office:
    """The office of the module, as it was built."""
    return deepcopy(built)
