"""How a run of the tests begins, in each of its processes; pytest loads this before all else (`-p` in pyproject.toml).

The collector of garbage is let go over what the tests leave, not over what lives as long as the run: Django, its apps
and four thousand tests are loaded while it rests; going over them again and again was a fifth of that, and an eighth
of the run.
"""

import argparse
import gc
import os
import sys
from collections.abc import Iterator

import pytest

gc.disable()

# Taking every `assert` of the tests apart is half of what collecting them costs: its result is kept, also by workers
# and by what tests start, where the environment (that of a container image, for one) says to keep no bytecode.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Iterator[None]:
    """Who only hands tests out loads neither Django nor what tests share: the workers begin at once, not after that."""
    with pytest.MonkeyPatch.context() as patch:
        if _hands_out(parser.parse_known_args(args)):
            patch.setenv("DJANGO_SETTINGS_MODULE", "")
            patch.setattr(early_config.known_args_namespace, "noconftest", True)
        yield


def _hands_out(options: argparse.Namespace) -> bool:
    itself = options.usepdb or options.collectonly or options.help or "PYTEST_XDIST_WORKER" in os.environ
    return bool(options.numprocesses) and not itself


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(500_000, 20, 100)
    gc.enable()
