"""The collector of garbage is let go over what the tests leave, not over what lives as long as the run.

pytest loads this before all else (`-p` in pyproject.toml): Django, its apps and four thousand tests are loaded while it
rests; going over them again and again was a fifth of that, and an eighth of the run.
"""

import gc

import pytest
from _pytest.unraisableexception import gc_collect_iterations_key

gc.disable()


def pytest_configure(config: pytest.Config) -> None:
    """At the end pytest looks for what was never closed: five times, for Pythons whose first look finds part of it."""
    config.stash[gc_collect_iterations_key] = 2


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(500_000, 20, 100)
    gc.enable()
