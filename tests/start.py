"""How a run of the tests begins, in each of its processes; pytest loads this before all else (`-p` in pyproject.toml).

The collector of garbage is let go over what the tests leave, not over what lives as long as the run: Django, its apps
and four thousand tests are loaded while it rests; going over them again and again was a fifth of that, and an eighth
of the run.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator

import pytest

ROOM = 2**15
"""Words of eight bytes: as much as sixteen of the pieces that CPython would take one by one."""

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


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Runs the tests in one piece of stack.

    CPython (3.11 to 3.13) keeps the frames of a thread in pieces of 16 KB, and gives a piece back to the system as soon
    as the last frame in it returns. pytest calls a test from so deep that what Django calls in its loops often lies on
    the border of two: half of all memory that a run asked the system for, a sixteenth of its time.
    """
    loops = session.config.pluginmanager.subset_hook_caller("pytest_runtestloop", [sys.modules[__name__]])
    return _roomy(loops)(session=session)


def _roomy(call: Callable[..., object]) -> Callable[..., object]:
    """As `call`; its frame asks for so much that CPython takes a piece in which all that it calls finds room too."""

    def run(**arguments: object) -> object:
        return call(**arguments)

    run.__code__ = run.__code__.replace(co_stacksize=ROOM)
    return run
