"""What was released is as it was, and no seal was ever taken back."""

import subprocess
import tomllib

import pytest
from django.conf import settings

from khue.flow.shelf.released import FILE, broken_seals, seals
from tests.architecture.layers import ROOT

PATH = f"processes/{FILE}"


def git(*arguments: str) -> str:
    """What git says of this checkout; skips where there is none, as in an unpacked archive."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"git: {done.stderr.strip()}")
    return done.stdout


def test_released_versions_have_not_changed() -> None:
    assert broken_seals(settings.PROCESSES) == []


def test_every_seal_of_every_earlier_commit_still_stands() -> None:
    now = seals(settings.PROCESSES)
    for commit in git("log", "--diff-filter=AM", "--format=%H", "--", PATH).split():
        earlier = tomllib.loads(git("show", f"{commit}:{PATH}"))
        assert {name: now.get(name) for name in earlier} == earlier, f"{PATH} took back what {commit[:8]} had released"
